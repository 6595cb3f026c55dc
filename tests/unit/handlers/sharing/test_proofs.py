"""What members add to a share because they want to, and what officers may ask about it."""

import base64
import zlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import count

import pytest
from PIL import ExifTags, Image, ImageDraw
from sqlmodel import col, select

from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind, Message
from handlers.notifications import unpack_text
from handlers.recognition.pictures import reader
from handlers.recognition.pictures.perceptual_hash import ALIKE_BITS, distance, perceptual_hash
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.sharing.closing import delete_refusals
from handlers.sharing.proof.add_proof import OPEN_FOR, WORDS_LIMIT
from storage.announcements import share_proofs, shares
from storage.announcements.share_proofs import PROOFS_PER_SHARE, StoredProof
from storage.members import members
from storage.models import (
    AuditEntry,
    Delivery,
    MemberState,
    Proof,
    ProofKind,
    Share,
    ShareState,
)
from storage.outbox.enqueue import own_body
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish

VI = Speech("vi", SETTINGS.timezone)
POST = "https://www.facebook.com/permalink.php?story_fbid=12345&id=456"
_numbers = count(1)


def post(number: int) -> str:
    """The address of a post of its own."""
    return f"https://www.facebook.com/groups/1/posts/{100_000 + number}/"


def drawn(seed: int, *, exif: bool = False) -> bytes:
    """A screenshot that no other seed's looks like."""
    size = (360, 640)
    picture = Image.new("RGB", size, "white")
    brush = ImageDraw.Draw(picture)
    for block in range(40):
        x, y = (seed * 97 + block * 61) % size[0], (seed * 53 + block * block * 29) % size[1]
        brush.rectangle((x, y, x + 60, y + 50), fill=(block * 6, seed * 40 % 255, 255 - block * 6))
    written = picture.getexif()
    if exif:
        written[ExifTags.Base.Artist] = "Nguyen Thi Lan"
    encoded = BytesIO()
    picture.save(encoded, "JPEG", exif=written)
    return encoded.getvalue()


def screenshot(seed: int = 1, *, exif: bool = False) -> Media:
    """A picture as it comes in, fetched."""
    content = drawn(seed, exif=exif)
    return Media(MediaKind.PHOTO, file=f"file-{next(_numbers)}", unique="u", content=content)


async def kept(club: ClubInATest, phone: Phone) -> list[StoredProof]:
    """The proofs the database holds of this member."""
    async with club.reading() as tx:
        theirs = (
            await tx.session.exec(select(Share).where(Share.member_id == phone.member_id))
        ).all()
        return [one for share in theirs for one in await share_proofs.of_share(tx, share)]


async def contents(club: ClubInATest, phone: Phone) -> list[str]:
    return [one.content for one in await kept(club, phone)]


async def sharer_of(club: ClubInATest, number: int, name: str) -> Phone:
    """A member who has just said that they shared this announcement, and adds where."""
    phone = await club.member(name)
    await phone.presses_action(f"shared:{number}")
    await phone.presses_action(f"proof:{number}")
    return phone


