"""Whoever pastes too much reads by how much it is too long, loses nothing, and sends less."""

import pytest
from sqlmodel import select

from handlers.flagging.post import unpack
from storage.cases import posts
from storage.models import CasePost
from tests.support import (
    CLAIM,
    RUMOUR,
    ClubInATest,
    Phone,
    begin_stepwise,
    flag,
    publish,
    submit_draft,
    taken,
    the_case,
)

LONG = "Bà con nhớ mang theo căn cước. " * 200
LENGTH = 6000
PASTE = LONG[: LENGTH - 1] + "x"


async def is_told_and_sends_less(phone: Phone, limit: int, less: str) -> None:
    """The step stays while the text is too long; one past the limit is too long by one."""
    for text in (PASTE, "x" * (limit + 1)):
        await phone.says(text)
        assert f"Dài quá {len(text) - limit} ký tự (tối đa {limit})" in phone.last.replace(".", "")
    await phone.says(less)
    assert "Dài quá" not in phone.last


async def test_the_text_of_an_announcement(minh: Phone) -> None:
    await begin_stepwise(minh)
    await minh.says("Ngày bầu cử 15/3", PASTE)
    assert "Dài quá" in minh.last
    await minh.says("Cử tri mang căn cước.")
    assert "ý chính" in minh.last


async def test_a_title(minh: Phone) -> None:
    await begin_stepwise(minh)
    await is_told_and_sends_less(minh, 200, "Ngày bầu cử 15/3")


async def test_why_an_announcement_is_refused(minh: Phone, thu: Phone) -> None:
    number = await submit_draft(minh)
    await thu.presses_action(f"approval-refuse:{number}:1")
    await is_told_and_sends_less(thu, 500, "Thiếu giờ")


async def test_a_note_at_a_case(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses_action(f"casenote:{code}")
    await is_told_and_sends_less(minh, 500, "Đã gọi công an xã")


async def test_what_is_claimed_and_why_it_is_wrong(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận", "Lừa đảo")
    await is_told_and_sends_less(minh, 300, CLAIM)
    await is_told_and_sends_less(minh, 1500, "Công an không thu tiền qua điện thoại.")


async def test_a_request_about_ones_data(lan: Phone) -> None:
    await lan.opens("/dulieu", "Yêu cầu chỉnh sửa")
    await is_told_and_sends_less(lan, 1000, "Tên tôi là Lan Anh")


async def test_a_question_and_one_behind_its_command(lan: Phone) -> None:
    await lan.says(f"/hoi {PASTE}")
    assert "Dài quá" in lan.last
    await lan.says("/hoi")
    await is_told_and_sends_less(lan, 1000, "Mấy giờ thì hết bỏ phiếu?")


async def test_a_members_own_words(club: ClubInATest, lan: Phone) -> None:
    await publish(club)
    await lan.presses_action("share:1")
    await lan.presses("Viết bài")
    await lan.says(PASTE)
    assert f"{LENGTH - 700}" in lan.last.replace(".", "").replace(",", "")
    await lan.says("Nhà mình nhớ đi bầu nhé")
    assert "quá" not in lan.last


@pytest.mark.parametrize("typed", [PASTE, f"/baotin {PASTE}"])
async def test_a_post_of_any_length_is_one_post_and_shown_to_officers(
    club: ClubInATest, typed: str, minh: Phone, lan: Phone
) -> None:
    await lan.says(typed)
    await lan.presses("Gửi kiểm tra", "Lừa đảo")
    code = (await the_case(club)).code
    await minh.presses_action(f"case:{code}")
    shown = "".join(message.text for message in minh.messages.values())
    assert shown.count("Bà con nhớ mang theo căn cước") > 100
    async with club.reading() as tx:
        (post,) = (await tx.session.exec(select(CasePost))).all()
        assert unpack(posts.content_of(tx, post) or "").text == PASTE


async def test_a_post_of_any_length_is_looked_for(lan: Phone) -> None:
    await lan.says(f"/tracuu {PASTE}")
    assert lan.labels
    assert RUMOUR not in lan.last
