"""Officers decide flagged posts with evidence, and never learn who sent them in."""

import asyncio
import json
from dataclasses import asdict

import pytest
from sqlmodel import select

from handlers.messages import Answer, Media, MediaKind, Message, Reply
from handlers.outgoing import choose
from storage import audit, cases, outbox
from storage.models import (
    AuditEntry,
    Case,
    CaseState,
    Delivery,
    Flag,
    Mailing,
    MailingKind,
    Member,
    Rating,
    Role,
    Verdict,
)
from tests.club import ClubInATest, Phone

RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"
CLAIM = "Có tin nói phải nộp tiền để cập nhật VNeID."
EXPLANATION = "Cập nhật VNeID không mất tiền; công an không thu tiền qua điện thoại."
SOURCE = "https://bocongan.gov.vn/vneid-mien-phi"
PICTURE = Media(MediaKind.PHOTO, file="file-1", unique="unique-1")


async def flag(phone: Phone, text: str = RUMOUR, **more: object) -> None:
    await phone.says(text, forwarded=True, **more)
    await phone.presses("Lừa đảo" if phone.language == "vi" else "Scam")
    await phone.presses("Gửi" if phone.language == "vi" else "Send")


async def the_case(club: ClubInATest) -> Case:
    async with club.reading() as tx:
        return (await tx.session.exec(select(Case))).one()


async def opened(officer: Phone, code: str) -> Answer:
    """The officer opens a case from the queue."""
    return await officer.presses_action(f"case:{code}")


async def taken(officer: Phone, club: ClubInATest) -> str:
    """The officer opens the one case and takes it; returns its code."""
    code = (await the_case(club)).code
    await opened(officer, code)
    await officer.presses("Nhận xử lý")
    return code


async def write_verdict(officer: Phone, rating: str = "Lừa đảo", source: str = SOURCE) -> None:
    """All questions answered; the preview is on the screen."""
    await officer.presses("Kết luận")
    await officer.presses(rating)
    await officer.says(CLAIM)
    await officer.says(EXPLANATION)
    await officer.says(source)


async def decided(officer: Phone, club: ClubInATest) -> str:
    code = await taken(officer, club)
    await write_verdict(officer)
    await officer.presses("Gửi kết luận")
    return code


async def notices(club: ClubInATest) -> dict[str, set[int]]:
    """Who is sent what: the subject of each verdict mailing to its members."""
    async with club.reading() as tx:
        query = select(Mailing.subject, Delivery.member_id).join(Delivery)
        rows = (await tx.session.exec(query.where(Mailing.kind == MailingKind.VERDICT))).all()
    return {subject: {member for s, member in rows if s == subject} for subject, _ in rows}


async def body(club: ClubInATest, subject: str, language: str = "vi") -> Message:
    async with club.reading() as tx:
        mailing = await outbox.find_mailing(tx, MailingKind.VERDICT, subject)
        assert mailing is not None
        return choose(mailing.bodies, language)


async def test_the_queue_shows_the_most_flagged_first_and_nobody_who_flagged(
    club: ClubInATest,
) -> None:
    minh = await club.officer("Minh")
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan, f"{RUMOUR} một")
    await flag(lan, f"{RUMOUR} hai")
    await flag(hoa, f"{RUMOUR} hai")
    await minh.says("/hangdoi")
    lines = [line for line in minh.last.splitlines() if "Lừa đảo · 10/3" in line]
    assert ["2 người báo" in line for line in lines] == [True, False]
    assert "“Công an yêu cầu" in minh.last


