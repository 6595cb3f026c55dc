"""What counts as a post, and what is kept of it."""

import pytest

from handlers.flagging.post import unpack
from handlers.messages import Media, MediaKind
from storage.cases import posts
from tests.support.case_actions import (
    PICTURE,
    POST,
    RUMOUR,
    SAME_POST,
    SCOPE,
    SEND,
    flag,
    the_case,
    the_cases,
    the_keys,
)
from tests.support.club import ClubInATest


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"text": f"Thật không? {POST}"}, {"text": f"Xem này {SAME_POST}"}),
        ({"text": RUMOUR}, {"text": RUMOUR.upper().replace(" ", "  ") + "!!! 🔥"}),
        ({"text": "", "media": PICTURE}, {"text": "ảnh thật ạ?", "media": PICTURE}),
    ],
)
async def test_the_same_address_words_or_picture_join_one_case(
    club: ClubInATest, first: dict[str, object], second: dict[str, object]
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan, **first)  # type: ignore[arg-type]
    await flag(hoa, **second)  # type: ignore[arg-type]
    assert (await the_case(club)).flags == 2


async def test_another_amount_is_another_case(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await flag(hoa, RUMOUR.replace("500", "600"))
    assert len(await the_cases(club)) == 2


@pytest.mark.parametrize("length", [39, 40])
async def test_forty_characters_are_taken_for_a_post(club: ClubInATest, length: int) -> None:
    lan = await club.member("Lan")
    await lan.says("a" * length)
    assert (SCOPE in lan.last) is (length == 40)


async def test_a_short_word_gets_a_hint_and_can_still_be_flagged(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("Mai cả tỉnh nghỉ học")
    assert "/trogiup" in lan.last
    await lan.presses("Tôi muốn báo tin này")
    assert SCOPE in lan.last


async def test_after_the_hint_the_next_message_stands_for_itself(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("chào bạn")
    await lan.says("bot ơi")
    assert "/trogiup" in lan.last
    await lan.says(POST)
    assert SCOPE in lan.last


async def test_after_the_command_even_a_short_text_is_a_post(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("/baotin")
    await lan.says("Mai nghỉ học")
    assert SCOPE in lan.last


async def test_the_post_may_stand_behind_the_command(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(f"/flag\n{POST}")
    await lan.presses(SEND)
    await lan.presses("Tin đồn")
    assert (await the_keys(club)).url_key == "facebook:1035862816472149"


async def test_a_picture_may_carry_the_command(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.sends(PICTURE, "/baotin")
    assert SCOPE in lan.last


async def test_a_sticker_is_a_nod_but_not_a_forwarded_one(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("", unsupported="sticker")
    assert lan.last == "Cảm ơn bạn!"
    await lan.says("", unsupported="sticker", forwarded=True)
    assert "chưa kiểm tra được loại tin này" in lan.last


@pytest.mark.parametrize("kind", ["poll", "contact", "location"])
async def test_what_cannot_be_checked_is_declined_politely(club: ClubInATest, kind: str) -> None:
    lan = await club.member("Lan")
    await lan.says("", unsupported=kind)
    assert "chưa kiểm tra được loại tin này" in lan.last


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_every_kind_of_file_can_be_flagged(club: ClubInATest, kind: MediaKind) -> None:
    lan = await club.member("Lan")
    await lan.sends(Media(kind, file="f", unique="u"))
    await lan.presses(SEND)
    await lan.presses("Tin đồn")
    assert (await the_keys(club)).media_key == "u"


async def test_an_album_is_one_flag(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    pictures = [Media(MediaKind.PHOTO, file=f"f{n}", unique=f"u{n}") for n in range(3)]
    await lan.sends_album(*pictures, captions=["một", "hai"])
    assert "3 ảnh" in lan.last
    await lan.presses(SEND)
    async with club.reading() as tx:
        content = await posts.first_content(tx, await the_case(club))
    assert content is not None
    assert unpack(content).media == tuple(pictures)
    assert unpack(content).text == "một\n\nhai"


async def test_a_word_while_the_question_is_open_points_back_to_it(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says("ừ")
    assert "bên trên" in lan.last
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    assert (await the_case(club)).flags == 1


async def test_the_author_of_a_post_is_kept_nowhere(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    text = f"Forwarded from Nguyễn Văn A\n{RUMOUR} {POST}"
    await flag(lan, text, "Tin đồn", links=(POST,))
    case = await the_case(club)
    async with club.reading() as tx:
        content = await posts.first_content(tx, case)
    assert content is not None
    assert "nguyenvana" not in content
    assert "Nguyễn Văn A" not in content
    assert "1035862816472149" in content


async def test_the_account_stays_where_it_is_the_claim_and_the_member_is_told(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await lan.says(POST)
    assert "nguyenvana" not in lan.last
    await lan.presses(SEND)
    case = await the_case(club)
    async with club.reading() as tx:
        assert "nguyenvana" not in (await posts.first_content(tx, case) or "nguyenvana")
    await lan.presses("Giả mạo")
    assert "tên tài khoản" in lan.last
    async with club.reading() as tx:
        content = await posts.first_content(tx, case)
    assert content is not None
    assert "nguyenvana" in content
    assert "nguyenvana" not in str((await the_keys(club)).url_key)


@pytest.mark.parametrize("label", ["Soạn thông báo", "Báo đây là tin nghi vấn"])
async def test_the_buttons_under_an_officers_text_do_nothing_with_a_later_text(
    club: ClubInATest, label: str
) -> None:
    minh = await club.officer("Minh")
    first, second = f"{RUMOUR}, cấm xe quanh chợ", f"{RUMOUR}, bỏ phiếu sớm"
    await minh.says(first)
    old = next(b.action for b in minh.buttons if label in b.label)
    await minh.says(second)
    await minh.presses_action(old)
    assert not any("bỏ phiếu" in message.text for message in minh.messages.values())


@pytest.mark.parametrize("question", ["tin nay", "/tracuu tin nay"])
async def test_the_button_under_a_members_remark_does_not_flag_a_later_one(
    club: ClubInATest, question: str
) -> None:
    lan = await club.member("Lan")
    await lan.says(question)
    old = next(b.action for b in lan.buttons if b.action.startswith("flag-this"))
    await lan.says("/tracuu tin kia")
    await lan.presses_action(old)
    assert lan.toasts
    assert "tin kia" not in lan.last
