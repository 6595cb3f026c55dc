"""What members do with an announcement: share it, say so, take it back, or not at all."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.zalo.plain_text import as_text
from handlers.conversation.i18n import Speech
from handlers.messages import Button, Message
from handlers.sharing.card import card_of
from handlers.sharing.kit import (
    COPY_LIMIT,
    LINK_LIMIT,
    OfferedAnnouncement,
    caption,
    copying,
    disclosure,
    kit,
    links,
    post,
)
from handlers.views.announcement import Content
from storage.announcements import reminders
from storage.announcements import share_proofs as kept_proofs
from storage.models import AnnouncementState, Share, ShareState
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish, publish_to
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)
LINE = disclosure(VI, SETTINGS)
OUT = (AnnouncementState.SENDING, AnnouncementState.SENT)
POST = "https://www.facebook.com/permalink.php?story_fbid=12345&id=456"


async def answers(club: ClubInATest, phone: Phone) -> list[Share]:
    """Every answer the database holds of this member."""
    async with club.reading() as tx:
        query = select(Share).where(Share.member_id == phone.member_id)
        return list((await tx.session.exec(query)).all())


async def proofs(club: ClubInATest, phone: Phone) -> list[str]:
    kept = [await club.in_read(kept_proofs.of_share, share) for share in await answers(club, phone)]
    return [one.content for of_share in kept for one in of_share]


async def sharer(club: ClubInATest) -> tuple[Phone, int]:
    """A member who has just said that they shared an announcement."""
    lan = await club.member("Lan")
    number = await publish(club)
    await lan.presses_action(f"shared:{number}")
    return lan, number


# --- the share kit


async def test_the_kit_holds_what_is_worth_passing_on(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"share:{await publish(club)}")
    assert VOTING_DAY.title in lan.last
    assert "• Từ 7 giờ đến 19 giờ" in lan.last
    assert VOTING_DAY.source_url in lan.last
    assert LINE in lan.last


async def test_the_kit_comes_under_the_copy_and_leaves_it_alone(lan: Phone, number: int) -> None:
    copy = lan.gets(Message("the copy", ((Button("Chia sẻ", action=f"share:{number}"),),)))
    await lan.presses("Chia sẻ")
    assert (lan.messages[copy].text, len(lan.messages)) == ("the copy", 2)


def test_the_kit_offers_no_post_to_paste() -> None:
    """Refusal 3: the announcement's own text is nowhere in it."""
    message = kit(OfferedAnnouncement(numbered(12), VOTING_DAY), VI, SETTINGS)
    offered = [message.text, *(b.copy + b.url for row in message.rows for b in row)]
    assert not any("thẻ cử tri" in text for text in offered)
    assert "lời của chính mình" in message.text