async def test_among_equals_the_order_says_nothing_of_the_minute(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    for number in range(4):
        await flag(lan, f"{RUMOUR} lần {number}")
        club.clock.advance(minutes=5)
    await minh.says("/hangdoi")
    codes = [
        button.action.partition(":")[2] for button in minh.buttons if button.action[:5] == "case:"
    ]
    assert codes == sorted(codes)
    assert len(codes) == 4


async def test_the_queue_says_which_case_somebody_is_on(club: ClubInATest) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await thu.says("/hangdoi")
    assert "đang xử lý" in thu.last
    await thu.presses("1 · Lừa đảo")
    assert "Đồng nghiệp đang xử lý" in thu.last


async def test_the_queue_is_read_page_by_page(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await minh.says("/hangdoi")
    assert "Không có vụ việc" in minh.last
    for number in range(6):
        await flag(lan, f"{RUMOUR} lần {number}")
    await minh.says("/queue")
    assert sum("· Lừa đảo" in button.label for button in minh.buttons) == 5
    await minh.presses("Trang sau")
    assert sum("· Lừa đảo" in button.label for button in minh.buttons) == 1


async def test_a_member_has_no_queue(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await flag(lan)
    code = (await the_case(club)).code
    await lan.says("/hangdoi")
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
    assert set(lan.toasts) == {"Nút này không dành cho bạn."}
    assert (await the_case(club)).state is CaseState.NEW


async def test_an_officer_sees_the_post_with_nothing_in_it_to_tap(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan, f"{RUMOUR} tại https://vneid-nhanh.top/nop hỏi @tuvan hoặc vneid.top <b>")
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert "<code>https://vneid-nhanh.top/nop</code>" in texts[0]
    assert "<code>@tuvan</code>" in texts[0]
    assert "<code>vneid.top</code>" in texts[0]
    assert "&lt;b&gt;" in texts[0]


async def test_an_officer_sees_the_picture_itself(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan, "thật không?", media=PICTURE)
    answer = await opened(minh, (await the_case(club)).code)
    media = [piece.message.media for piece in answer if isinstance(piece, Reply) and piece.message]
    assert PICTURE in media


async def test_a_post_of_full_length_is_shown_in_messages_that_fit(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan, ("nộp tiền ngay " * 400)[:4096])
    answer = await opened(minh, (await the_case(club)).code)
    texts = [piece.message.text for piece in answer if isinstance(piece, Reply) and piece.message]
    assert len(texts) == 4
    assert all(len(text) <= 4096 for text in texts)


async def test_nothing_an_officer_sees_or_the_log_says_who_flagged(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Trần Thị Lan", area="song-ngoc")
    await flag(lan)
    answers = [await minh.says("/hangdoi")]
    code = (await the_case(club)).code
    answers += [await opened(minh, code), await minh.presses("Nhận xử lý")]
    await write_verdict(minh)
    answers += [await minh.presses("Gửi kết luận"), await opened(minh, code)]
    async with club.reading() as tx:
        member = await tx.session.get_one(Member, lan.member_id)
        entries = (await tx.session.exec(select(AuditEntry))).all()
        assert await audit.verify(tx) is None
    seen = [asdict(piece) for answer in answers for piece in answer] + [
        m.text for m in minh.messages.values()
    ]
    written = json.dumps([seen, [[e.deed, e.details] for e in entries]], default=str)
    for secret in ("Trần Thị Lan", lan.address.chat, str(member.actor), "Sông Ngọc", "9:00"):
        assert secret not in written
    assert [e.deed for e in entries][-2:] == ["case taken", "case decided"]
    assert entries[-1].details == {"case": code, "rating": "scam", "version": 1}


async def test_of_two_officers_who_take_a_case_at_once_one_has_it(club: ClubInATest) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    code = (await the_case(club)).code
    both = (minh, thu)
    await asyncio.gather(*(officer.presses_action(f"casetake:{code}") for officer in both))
    cards = sorted(officer.last.splitlines()[-1] for officer in both)
    assert cards == ["Anh/chị đang xử lý", "Đồng nghiệp đang xử lý"]


async def test_a_case_that_was_given_back_can_be_taken_by_another(club: ClubInATest) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    code = await taken(minh, club)
    await opened(thu, code)
    assert "Nhận xử lý" not in [button.label for button in thu.buttons]
    await minh.presses("Trả lại")
    await opened(thu, code)
    await thu.presses("Nhận xử lý")
    assert (await the_case(club)).officer_id == thu.member_id


async def test_a_case_does_not_stay_with_somebody_who_is_no_officer_any_more(
    club: ClubInATest,
) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    code = await taken(minh, club)
    async with club.store.write() as tx:
        (await tx.session.get_one(Member, minh.member_id)).role = Role.MEMBER
    await opened(thu, code)
    await thu.presses("Nhận xử lý")
    assert (await the_case(club)).officer_id == thu.member_id


@pytest.mark.parametrize("action", ["casereturn", "casescope", "casescopeyes", "decide"])
async def test_a_colleague_cannot_act_on_a_case_somebody_else_has_taken(
    club: ClubInATest, action: str
) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    code = await taken(minh, club)
    await thu.presses_action(f"{action}:{code}")
    assert "không còn giữ" in thu.toasts[-1]
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.IN_REVIEW, minh.member_id)


async def test_everyone_who_flagged_is_told_once_in_their_language(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    john, hoa = await club.member("John", language="en"), await club.member("Hoa")
    for phone in (lan, john):
        await flag(phone)
    await flag(hoa, "Một tin hoàn toàn khác, không liên quan gì đến tin kia")
    async with club.reading() as tx:
        case = await cases.find(tx, cases.Keys(None, (await first_case(club)).fingerprint, None))
    assert case is not None
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


async def first_case(club: ClubInATest) -> Case:
    async with club.reading() as tx:
        found = (await tx.session.exec(select(Case).order_by("id"))).first()
    assert found is not None
    return found


async def test_members_read_exactly_what_the_officer_was_shown(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    preview = list(minh.messages.values())[-2].text
    await minh.presses("Gửi kết luận")
    assert preview in (await body(club, f"case {(await the_case(club)).id} v1")).text
    await lan.says("/tindabao")
    await lan.presses("Đọc kết luận")
    assert lan.last == preview


async def test_the_longest_verdict_still_fits_and_is_shown_whole(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.presses("Lừa đảo")
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


async def test_who_sends_the_same_post_later_gets_the_verdict_at_once(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await decided(minh, club)
    await hoa.says(RUMOUR.upper(), forwarded=True)
    assert EXPLANATION in hoa.last
    assert (await the_case(club)).flags == 1
    await hoa.presses("Báo cho tôi khi kết luận thay đổi")
    assert (await the_case(club)).flags == 2


async def test_a_verdict_is_not_read_by_its_code_alone(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = await decided(minh, club)
    await hoa.presses_action(f"verdict:{code}")
    assert hoa.toasts
    assert hoa.messages == {}


async def test_a_verdict_that_came_while_the_member_was_choosing_is_the_answer(
    club: ClubInATest,
) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Lừa đảo")
    await decided(minh, club)
    await hoa.presses("Gửi")
    assert EXPLANATION in hoa.last
    assert (await the_case(club)).flags == 1


async def test_whoever_stopped_everything_is_not_told(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    async with club.store.write() as tx:
        (await tx.session.exec(select(Flag))).one().wants_answer = False
    await decided(minh, club)
    assert await notices(club) == {}


async def test_pressing_send_twice_decides_once(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    send = next(b.action for b in minh.buttons if "Gửi kết luận" in b.label)
    await minh.presses_action(send)
    await minh.presses_action(send)
    async with club.reading() as tx:
        assert len((await tx.session.exec(select(Verdict))).all()) == 1
    assert len(minh.toasts) == 1


async def test_an_older_preview_cannot_be_sent_after_a_change(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
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
    club: ClubInATest, question: str
) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.presses("Lừa đảo")
    for name, answer in (("claim", CLAIM), ("explanation", EXPLANATION), ("source", SOURCE)):
        if name == question:
            await minh.says("không")
            assert minh.buttons == []
        await minh.says(answer)
    await minh.presses("Gửi kết luận")
    assert (await the_case(club)).state is CaseState.DECIDED


async def test_no_forged_button_skips_a_question(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
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


async def test_every_question_can_be_gone_back_to_and_left_as_it_was(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh, rating="Đúng")
    for _ in range(4):
        await minh.presses("Quay lại")
    await minh.presses("Sai sự thật")
    for _ in range(3):
        await minh.presses("Giữ nguyên")
    await minh.presses("Gửi kết luận")
    async with club.reading() as tx:
        verdict = (await tx.session.exec(select(Verdict))).one()
    assert (verdict.rating, verdict.claim, verdict.sources) == (Rating.FALSE, CLAIM, [SOURCE])


async def test_back_from_the_first_question_is_the_card(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.says("sai rồi")
    assert "chọn một nút" in minh.last
    await minh.presses("Quay lại")
    assert "Anh/chị đang xử lý" in [m.text.splitlines()[-1] for m in minh.messages.values()]


async def test_cancelling_leaves_the_case_with_the_officer(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.says("/huy")
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.IN_REVIEW, minh.member_id)


async def test_what_was_being_written_is_dropped_when_the_case_is_another_officers(
    club: ClubInATest,
) -> None:
    minh, thu, lan = await club.officer("Minh"), await club.officer("Thu"), await club.member("Lan")
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses("Kết luận")
    await minh.presses("Lừa đảo")
    await minh.presses_action(f"casereturn:{code}")
    await decided(thu, club)
    await minh.says(CLAIM)
    assert "đã được bỏ" in minh.last
    async with club.reading() as tx:
        assert (await tx.session.exec(select(Verdict))).one().decided_by == thu.member_id


async def test_out_of_scope_erases_the_post_and_explains_it_once(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan, f"{RUMOUR} https://facebook.com/x/posts/1035862816472149", media=PICTURE)
    code = await taken(minh, club)
    await minh.presses("Ngoài phạm vi")
    assert (await the_case(club)).content_sealed is not None
    await minh.presses("Đóng và xoá nội dung")
    case = await the_case(club)
    assert case.state is CaseState.OUT_OF_SCOPE
    assert case.content_sealed is None
    assert (case.url_key, case.fingerprint, case.media_key) == (None, None, None)
    assert await notices(club) == {f"case {case.id} out of scope": {lan.member_id}}
    await lan.says("/tindabao")
    assert "ngoài phạm vi" in lan.last
    await minh.presses_action(f"casetake:{code}")
    assert "Đã đóng" in minh.last
    assert (await the_case(club)).state is CaseState.OUT_OF_SCOPE


async def test_out_of_scope_can_be_thought_over(club: ClubInATest) -> None:
    minh, lan = await club.officer("Minh"), await club.member("Lan")
    await flag(lan)
    await taken(minh, club)
    await minh.presses("Ngoài phạm vi")
    await minh.presses("Quay lại")
    assert "Anh/chị đang xử lý" in minh.last


async def test_a_new_version_tells_everyone_who_had_the_old_one(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = await decided(minh, club)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Báo cho tôi khi kết luận thay đổi")
    await minh.says("/hangdoi")
    await minh.presses("Đã có kết luận")
    await minh.presses("1 · Lừa đảo")
    await minh.presses("Xem xét lại")
    assert "Ngoài phạm vi" not in [b.label for b in minh.buttons]
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi kết luận")
    number = (await the_case(club)).id
    told = await notices(club)
    assert told[f"case {number} v1"] == {lan.member_id}
    assert told[f"case {number} v2"] == {lan.member_id, hoa.member_id}
    assert "đã cập nhật" in (await body(club, f"case {number} v2")).text
    assert code == (await the_case(club)).code


async def test_looking_again_without_a_new_verdict_leaves_the_old_one(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = await decided(minh, club)
    await opened(minh, code)
    await minh.presses("Xem xét lại")
    await hoa.says(RUMOUR, forwarded=True)
    assert EXPLANATION in hoa.last
    await minh.presses("Trả lại")
    assert (await the_case(club)).state is CaseState.DECIDED


@pytest.mark.parametrize("action", ["case", "case:NONE12", "casetake", "queue:-1", "decided:x"])
async def test_a_forged_button_of_an_officer_does_no_harm(club: ClubInATest, action: str) -> None:
    minh = await club.officer("Minh")
    await minh.presses_action(action)
    assert minh.toasts
