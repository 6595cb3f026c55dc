"""Officers work through what was flagged, and never learn who sent it in."""

import asyncio
import json
from dataclasses import asdict

import pytest
from sqlmodel import col, select

from handlers.messages import Reply
from storage import audit_log
from storage.models import (
    AuditAction,
    AuditEntry,
    CaseState,
    Member,
    Role,
)
from tests.support import (
    PICTURE,
    RUMOUR,
    ClubInATest,
    Phone,
    flag,
    notices,
    opened,
    taken,
    the_case,
    the_post,
    write_verdict,
)


async def test_the_queue_shows_the_most_flagged_first_and_nobody_who_flagged(
    minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan, f"{RUMOUR} một")
    await flag(lan, f"{RUMOUR} hai")
    await flag(hoa, f"{RUMOUR} hai")
    await minh.says("/choxuly")
    lines = [line for line in minh.last.splitlines() if "Lừa đảo · 10/3" in line]
    assert ["2 người báo" in line for line in lines] == [True, False]
    assert "“Công an yêu cầu" in minh.last


async def test_among_equals_the_order_says_nothing_of_the_minute(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    for number in range(4):
        await flag(lan, f"{RUMOUR} lần {number}")
        club.clock.advance(minutes=5)
    await minh.says("/choxuly")
    codes = [
        button.action.partition(":")[2] for button in minh.buttons if button.action[:5] == "case:"
    ]
    assert codes == sorted(codes)
    assert len(codes) == 4


async def test_the_queue_says_which_case_somebody_is_on(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await thu.says("/choxuly")
    assert "đang xử lý" in thu.last
    await thu.presses("1 · Lừa đảo")
    assert "Minh đang xử lý" in thu.last


async def test_the_queue_is_read_page_by_page(minh: Phone, lan: Phone) -> None:
    await minh.says("/choxuly")
    assert "Không có vụ việc" in minh.last
    for number in range(6):
        await flag(lan, f"{RUMOUR} lần {number}")
    await minh.says("/queue")
    assert sum("· Lừa đảo" in button.label for button in minh.buttons) == 5
    await minh.presses("Trang sau")
    assert sum("· Lừa đảo" in button.label for button in minh.buttons) == 1


async def test_a_member_has_no_queue(club: ClubInATest, lan: Phone) -> None:
    await flag(lan)
    code = (await the_case(club)).code
    await lan.says("/choxuly")
    assert "dành cho cán bộ" in lan.last
    for action in (
        "case",
        "casetake",
        "casereturn",
        "casescopeyes",
        "decide",
        "rate",
        "decidesend",
    ):
        await lan.presses_action(f"{action}:{code}:0")
    assert set(lan.toasts) == {"Mục này dành cho người khác. Gõ /trogiup để xem bạn có thể làm gì."}
    assert (await the_case(club)).state is CaseState.NEW


async def test_an_officer_sees_the_post_with_nothing_in_it_to_tap(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, f"{RUMOUR} tại https://vneid-nhanh.top/nop hỏi @tuvan hoặc vneid.top <b>")
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert "<code>https://vneid-nhanh.top/nop</code>" in texts[0]
    assert "<code>@tuvan</code>" in texts[0]
    assert "<code>vneid.top</code>" in texts[0]
    assert "&lt;b&gt;" in texts[0]


async def test_an_officer_sees_the_picture_itself(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, "thật không?", media=PICTURE)
    answer = await opened(minh, (await the_case(club)).code)
    media = [piece.message.media for piece in answer if isinstance(piece, Reply) and piece.message]
    assert PICTURE in media


async def test_a_post_of_full_length_is_shown_in_messages_that_fit(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, ("nộp tiền ngay " * 400)[:4096])
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert len(texts) == 4
    assert all(len(text) <= 4096 for text in texts)


async def test_nothing_an_officer_sees_or_the_log_says_who_flagged(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Trần Thị Lan", area="song-ngoc")
    await flag(lan)
    club.clock.advance(minutes=47)  # an officer's own minute may be shown, a member's never
    answers = [await minh.says("/choxuly")]
    code = (await the_case(club)).code
    answers += [await opened(minh, code), await minh.presses("Nhận xử lý")]
    await write_verdict(minh)
    answers += [await minh.presses("Gửi kết luận"), await opened(minh, code)]
    async with club.reading() as tx:
        member = await tx.session.get_one(Member, lan.member_id)
        entries = (await tx.session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))).all()
        assert await audit_log.verify(tx) is None
    seen = [asdict(piece) for answer in answers for piece in answer] + [
        m.text for m in minh.messages.values()
    ]
    written = json.dumps([seen, [[e.action, e.details] for e in entries]], default=str)
    for secret in ("Trần Thị Lan", lan.address.chat, str(member.actor), "Sông Ngọc", "9:00"):
        assert secret not in written
    assert [e.action for e in entries][-2:] == ["case taken", "case decided"]
    assert entries[-1].details == {"case": code, "rating": "scam", "version": 1}


async def test_of_two_officers_who_take_a_case_at_once_one_has_it(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = (await the_case(club)).code
    both = (minh, thu)
    await asyncio.gather(*(officer.presses_action(f"casetake:{code}") for officer in both))
    cards = [officer.last for officer in both]
    assert sorted("Anh/chị đang xử lý" in card for card in cards) == [False, True]
    assert sorted(
        any(f"{name} đang xử lý" in card for name in ("Minh", "Thu")) for card in cards
    ) == [False, True]


async def test_who_begins_a_verdict_of_a_free_case_has_taken_it(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = (await the_case(club)).code
    for officer in (minh, thu):
        await officer.presses_action(f"case:{code}")
    await minh.presses("Kết luận")
    assert "kết luận thế nào" in minh.last
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.IN_REVIEW, minh.member_id)
    await thu.presses("Kết luận")
    assert "không còn giữ vụ việc này" in thu.toasts[-1]
    assert (await the_case(club)).officer_id == minh.member_id
    logged = await club.rows(select(AuditEntry.action))
    assert list(logged).count(AuditAction.CASE_TAKEN) == 1


async def test_a_case_that_was_given_back_can_be_taken_by_another(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await opened(thu, code)
    assert "Nhận xử lý" not in [button.label for button in thu.buttons]
    await minh.presses("Trả lại")
    await opened(thu, code)
    await thu.presses("Nhận xử lý")
    assert (await the_case(club)).officer_id == thu.member_id


async def test_a_case_does_not_stay_with_somebody_who_is_no_officer_any_more(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.becomes(role=Role.MEMBER)
    await opened(thu, code)
    await thu.presses("Nhận xử lý")
    assert (await the_case(club)).officer_id == thu.member_id


@pytest.mark.parametrize("action", ["casereturn", "casescope", "casescopeyes", "decide"])
async def test_a_colleague_cannot_act_on_a_case_somebody_else_has_taken(
    club: ClubInATest, action: str, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await thu.presses_action(f"{action}:{code}")
    assert "không còn giữ" in thu.toasts[-1]
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.IN_REVIEW, minh.member_id)


async def test_out_of_scope_erases_the_post_and_explains_it_once(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, f"{RUMOUR} https://facebook.com/x/posts/1035862816472149", media=PICTURE)
    code = await taken(minh, club)
    await minh.presses("Ngoài phạm vi")
    assert (await the_post(club)).content_sealed is not None
    await minh.presses("Đóng và xoá nội dung")
    case = await the_case(club)
    assert case.state is CaseState.OUT_OF_SCOPE
    post = await the_post(club)
    assert post.content_sealed is None
    kept = post.keys_sealed, post.url_lookup, post.words_lookup, post.media_lookup
    assert kept == (None, None, None, None)
    assert await notices(club) == {f"case {case.id} out of scope": {lan.member_id}}
    await lan.says("/tindabao")
    assert "ngoài phạm vi" in lan.last
    await minh.presses_action(f"casetake:{code}")
    assert "Đã đóng" in minh.last
    assert (await the_case(club)).state is CaseState.OUT_OF_SCOPE


async def test_closing_takes_the_words_off_the_screen_and_says_what_may_stay(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan, media=PICTURE)
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert [RUMOUR in text for text in texts] == [False, True]
    await minh.presses("Nhận xử lý")
    assert RUMOUR in minh.last
    answer = await minh.presses("Ngoài phạm vi", "Đóng và xoá nội dung")
    (closed,) = [piece for piece in answer if isinstance(piece, Reply)]
    assert closed.replaces
    assert RUMOUR not in minh.last
    assert "tự xoá giúp" in minh.last


async def test_the_post_stays_in_sight_while_an_officer_words_the_claim(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    assert RUMOUR in minh.last
    await minh.presses("Lừa đảo")
    assert RUMOUR in minh.last


@pytest.mark.parametrize(("length", "messages"), [(1500, 1), (1501, 2)])
async def test_a_post_too_long_for_the_card_stands_above_it(
    club: ClubInATest, length: int, messages: int, minh: Phone, lan: Phone
) -> None:
    post = RUMOUR.ljust(length, "a")
    await flag(lan, post)
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert [post in text for text in texts] == [True, False][:messages]


async def test_out_of_scope_can_be_thought_over(club: ClubInATest, minh: Phone, lan: Phone) -> None:
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Ngoài phạm vi", "Quay lại")
    assert "Anh/chị đang xử lý" in minh.last


@pytest.mark.parametrize("action", ["case", "case:NONE12", "casetake", "queue:-1", "decided:x"])
async def test_a_forged_button_of_an_officer_does_no_harm(action: str, minh: Phone) -> None:
    await minh.presses_action(action)
    assert minh.toasts