async def test_on_zalo_every_text_to_copy_is_a_message_of_its_own_with_the_full_address(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan", messenger="zalo")
    content = replace(VOTING_DAY, source_url=f"https://hoaan.example/{'a' * 300}")
    number = await publish(club, content)
    await lan.presses_action(f"share:{number}")
    line = f"{content.source_url}\n{LINE}"
    kit_message = list(lan.messages.values())[-1]
    assert as_text(kit_message).to_copy == (line,)
    assert LINE not in as_text(kit_message).words
    await lan.presses("Ảnh vuông")
    assert as_text(list(lan.messages.values())[-1]).to_copy == (line,)
    await lan.presses("Viết bài")
    await lan.says("Nhớ đi bầu")
    await lan.presses("Vậy là đủ")
    assert as_text(list(lan.messages.values())[-1]).to_copy == (f"Nhớ đi bầu\n\n{line}",)


def test_the_links_open_the_official_page() -> None:
    links = {
        b.label: urlsplit(b.url)
        for row in kit(OfferedAnnouncement(numbered(12), VOTING_DAY), VI, SETTINGS).rows
        for b in row
    }
    assert parse_qs(links["Facebook"].query)["u"] == [VOTING_DAY.source_url]
    telegram = parse_qs(links["Telegram"].query)
    assert telegram["url"] == [VOTING_DAY.source_url]
    assert telegram["text"] == [f"{VOTING_DAY.title}\n{LINE}"]


def test_a_document_without_an_address_can_only_be_copied() -> None:
    content = replace(VOTING_DAY, source_url="", source_ref="199/2025/QH15")
    rows = kit(OfferedAnnouncement(numbered(12), content), VI, SETTINGS).rows
    buttons = [button for row in rows for button in row]
    assert not any(button.url for button in buttons)
    assert buttons[0].copy == f"Văn bản số 199/2025/QH15 – {content.issuer}\n{LINE}"


def test_a_button_copies_as_much_as_it_can_and_no_more() -> None:
    room = COPY_LIMIT - len(LINE) - 1
    for length, offered in ((room, True), (room + 1, False)):
        url = "https://hoaan.example/".ljust(length, "a")
        message = kit(
            OfferedAnnouncement(numbered(12), replace(VOTING_DAY, source_url=url)), VI, SETTINGS
        )
        assert any(button.copy for row in message.rows for button in row) is offered
        assert f"<pre>{url}\n{LINE}</pre>" in message.text


def test_an_address_too_long_for_a_button_is_left_to_copying() -> None:
    start = len("https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fhoaan.example%2F")
    for letters, offered in ((LINK_LIMIT - start, True), (LINK_LIMIT - start + 1, False)):
        content = replace(VOTING_DAY, source_url=f"https://hoaan.example/{'a' * letters}")
        message = kit(OfferedAnnouncement(numbered(12), content), VI, SETTINGS)
        labels = [button.label for row in message.rows for button in row]
        assert ("Facebook" in labels) is offered
        assert f"<pre>{content.source_url}" in message.text


def test_a_long_title_gives_way_to_the_disclosure() -> None:
    content = replace(VOTING_DAY, title="ộ" * 300)
    telegram = kit(OfferedAnnouncement(numbered(12), content), VI, SETTINGS).rows[0][1]
    assert parse_qs(urlsplit(telegram.url).query)["text"] == [LINE]


@given(
    content=st.builds(
        Content,
        title=st.text(min_size=1, max_size=200),
        html=st.just("<b>chữ</b>"),
        facts=st.lists(st.text(min_size=1, max_size=200), max_size=3).map(tuple),
        issuer=st.text(min_size=1, max_size=100),
        source_url=st.one_of(
            st.just(""), st.text("abc/?&=%#", max_size=2500).map("https://a.vn/{}".format)
        ),
        source_ref=st.text(max_size=60),
        urgent=st.booleans(),
        title_en=st.text(max_size=200),
        html_en=st.text("abc ", max_size=20),
    ),
    language=st.sampled_from(["vi", "en"]),
)
def test_nothing_is_offered_for_sharing_without_the_disclosure(
    content: Content, language: str
) -> None:
    """Refusal 2: the messages, what buttons copy, what links write into a post, the pictures."""
    say = Speech(language, SETTINGS.timezone)
    line = disclosure(say, SETTINGS)
    wording = content.in_language(language)
    offered = OfferedAnnouncement(numbered(12), content)
    written = post("lời của tôi", wording, say, SETTINGS)
    message = kit(offered, say, SETTINGS)
    buttons = [button for row in message.rows for button in row]
    buttons += [*links(wording, "lời của tôi" * 90, say, SETTINGS), *copying(written, say)]
    assert line in message.text
    assert line in caption(offered, say, SETTINGS)
    assert line in written
    assert all(line in button.copy for button in buttons if button.copy)
    assert all(len(button.copy) <= COPY_LIMIT for button in buttons)
    assert all(len(button.url) <= LINK_LIMIT for button in buttons)
    texts = [parse_qs(urlsplit(b.url).query)["text"][0] for b in buttons if "text=" in b.url]
    assert all(text.endswith(line) for text in texts)
    assert card_of(content, say, SETTINGS).disclosure == line


async def test_a_name_with_markup_stays_a_name(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"share:{await publish(club, replace(VOTING_DAY, title='<b>&'))}")
    assert "&lt;b&gt;&amp;" in lan.last


async def test_what_is_over_is_not_passed_on_from_that_minute(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    club.clock.advance(days=5, hours=9, minutes=59)
    await lan.presses_action(f"share:{number}")
    assert LINE in lan.last
    club.clock.advance(minutes=1)
    await lan.presses_action(f"share:{number}")
    assert "hết hiệu lực" in lan.toasts[-1]
    assert len(lan.messages) == 1


# --- who may press


@pytest.mark.parametrize("action", ["share", "shared", "notforme", "remind", "proof", "takeback"])
async def test_a_forged_button_is_answered_politely_and_changes_nothing(
    club: ClubInATest, action: str, lan: Phone
) -> None:
    for number in ("99", "-1", "abc", "", "99999999999", "1:2:3"):
        answer = await lan.presses_action(f"{action}:{number}")
        assert len(answer) == 1
    assert not await answers(club, lan)


@pytest.mark.parametrize("state", sorted(set(AnnouncementState) - set(OUT)))
async def test_what_has_not_gone_out_cannot_be_shared(
    club: ClubInATest, state: AnnouncementState, lan: Phone
) -> None:
    number = await publish(club, state=state)
    for action in ("share", "shared", "notforme", "remind", "remindat"):
        await lan.presses_action(f"{action}:{number}:hour")
    key = "reading-recalled" if state is AnnouncementState.RECALLED else "reading-unknown"
    assert lan.toasts == [VI.plain(key, number=str(number))] * 5
    assert not await answers(club, lan)


async def test_an_announcement_can_be_shared_while_it_is_still_going_out(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.presses_action(f"shared:{await publish(club, state=AnnouncementState.SENDING)}")
    assert [share.state for share in await answers(club, lan)] == [ShareState.SHARED]


async def test_what_was_meant_for_another_area_is_not_there(club: ClubInATest) -> None:
    lan = await club.member("Lan", area="thi-xa")
    number = await publish(club, replace(VOTING_DAY, areas=("song-ngoc",)))
    await lan.presses_action(f"shared:{number}")
    assert not await answers(club, lan)


async def test_a_copy_keeps_its_buttons_when_its_reader_moves(club: ClubInATest) -> None:
    lan = await club.member("Lan", area="thi-xa")
    number = await publish_to(club, [lan], replace(VOTING_DAY, areas=("song-ngoc",)))
    await lan.presses_action(f"shared:{number}")
    assert len(await answers(club, lan)) == 1


# --- saying so


async def test_one_tap_says_it_was_shared(club: ClubInATest) -> None:
    lan, _ = await sharer(club)
    assert lan.toasts == [VI.plain("share-thanks-toast")]
    assert [share.state for share in await answers(club, lan)] == [ShareState.SHARED]
    assert "Không bắt buộc" in lan.last


async def test_pressing_twice_counts_once(club: ClubInATest) -> None:
    lan, number = await sharer(club)
    await lan.presses_action(f"shared:{number}")
    assert len(await answers(club, lan)) == 1


async def test_a_share_made_in_time_can_be_told_afterwards(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    club.clock.advance(days=6)
    await lan.presses_action(f"shared:{number}")
    assert len(await answers(club, lan)) == 1


async def test_a_share_can_be_taken_back_and_counted_again(club: ClubInATest) -> None:
    lan, _ = await sharer(club)
    await lan.presses("Rút lại")
    assert [share.state for share in await answers(club, lan)] == [ShareState.TAKEN_BACK]
    await lan.presses("Tôi đã chia sẻ")
    assert [share.state for share in await answers(club, lan)] == [ShareState.SHARED]


async def test_taking_back_deletes_the_proofs(club: ClubInATest) -> None:
    lan, _ = await sharer(club)
    await lan.presses("Thêm liên kết")
    await lan.says(POST, links=(POST,))
    await lan.presses("Rút lại")
    assert await proofs(club, lan) == []


async def test_taking_back_touches_nobody_else(club: ClubInATest) -> None:
    lan, number = await sharer(club)
    mai = await club.member("Mai")
    await mai.presses_action(f"shared:{number}")
    await mai.presses("Thêm liên kết")
    await mai.says(POST, links=(POST,))
    await lan.presses_action(f"takeback:{number}")
    assert [share.state for share in await answers(club, mai)] == [ShareState.SHARED]
    assert len(await proofs(club, mai)) == 1


async def test_taking_back_what_was_never_shared_records_nothing(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.presses_action(f"takeback:{await publish(club)}")
    assert not await answers(club, lan)


# --- not for me


async def test_not_for_me_is_thanked_for_and_asks_nothing(club: ClubInATest, lan: Phone) -> None:
    """Refusal 3: an answer as good as "shared"."""
    await lan.presses_action(f"notforme:{await publish(club)}")
    assert lan.toasts == ["Cảm ơn bạn đã cho biết."]
    assert not lan.messages


async def test_not_for_me_ends_the_reminder(club: ClubInATest, lan: Phone, number: int) -> None:
    await lan.presses_action(f"remindat:{number}:hour")
    await lan.presses_action(f"notforme:{number}")
    assert await club.in_read(reminders.asked_for, number, lan.member_id) is None


async def test_not_for_me_after_sharing_keeps_no_proof(club: ClubInATest) -> None:
    lan, number = await sharer(club)
    await lan.presses("Thêm liên kết")
    await lan.says(POST, links=(POST,))
    await lan.presses_action(f"notforme:{number}")
    await lan.presses("Bỏ xác nhận của tôi")
    assert [share.state for share in await answers(club, lan)] == [ShareState.NOT_FOR_ME]
    assert await proofs(club, lan) == []


async def test_not_for_me_after_sharing_says_what_it_undid(club: ClubInATest) -> None:
    lan, number = await sharer(club)
    await lan.presses("Thêm liên kết")
    await lan.says(POST, links=(POST,))
    await lan.presses_action(f"notforme:{number}")
    await lan.presses("Bỏ xác nhận của tôi")
    assert lan.last == VI("share-not-for-me-after-all", number=str(number))
    await lan.presses("Thêm nữa")
    assert "Tôi đã chia sẻ" in lan.toasts[-1]
    await lan.presses_action(f"notforme:{number}")
    assert lan.toasts[-1] == VI.plain("share-not-for-me")


# --- refusal: no-pressure-to-share, in words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_about_sharing_ranks_or_presses_anybody(language: str) -> None:
    say = Speech(language, SETTINGS.timezone)
    words = kit(OfferedAnnouncement(numbered(12), VOTING_DAY), say, SETTINGS).text.lower()
    words += say("share-thanks", number="12") + say("statistics-head") + say("proof-prompt")
    for banned in ("xếp hạng", "chỉ tiêu", "thi đua", "điểm", "ranking", "quota", "points"):
        assert banned not in words
