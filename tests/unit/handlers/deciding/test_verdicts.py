"""A verdict is written step by step, and everyone who asked reads it once."""

import pytest
from sqlmodel import select

from storage.cases import queue
from storage.cases.queue import QueueQuery
from storage.models import (
    CaseState,
    Flag,
    Rating,
    Verdict,
)
from tests.support import (
    CLAIM,
    EXPLANATION,
    RUMOUR,
    SOURCE,
    ClubInATest,
    Phone,
    body,
    decided,
    flag,
    notices,
    opened,
    taken,
    the_case,
    write_verdict,
)


async def test_everyone_who_flagged_is_told_once_in_their_language(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    john, hoa = await club.member("John", language="en"), await club.member("Hoa")
    for phone in (lan, john):
        await flag(phone)
    await flag(hoa, "Một tin hoàn toàn khác, không liên quan gì đến tin kia")
    (case, *_) = await club.in_read(queue.queue, QueueQuery(), limit=1, offset=0)
    await opened(minh, case.code)
    await minh.presses("Nhận xử lý")
    await write_verdict(minh)
    await minh.presses("Gửi kết luận")
    assert await notices(club) == {f"case {case.id} v1": {lan.member_id, john.member_id}}
    vietnamese, english = [await body(club, f"case {case.id} v1", tag) for tag in ("vi", "en")]
    for said in (CLAIM, EXPLANATION, SOURCE):
        assert said in vietnamese.text
        assert said in english.text
    assert "Lừa đảo" in vietnamese.text
    assert "Scam" in english.text


async def test_members_read_exactly_what_the_officer_was_shown(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    preview = list(minh.messages.values())[-2].text
    await minh.presses("Gửi kết luận")
    assert preview in (await body(club, f"case {(await the_case(club)).id} v1")).text
    await lan.opens("/tindabao", "Đọc kết luận")
    assert lan.last == preview


async def test_the_longest_verdict_still_fits_and_is_shown_whole(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận", "Lừa đảo")
    for words in (
        "x" * 300,
        "y" * 1500,
        " ".join(f"https://a.vn/{n}{'z' * 280}" for n in range(5)),
    ):
        await minh.says(words)
    await minh.presses("Gửi kết luận")
    text = (await body(club, f"case {(await the_case(club)).id} v1")).text
    assert "y" * 1500 in text
    assert len(text) <= 4096


async def test_who_sends_the_same_post_later_gets_the_verdict_at_once(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await decided(minh, club)
    await hoa.says(RUMOUR.upper(), forwarded=True)
    assert EXPLANATION in hoa.last
    assert (await the_case(club)).flags == 1
    await hoa.presses("Báo cho tôi khi kết luận thay đổi")
    assert (await the_case(club)).flags == 2


async def test_a_verdict_is_not_read_by_its_code_alone(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await hoa.presses_action(f"verdict:{code}")
    assert hoa.toasts
    assert hoa.messages == {}


async def test_a_verdict_that_came_while_the_member_was_choosing_is_the_answer(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await hoa.says(RUMOUR, forwarded=True)
    await decided(minh, club)
    await hoa.presses("Tôi cũng báo tin này")
    assert EXPLANATION in hoa.last
    assert (await the_case(club)).flags == 1


async def test_whoever_stopped_everything_is_not_told(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Flag))).one().wants_answer = False
    await decided(minh, club)
    assert await notices(club) == {}


async def test_pressing_send_twice_decides_once(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    send = next(b.action for b in minh.buttons if "Gửi kết luận" in b.label)
    await minh.presses_action(send)
    await minh.presses_action(send)
    assert len(await club.rows(select(Verdict))) == 1
    assert len(minh.toasts) == 1


async def test_an_older_preview_cannot_be_sent_after_a_change(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    old = next(b.action for b in minh.buttons if "Gửi kết luận" in b.label)
    await minh.presses("Quay lại")
    await minh.says("https://chinhphu.vn/khac")
    await minh.presses_action(old)
    assert (await the_case(club)).state is CaseState.IN_REVIEW


@pytest.mark.parametrize("question", ["claim", "explanation", "source"])
async def test_an_answer_that_will_not_do_says_why_and_can_be_given_again(
    club: ClubInATest, question: str, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận", "Lừa đảo")
    for name, answer in (("claim", CLAIM), ("explanation", EXPLANATION), ("source", SOURCE)):
        if name == question:
            await minh.says("không")
            assert minh.buttons == []
        await minh.says(answer)
    await minh.presses("Gửi kết luận")
    assert (await the_case(club)).state is CaseState.DECIDED


async def test_no_forged_button_skips_a_question(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses("Kết luận")
    for action in ("decidesend", "decidekeep"):
        await minh.presses_action(f"{action}:{code}")
        await minh.presses_action(f"{action}:{code}:00000000")
        await minh.presses_action(action)
    await minh.presses_action(f"rate:{code}:wonderful")
    await minh.presses_action("rate:OTHER1:true")
    assert len(minh.toasts) == 8
    assert (await the_case(club)).state is CaseState.IN_REVIEW


async def test_every_question_can_be_gone_back_to_and_left_as_it_was(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh, rating="Đúng")
    for _ in range(4):
        await minh.presses("Quay lại")
    await minh.presses("Sai sự thật")
    for _ in range(3):
        await minh.presses("Giữ nguyên")
    await minh.presses("Gửi kết luận")
    (verdict,) = await club.rows(select(Verdict))
    assert (verdict.rating, verdict.claim, verdict.sources) == (Rating.FALSE, CLAIM, [SOURCE])


async def test_back_from_the_first_question_is_the_card(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.says("sai rồi")
    assert "chọn một mục" in minh.last
    await minh.presses("Quay lại")
    assert any("Anh/chị đang xử lý" in message.text for message in minh.messages.values())


async def test_cancelling_leaves_the_case_with_the_officer(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.says("/huy")
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.IN_REVIEW, minh.member_id)


async def test_what_was_being_written_is_dropped_when_the_case_is_another_officers(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses("Kết luận", "Lừa đảo")
    await minh.presses_action(f"casereturn:{code}")
    await decided(thu, club)
    await minh.says(CLAIM)
    assert "đã được bỏ" in minh.last
    async with club.reading() as tx:
        assert (await tx.session.exec(select(Verdict))).one().decided_by == thu.member_id


async def test_a_new_version_tells_everyone_who_had_the_old_one(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Báo cho tôi khi kết luận thay đổi")
    await minh.opens("/choxuly", "Xem vụ việc đã kết luận", "1 · Lừa đảo", "Xem xét lại")
    assert "Ngoài phạm vi" not in [b.label for b in minh.buttons]
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi kết luận")
    number = (await the_case(club)).id
    told = await notices(club)
    assert told[f"case {number} v1"] == {lan.member_id}
    assert told[f"case {number} v2"] == {lan.member_id, hoa.member_id}
    assert "đã cập nhật" in (await body(club, f"case {number} v2")).text
    assert code == (await the_case(club)).code


async def test_looking_again_without_a_new_verdict_leaves_the_old_one(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await opened(minh, await decided(minh, club))
    await minh.presses("Xem xét lại")
    await hoa.says(RUMOUR, forwarded=True)
    assert EXPLANATION in hoa.last
    await minh.presses("Trả lại")
    assert (await the_case(club)).state is CaseState.DECIDED