@pytest.fixture(autouse=True)
def without_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a screenshot shows is not looked for."""
    monkeypatch.setattr(reader, "installed", lambda: "")


@pytest.fixture
async def number(club: ClubInATest) -> int:
    """The announcement of which proofs are handed in."""
    return await publish(club)


@pytest.fixture
async def sharer(club: ClubInATest, number: int) -> Phone:
    """Lan, who has just said that she shared it, and adds where."""
    return await sharer_of(club, number, "Lan")


async def told(club: ClubInATest, phone: Phone) -> list[Message]:
    """What the outbox brings this person in confidence; it arrives on their phone."""
    async with club.reading() as tx:
        rows = (
            await tx.session.exec(select(Delivery).where(Delivery.member_id == phone.member_id))
        ).all()
        messages = [
            unpack_text(own_body(tx, row.body_sealed, row)) for row in rows if row.body_sealed
        ]
    for message in messages:
        phone.gets(message)
    return messages


# --- handing in


async def test_a_second_link_is_a_proof_too_until_done(club: ClubInATest, sharer: Phone) -> None:
    for number in range(3):
        await sharer.says("thêm ạ", links=(post(number),))
    assert len(await kept(club, sharer)) == 3
    await sharer.presses("Xong")
    await sharer.says(post(9), links=(post(9),))
    assert len(await kept(club, sharer)) == 3
    assert "Câu lạc bộ chỉ kiểm tra" in sharer.last


@pytest.mark.parametrize("other", ["/trogiup", "cảm ơn"])
async def test_anything_else_ends_the_handing_in(
    club: ClubInATest, other: str, sharer: Phone
) -> None:
    await sharer.says(POST, links=(POST,))
    await sharer.says(other)
    await sharer.says(post(1), links=(post(1),))
    assert len(await kept(club, sharer)) == 1
    assert "Câu lạc bộ chỉ kiểm tra" in sharer.last


@pytest.mark.parametrize(
    "asked",
    ["Uống nước lá tía tô là khỏi sốt xuất huyết, có thật không", "Nhóm tổ 4 gửi, đúng không?"],
)
async def test_words_that_ask_whether_something_is_true_are_no_proof(
    club: ClubInATest, sharer: Phone, asked: str
) -> None:
    await sharer.says(asked)
    assert await kept(club, sharer) == []
    assert "Đã thêm" not in sharer.last


async def test_a_forwarded_post_after_a_proof_is_one_to_check(sharer: Phone) -> None:
    await sharer.says(POST, links=(POST,))
    await sharer.says(post(1), links=(post(1),), forwarded=True)
    assert "Câu lạc bộ chỉ kiểm tra" in sharer.last


@pytest.mark.parametrize(("seconds", "counted"), [(-1, 2), (0, 1)])
async def test_half_an_hour_later_a_link_is_one_to_check(
    club: ClubInATest, seconds: int, counted: int, sharer: Phone
) -> None:
    await sharer.says(POST, links=(POST,))
    club.clock.advance(seconds=OPEN_FOR.total_seconds() + seconds)
    await sharer.says(post(1), links=(post(1),))
    assert len(await kept(club, sharer)) == counted


async def test_links_are_taken_several_at_a_time_and_the_same_one_once(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.says("đây ạ", links=(POST, f"{POST}&utm_source=zalo", post(1)))
    assert len(await kept(club, sharer)) == 2
    assert "Đã thêm" in sharer.last


async def test_a_link_sent_again_is_pointed_out(club: ClubInATest, sharer: Phone) -> None:
    for _ in range(2):
        await sharer.says(POST, links=(POST,))
    assert sharer.last == VI("proof-known")
    assert len(await kept(club, sharer)) == 1


async def test_one_post_is_one_share_whoever_hands_it_in(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await sharer.says(POST, links=(POST,))
    hoa = await sharer_of(club, number, "Hoa")
    await hoa.says(POST, links=(POST,))
    assert hoa.last == VI("proof-elsewhere")
    assert await kept(club, hoa) == []


async def test_one_post_may_tell_of_two_announcements(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says(POST, links=(POST,))
    other = await publish(club, replace(VOTING_DAY, title="Cấm đường"))
    await sharer.presses_action(f"shared:{other}")
    await sharer.presses_action(f"proof:{other}")
    await sharer.says(POST, links=(POST,))
    assert len(await kept(club, sharer)) == 2


@pytest.mark.parametrize("link", ["https://hoaan.example/tin-tuc", VOTING_DAY.source_url])
async def test_a_link_that_is_no_post_gets_a_friendly_question(
    club: ClubInATest, link: str, sharer: Phone
) -> None:
    await sharer.says(link, links=(link,))
    assert "Có đúng bạn đã đăng ở đây" in sharer.last
    assert await kept(club, sharer) == []
    await sharer.presses("dùng liên kết này")
    assert await contents(club, sharer) == [link]


async def test_the_official_page_itself_is_no_post_of_a_members(club: ClubInATest) -> None:
    number = await publish(club, replace(VOTING_DAY, source_url=POST))
    lan = await sharer_of(club, number, "Lan")
    await lan.says(POST, links=(POST,))
    assert "Có đúng bạn đã đăng ở đây" in lan.last
    assert await kept(club, lan) == []


async def test_a_link_that_was_no_post_can_be_left_out(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await sharer.says("hai nơi", links=(POST, "https://hoaan.example/tin-tuc"))
    await sharer.presses("Huỷ")
    await sharer.presses_action(f"proof-anyway:{number}")
    assert len(await contents(club, sharer)) == 1


async def test_a_short_link_of_a_platform_is_taken_for_the_post_it_hides(
    club: ClubInATest, sharer: Phone
) -> None:
    link = "https://www.facebook.com/share/p/1AbCdEfGhI/"
    await sharer.says(link, links=(link,))
    assert len(await kept(club, sharer)) == 1


async def test_where_it_was_shared_can_be_told_in_words(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says("trong nhóm Zalo của   tổ dân phố 5")
    assert await contents(club, sharer) == ["trong nhóm Zalo của tổ dân phố 5"]


@pytest.mark.parametrize(("letters", "taken"), [(WORDS_LIMIT, 1), (WORDS_LIMIT + 1, 0)])
async def test_words_have_a_length(
    club: ClubInATest, letters: int, taken: int, sharer: Phone
) -> None:
    await sharer.says("a" * letters)
    assert len(await kept(club, sharer)) == taken


@pytest.mark.parametrize("link", ["tg://resolve?domain=x", "mailto:a@b.vn", "javascript:alert(1)"])
async def test_what_is_no_web_address_is_no_proof(
    club: ClubInATest, link: str, sharer: Phone
) -> None:
    await sharer.says(link, links=(link,))
    assert await kept(club, sharer) == []


async def test_a_forwarded_post_is_not_mistaken_for_a_proof(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.says(POST, links=(POST,), forwarded=True)
    assert await kept(club, sharer) == []
    assert sharer.last == VI("proof-forwarded")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (MediaKind.VIDEO, "proof-no-video"),
        (MediaKind.ANIMATION, "proof-no-video"),
        (MediaKind.VOICE, "proof-no-voice"),
        (MediaKind.AUDIO, "proof-no-voice"),
        (MediaKind.DOCUMENT, "proof-needs-link-or-picture"),
    ],
)
async def test_what_cannot_be_a_proof_is_answered_and_may_be_tried_again(
    club: ClubInATest, kind: MediaKind, said: str, sharer: Phone
) -> None:
    await sharer.sends(Media(kind, file="f", unique="u", name="thu.pdf"))
    assert sharer.last == VI(said)
    await sharer.says(POST, links=(POST,))
    assert len(await kept(club, sharer)) == 1


async def test_twenty_proofs_are_taken_and_no_more(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says("", links=tuple(post(n) for n in range(PROOFS_PER_SHARE)))
    assert len(await kept(club, sharer)) == PROOFS_PER_SHARE
    await sharer.says("", links=(post(PROOFS_PER_SHARE),))
    assert "tối đa 20" in sharer.last
    assert len(await kept(club, sharer)) == PROOFS_PER_SHARE


async def test_a_proof_needs_a_share(club: ClubInATest, lan: Phone) -> None:
    await lan.presses_action(f"proof:{await publish(club)}")
    assert lan.toasts == [VI.plain("proof-without-share")]


async def test_nothing_is_added_to_a_share_taken_back_meanwhile(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await club.in_write(shares.answer, number, sharer.member_id, ShareState.TAKEN_BACK)
    await sharer.says(POST, links=(POST,))
    assert sharer.last == VI("proof-without-share")


async def test_proofs_are_sealed(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says(POST, links=(POST,))
    (proof,) = await club.rows(select(Proof))
    assert b"12345" not in proof.content_sealed + proof.same


async def test_an_announcement_without_proofs_asks_for_none_and_takes_none(
    club: ClubInATest, lan: Phone
) -> None:
    number = await publish(club, replace(VOTING_DAY, proofs=False))
    await lan.presses_action(f"shared:{number}")
    assert lan.last == VI("share-thanks-simply", number=str(number))
    assert not any("Thêm" in label for label in lan.labels)
    await lan.presses_action(f"proof:{number}")
    assert lan.toasts[-1] == VI.plain("proof-not-asked-for")


# --- looking at one's own share


async def test_pressed_again_the_share_shows_what_was_noted(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await sharer.says("nhóm tổ 5")
    await sharer.presses_action(f"shared:{number}")
    assert "1. nhóm tổ 5" in sharer.last
    await sharer.presses("Gỡ 1")
    assert await kept(club, sharer) == []
    assert await club.in_read(shares.counted, number, sharer.member_id)


async def test_nobody_removes_anothers_proof(club: ClubInATest, number: int, sharer: Phone) -> None:
    await sharer.says("nhóm tổ 5")
    (one,) = await kept(club, sharer)
    hoa = await sharer_of(club, number, "Hoa")
    for action in ("proof-off", "proof-drop", "proof-reply", "proof-replace"):
        await hoa.presses_action(f"{action}:{one.id}")
    assert await contents(club, sharer) == ["nhóm tổ 5"]


# --- screenshots


async def test_a_screenshot_is_kept_without_what_the_phone_wrote_into_it(
    club: ClubInATest, sharer: Phone
) -> None:
    sent = screenshot(exif=True)
    assert b"Nguyen Thi Lan" in sent.content
    await sharer.sends(sent)
    (one,) = await kept(club, sharer)
    async with club.reading() as tx:
        content = base64.b64decode(await share_proofs.picture(tx, one.id) or "")
    assert b"Nguyen" not in content
    assert not Image.open(BytesIO(content)).getexif()
    assert distance(perceptual_hash(content), perceptual_hash(sent.content)) <= ALIKE_BITS


def test_a_picture_that_lies_on_its_side_is_kept_upright() -> None:
    picture, encoded = Image.new("RGB", (360, 640)), BytesIO()
    written = picture.getexif()
    written[ExifTags.Base.Orientation] = 6
    picture.save(encoded, "JPEG", exif=written)
    assert Image.open(BytesIO(clean(encoded.getvalue()).jpeg)).size == (640, 360)


async def test_the_same_picture_again_is_pointed_out(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await sharer.sends(screenshot(1))
    await sharer.sends(screenshot(1, exif=True))
    assert sharer.last == VI("proof-known")
    hoa = await sharer_of(club, number, "Hoa")
    await hoa.sends(screenshot(1))
    assert hoa.last == VI("proof-elsewhere")


async def test_a_picture_that_looks_the_same_is_taken_and_pointed_out(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.sends(screenshot(1))
    smaller, encoded = Image.open(BytesIO(drawn(1))).resize((352, 626)), BytesIO()
    smaller.save(encoded, "JPEG", quality=70)
    await sharer.sends(replace(screenshot(1), content=encoded.getvalue()))
    assert sharer.last == VI("proof-alike")
    assert len(await kept(club, sharer)) == 2


async def test_other_pictures_are_not_taken_for_one_another(sharer: Phone) -> None:
    for seed in (1, 2, 3):
        await sharer.sends(screenshot(seed))
        assert sharer.last == VI("proof-added")


async def test_an_album_gets_one_answer_and_no_picture_is_lost(
    club: ClubInATest, sharer: Phone
) -> None:
    before = len(sharer.messages)
    await sharer.sends_album(*map(screenshot, range(3)))
    assert len(sharer.messages) == before + 1
    assert len(await kept(club, sharer)) == 3


async def test_an_album_fills_a_share_up_to_its_limit_and_says_so(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.sends_album(*map(screenshot, range(10)), album="a")
    await sharer.sends_album(*map(screenshot, range(10, 19)), album="b")
    await sharer.sends_album(*map(screenshot, range(19, 22)), album="c")
    assert len(await kept(club, sharer)) == share_proofs.PROOFS_PER_SHARE
    assert sharer.last == "\n".join(
        (VI("proof-added"), VI("proof-enough", most=share_proofs.PROOFS_PER_SHARE))
    )
    await sharer.sends_album(*map(screenshot, range(30, 32)), album="d")
    assert sharer.last == VI("proof-enough", most=share_proofs.PROOFS_PER_SHARE)


async def test_a_late_part_of_an_album_is_a_proof_too(club: ClubInATest, sharer: Phone) -> None:
    await sharer.sends_album(screenshot(0), screenshot(1))
    await sharer.sends_album(screenshot(2), is_late_part=True)
    await sharer.sends_album(screenshot(3), album="other", is_late_part=True)
    assert len(await kept(club, sharer)) == 3
    assert sharer.last == VI("album-part-late")


async def test_of_an_album_the_pictures_are_taken_and_the_rest_is_named(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.sends_album(screenshot(0), Media(MediaKind.VIDEO, "v"), screenshot(1))
    assert len(await kept(club, sharer)) == 2
    assert sharer.last == "\n".join((VI("proof-added"), VI("proof-part-missing")))


async def test_a_screenshot_in_a_file_without_a_name_is_a_proof(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.sends(replace(screenshot(0), kind=MediaKind.DOCUMENT, name=""))
    assert len(await kept(club, sharer)) == 1


async def test_who_proves_with_what_an_iphone_stores_may_send_it_otherwise(
    club: ClubInATest, sharer: Phone
) -> None:
    heic = b"\0\0\0\x18ftypheic"
    await sharer.sends(Media(MediaKind.DOCUMENT, "f", "u", "IMG_1.HEIC", content=heic))
    assert sharer.last == VI("picture-heic")
    await sharer.sends(screenshot(0))
    assert len(await kept(club, sharer)) == 1


async def test_a_picture_that_could_not_be_fetched_may_be_sent_again(
    club: ClubInATest, sharer: Phone
) -> None:
    await sharer.sends(Media(MediaKind.PHOTO, file="f", unique="u"))
    assert sharer.last == VI("proof-picture-unread")
    await sharer.sends(screenshot(1))
    assert len(await kept(club, sharer)) == 1


def header(width: int, height: int) -> bytes:
    """A PNG of this size as far as its head tells, and nothing behind it."""
    encoded = BytesIO()
    Image.new("1", (1, 1)).save(encoded, "PNG")
    head = encoded.getvalue()
    size = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + head[24:29]
    return head[:12] + size + zlib.crc32(size).to_bytes(4) + head[33:]


@pytest.mark.parametrize("content", [b"", b"no picture", header(50_000, 50_000), drawn(1)[:300]])
def test_what_is_no_picture_or_a_bomb_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        clean(content)


# --- what officers see and ask


async def test_officers_see_proofs_without_a_name(club: ClubInATest, number: int) -> None:
    lan = await sharer_of(club, number, "Đặng Tuyết Lan")
    await lan.says("nhóm tổ 5")
    await lan.presses_action(f"proof:{number}")
    await lan.sends(screenshot(1))
    minh = await club.officer("Minh")
    await minh.says(f"/minhchung {number}")
    seen = minh.last + "".join(minh.labels)
    assert "nhóm tổ 5" in seen
    assert "Ảnh chụp màn hình" in seen
    assert "Lan" not in seen
    await minh.presses("Ảnh chụp")
    shown = next(reversed(minh.messages.values()))
    assert shown.media is not None
    assert Image.open(BytesIO(shown.media.content)).size == (360, 640)
    assert "Lan" not in shown.text


async def test_members_see_no_proofs(club: ClubInATest, number: int, sharer: Phone) -> None:
    await sharer.says("nhóm tổ 5")
    (one,) = await kept(club, sharer)
    hoa = await club.member("Hoa")
    await hoa.says(f"/minhchung {number}")
    for action in (f"proofs:{number}", f"proof-see:{one.id}", f"proof-doubt:{one.id}"):
        await hoa.presses_action(action)
    assert not any("tổ 5" in message.text for message in hoa.messages.values())


async def asked_about(club: ClubInATest) -> tuple[Phone, Phone, int]:
    """Lan's words, about which Minh has asked; and the announcement's number."""
    number = await publish(club)
    lan = await sharer_of(club, number, "Đặng Tuyết Lan")
    await lan.says("nhóm tổ 5")
    minh = await club.officer("Lê Minh")
    await minh.opens(f"/minhchung {number}", "tổ 5", "Hỏi lại")
    await minh.says("Nhóm này của xã nào ạ?")
    return lan, minh, number


async def test_an_officer_asks_and_the_member_answers_and_neither_learns_a_name(
    club: ClubInATest,
) -> None:
    lan, minh, number = await asked_about(club)
    (question,) = await told(club, lan)
    assert "Nhóm này của xã nào ạ?" in question.text
    assert "Minh" not in question.text
    await lan.presses("Trả lời")
    await lan.says("Xã Núi Mây ạ")
    (answer,) = await told(club, minh)
    assert "Xã Núi Mây ạ" in answer.text
    assert "Lan" not in answer.text
    await minh.presses("Xem minh chứng")
    assert "Nhóm này của xã nào ạ?" in minh.last
    assert "Xã Núi Mây ạ" in minh.last
    actions = await club.rows(select(AuditEntry).order_by(col(AuditEntry.id)))
    entry = next(one for one in actions if one.action == "proof asked about")
    assert entry.details == {"announcement": number}


async def test_a_proof_that_was_asked_about_can_be_replaced(club: ClubInATest) -> None:
    lan, minh, _ = await asked_about(club)
    await told(club, lan)
    await lan.presses("Thay minh chứng")
    assert "Minh chứng cũ sẽ được gỡ" in lan.last
    await lan.says(POST, links=(POST,))
    assert "Minh chứng cũ đã được gỡ" in lan.last
    (one,) = await kept(club, lan)
    assert (one.kind, one.question) == (ProofKind.LINK, "")
    (word,) = await told(club, minh)
    assert "đã thay" in word.text


async def test_replacing_with_what_is_known_keeps_the_old_one(club: ClubInATest) -> None:
    lan, _, _ = await asked_about(club)
    await told(club, lan)
    await lan.presses("Thay minh chứng")
    await lan.says("nhóm tổ 5")
    assert "gỡ" not in lan.last
    assert await contents(club, lan) == ["nhóm tổ 5"]


async def test_a_proof_that_was_asked_about_can_be_removed_and_the_share_counts(
    club: ClubInATest,
) -> None:
    lan, minh, number = await asked_about(club)
    await told(club, lan)
    await lan.presses("Gỡ minh chứng")
    assert await kept(club, lan) == []
    assert "đã gỡ" in (await told(club, minh))[0].text
    assert await club.in_read(shares.counted, number, lan.member_id)


async def test_whoever_stopped_everything_is_not_asked(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says("nhóm tổ 5")
    await club.in_write(members.withdraw, sharer.member_id)
    (one,) = await kept(club, sharer)
    minh = await club.officer("Minh")
    await minh.presses_action(f"proof-doubt:{one.id}")
    await minh.says("Nhóm nào ạ?")
    assert await told(club, sharer) == []


async def test_who_was_suspended_meanwhile_is_not_asked(club: ClubInATest, sharer: Phone) -> None:
    await sharer.says("nhóm tổ 5")
    (one,) = await kept(club, sharer)
    minh = await club.officer("Minh")
    await minh.presses_action(f"proof-doubt:{one.id}")
    await sharer.becomes(state=MemberState.SUSPENDED)
    await minh.says("Nhóm nào ạ?")
    assert minh.last == VI("proofs-nobody")
    assert await told(club, sharer) == []


async def test_a_proof_taken_back_meanwhile_is_not_asked_about(
    club: ClubInATest, number: int, sharer: Phone
) -> None:
    await sharer.says("nhóm tổ 5")
    (one,) = await kept(club, sharer)
    minh = await club.officer("Minh")
    await minh.presses_action(f"proof-doubt:{one.id}")
    await sharer.presses_action(f"takeback:{number}")
    await minh.says("Nhóm nào ạ?")
    assert minh.last == VI("proofs-gone")
    assert await told(club, sharer) == []


# --- until it closes


@pytest.mark.parametrize(("early", "answered"), [(1, "Cảm ơn"), (0, "đã kết thúc")])
async def test_what_was_shared_in_time_can_be_told_for_a_day(
    club: ClubInATest, early: int, answered: str, lan: Phone
) -> None:
    until = club.clock.now() + timedelta(hours=1)
    number = await publish(club, replace(VOTING_DAY, valid_until=until))
    club.clock.advance(hours=25, seconds=-early)
    await lan.presses_action(f"shared:{number}")
    assert answered in (lan.toasts[-1] if lan.toasts else lan.last)


async def test_not_for_me_goes_when_the_announcement_closes(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    until = club.clock.now() + timedelta(hours=1)
    number = await publish(club, replace(VOTING_DAY, valid_until=until))
    await lan.presses_action(f"notforme:{number}")
    await hoa.presses_action(f"shared:{number}")
    club.clock.advance(hours=25, seconds=-1)
    assert await club.in_write(delete_refusals) == 0
    club.clock.advance(seconds=1)
    async with club.store.write() as tx:
        assert await delete_refusals(tx) == 1
        left = (await tx.session.exec(select(Share))).all()
    assert [share.member_id for share in left] == [hoa.member_id]
