"""What the share kit gives out, and the announcements that can be posted in any chat."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from handlers.conversation.i18n import Speech
from handlers.messages import Incoming, InlineSearch, Media, MediaKind, Suggestions, UpdateKind
from handlers.sharing.draft_helper import WORDS_LIMIT
from handlers.sharing.kit import disclosure
from handlers.views.announcement import pack
from storage.announcements import announcements
from storage.members import members
from storage.models import AnnouncementState, AnnouncementVersion, DeliveryState
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish, publish_copies
from tests.support import correct as officers_correct

VI = Speech("vi", SETTINGS.timezone)
LINE = disclosure(VI, SETTINGS)
PICTURE = Media(MediaKind.PHOTO, file="file-1", unique="u")


async def opened(club: ClubInATest, **changed: object) -> tuple[Phone, int]:
    """A member with the kit of an announcement open."""
    lan = await club.member("Lan")
    number = await publish(club, replace(VOTING_DAY, **changed))  # type: ignore[arg-type]
    await lan.presses_action(f"share:{number}")
    return lan, number


async def correct(club: ClubInATest, number: int) -> None:
    """Other words for what went out."""
    async with club.store.write() as tx:
        found = await announcements.lock(tx, number)
        assert found is not None
        found.version += 1
        content = pack(replace(VOTING_DAY, title="Giờ bầu cử đã đổi"))
        version = AnnouncementVersion(announcement_id=number, number=found.version, content=content)
        tx.session.add(version)


# --- cards and pictures


@pytest.fixture
async def chooser(club: ClubInATest) -> Phone:
    """Lan, with the kit of an announcement open."""
    lan, _ = await opened(club)
    return lan


@pytest.mark.parametrize(
    ("label", "kind", "size"),
    [
        ("Ảnh vuông", MediaKind.PHOTO, (1080, 1080)),
        ("Ảnh dọc", MediaKind.DOCUMENT, (1080, 1920)),
    ],
)
async def test_a_card_comes_at_its_full_size_with_the_line_to_keep(
    label: str, kind: MediaKind, size: tuple[int, int], chooser: Phone
) -> None:
    await chooser.presses(label)
    assert Image.open(BytesIO(chooser.drawings[-1]())).size == size
    sent = next(reversed(chooser.messages.values()))
    assert sent.media is not None
    assert sent.media.kind is kind
    assert LINE in sent.text


async def test_the_announcements_own_picture_is_ready_to_save(club: ClubInATest) -> None:
    lan, _ = await opened(club, media=PICTURE)
    await lan.presses("Ảnh, tệp của thông báo")
    sent = next(reversed(lan.messages.values()))
    assert sent.media == PICTURE
    assert LINE in sent.text


async def test_a_whole_album_is_ready_to_save(club: ClubInATest) -> None:
    album = (PICTURE, replace(PICTURE, file="file-2"))
    lan, _ = await opened(club, album=album)
    await lan.presses("Ảnh, tệp của thông báo")
    sent = next(reversed(lan.messages.values()))
    assert sent.album is not None
    assert sent.album.media == album


async def test_without_a_picture_none_is_offered(club: ClubInATest) -> None:
    lan, number = await opened(club)
    assert "Ảnh, tệp của thông báo" not in lan.labels
    for action in (f"picture:{number}:1", f"card:{number}:1:round", f"card:{number}"):
        await lan.presses_action(action)
    assert lan.drawings == []


# --- a post of one's own


async def test_two_questions_make_a_post_in_the_members_own_words(chooser: Phone) -> None:
    await chooser.presses("Viết bài")
    await chooser.says("Cả xóm nhớ đi bầu nhé", "Cần xe thì gọi <Tư>")
    assert "<pre>Cả xóm nhớ đi bầu nhé\n\nCần xe thì gọi &lt;Tư&gt;\n\n" in chooser.last
    assert f"{VOTING_DAY.source_url}\n{LINE}</pre>" in chooser.last
    assert VOTING_DAY.title not in chooser.last


async def test_one_answer_is_enough(chooser: Phone) -> None:
    await chooser.presses("Viết bài")
    await chooser.says("Nhớ đi bầu")
    await chooser.presses("Vậy là đủ")
    assert f"<pre>Nhớ đi bầu\n\n{VOTING_DAY.source_url}\n{LINE}</pre>" in chooser.last
    await chooser.says("chào")
    assert "<pre>" not in chooser.last


@pytest.mark.parametrize(("letters", "taken"), [(WORDS_LIMIT, True), (WORDS_LIMIT + 1, False)])
async def test_an_answer_has_a_length(letters: int, chooser: Phone, *, taken: bool) -> None:
    await chooser.presses("Viết bài")
    await chooser.says("a" * letters)
    assert ("Câu 2/2" in chooser.last) is taken


async def test_a_picture_is_no_answer(chooser: Phone) -> None:
    await chooser.presses("Viết bài")
    await chooser.sends(PICTURE, "xem này")
    assert chooser.last == VI("share-words-wanted")


async def test_a_button_from_another_time_writes_nothing(club: ClubInATest) -> None:
    lan, number = await opened(club)
    await lan.presses_action(f"write-enough:{number}")
    assert lan.toasts == [VI.plain("button-unknown")]


# --- after a correction, after the end


@pytest.mark.parametrize("label", ["Ảnh vuông", "Viết bài", "Ảnh, tệp"])
async def test_an_old_kit_answers_with_the_corrected_one(club: ClubInATest, label: str) -> None:
    lan, number = await opened(club, media=PICTURE)
    await correct(club, number)
    await lan.presses(label)
    assert "đã đính chính" in lan.last
    assert "Giờ bầu cử đã đổi" in lan.last
    assert "đã đính chính" in lan.toasts[-1]
    assert lan.drawings == []
    await lan.presses("Ảnh vuông")
    assert len(lan.drawings) == 1


async def test_what_was_being_written_meanwhile_is_not_given_the_old_words(
    club: ClubInATest,
) -> None:
    lan, number = await opened(club)
    await lan.presses("Viết bài")
    await lan.says("Nhớ đi bầu")
    await correct(club, number)
    await lan.presses("Vậy là đủ")
    assert "Giờ bầu cử đã đổi" in lan.last
    assert "Nhớ đi bầu" not in lan.last


async def test_after_its_end_the_kit_says_so(club: ClubInATest) -> None:
    lan, number = await opened(club, valid_until=club.clock.now() + timedelta(hours=1))
    club.clock.advance(hours=1)
    for label in ("Ảnh vuông", "Viết bài"):
        await lan.presses(label)
        assert lan.toasts[-1] == VI.plain("share-over", number=str(number))
    assert lan.drawings == []


# --- in any chat


async def test_the_bots_name_offers_announcements_in_any_chat(
    club: ClubInATest, lan: Phone
) -> None:
    await publish(club)
    (offered,) = await lan.looks_up()
    assert offered.title == VOTING_DAY.title
    assert VOTING_DAY.source_url in offered.message.text
    assert LINE in offered.message.text
    assert not any(b.action for row in offered.message.rows for b in row)
    assert lan.messages == {}


@pytest.mark.parametrize(
    ("typed", "found"), [("", 2), ("bau cu", 1), ("CẤM  đường", 1), ("2", 1), ("bão số 9", 0)]
)
async def test_words_find_the_announcement(
    club: ClubInATest, typed: str, found: int, lan: Phone
) -> None:
    await publish(club, replace(VOTING_DAY, facts=()))
    await publish(club, replace(VOTING_DAY, title="Cấm đường", facts=(), issuer="Sở Giao thông"))
    assert len(await lan.looks_up(typed)) == found


@pytest.mark.parametrize("state", sorted(set(AnnouncementState) - {"sent", "sending"}))
async def test_only_what_has_gone_out_is_offered(
    club: ClubInATest, state: AnnouncementState, lan: Phone
) -> None:
    await publish(club, state=state)
    assert await lan.looks_up() == ()


async def test_what_is_over_is_not_offered(club: ClubInATest, lan: Phone) -> None:
    await publish(club, replace(VOTING_DAY, valid_until=club.clock.now() + timedelta(hours=1)))
    assert len(await lan.looks_up()) == 1
    club.clock.advance(hours=1)
    assert await lan.looks_up() == ()


async def test_it_speaks_the_language_of_whoever_types(club: ClubInATest) -> None:
    english = await club.member("Ann", language="en")
    await publish(club, replace(VOTING_DAY, title_en="Voting day", html_en="x"))
    (offered,) = await english.looks_up("voting")
    assert offered.title == "Voting day"
    assert "Shared by a member" in offered.message.text


async def test_a_stranger_may_post_too_but_not_as_a_member(club: ClubInATest) -> None:
    stranger = club.stranger("Ai đó")
    await publish(club)
    (offered,) = await stranger.looks_up()
    assert LINE not in offered.message.text
    assert "Nguồn: Câu lạc bộ Niềm Tin, kênh thông tin của Sở Văn hóa" in offered.message.text


async def test_looking_leaves_no_trace_of_the_one_who_looked(club: ClubInATest, lan: Phone) -> None:
    await lan.blocks()
    lan.name = "Tên khác"
    await lan.looks_up()
    member = await lan.member()
    async with club.reading() as tx:
        assert members.name_of(tx, member) == "Lan"


async def test_a_flood_of_typing_is_left_unanswered(club: ClubInATest, lan: Phone) -> None:
    lookup = Incoming(
        update_key="1",
        sender=lan.address,
        kind=UpdateKind.INLINE_SEARCH,
        at=club.clock.now(),
        inline_search=InlineSearch("q"),
    )
    assert not club.conversation.always_obeys(lookup)
    assert await club.in_write(club.conversation.ask_to_wait, lookup) == []
    assert club.conversation.apology(lookup, "REF") == [Suggestions(())]


async def test_a_kit_opened_before_an_officers_correction_is_an_old_one(
    club: ClubInATest, lan: Phone, minh: Phone, thu: Phone
) -> None:
    number = await publish_copies(club, [(lan, DeliveryState.SENT)])
    await lan.presses_action(f"share:{number}")
    await officers_correct(minh, thu, number)
    await lan.presses("Ảnh vuông")
    assert VI("share-corrected", number=str(number)) in lan.last
    assert lan.drawings == []
