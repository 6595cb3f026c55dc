"""Officers let a case wait, hand it over, note things down, merge and split; flags follow their posts."""

from sqlmodel import select

from handlers.deciding.reminders import notify_new_cases, notify_overdue_cases
from handlers.deciding.verdict.notify import send_pending_notifications
from handlers.messages import Reply
from handlers.recognition.plain_text import visible
from handlers.views.announcement import unpack
from storage.cases import cases
from storage.models import (
    AnnouncementVersion,
    Case,
    CaseNote,
    CaseState,
    Delivery,
    Mailing,
    MailingKind,
)
from storage.outbox.enqueue import own_body
from tests.support import (
    CLAIM,
    EXPLANATION,
    RUMOUR,
    SOURCE,
    ClubInATest,
    Phone,
    body,
    content_of,
    decided,
    flag,
    notices,
    opened,
    taken,
    the_case,
    write_verdict,
)

OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"


async def all_cases(club: ClubInATest) -> list[Case]:
    return await club.rows(select(Case).order_by("id"))


async def two_cases(club: ClubInATest) -> tuple[Case, Case]:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await flag(hoa, OTHER)
    first, second = await all_cases(club)
    return first, second


async def told(club: ClubInATest) -> list[tuple[str, set[int]]]:
    """Notices to officers: subject and to whom."""
    async with club.reading() as tx:
        query = select(Mailing.subject, Delivery.member_id).join(Delivery)
        rows = (await tx.session.exec(query.where(Mailing.kind == MailingKind.NOTICE))).all()
    found: dict[str, set[int]] = {}
    for subject, member in rows:
        found.setdefault(subject, set()).add(member or 0)
    return sorted(found.items())


async def test_words_after_a_case_was_opened_do_not_go_into_a_half_written_announcement(
    club: ClubInATest, minh: Phone
) -> None:
    await flag(await club.member("Lan"))
    await minh.says("/soan", "Cắt nước ở phường 1\nNgày 12/3 cắt nước ở phường 1.")
    assert "Nơi phát hành" in minh.last
    answer = await opened(minh, (await the_case(club)).code)
    first = answer[0]
    assert isinstance(first, Reply)
    assert first.message
    assert "Bản nháp thông báo đã được lưu" in first.message.text
    await minh.says("Tin này sai, giờ bỏ phiếu vẫn đến 19 giờ theo thông báo")
    assert "Nơi phát hành" not in minh.last
    assert (await content_of(club, 1)).issuer == ""


async def test_a_case_that_waits_for_a_source_stays_with_its_officer(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses("Chờ nguồn")
    assert (await the_case(club)).state is CaseState.WAITING
    await minh.presses_action(f"decide:{code}")
    await minh.presses("Lừa đảo")
    await thu.presses_action(f"casetake:{code}")
    case = await the_case(club)
    assert (case.state, case.officer_id) == (CaseState.WAITING, minh.member_id)
    await lan.says("/tindabao")
    assert "đang chờ nguồn kiểm chứng" in lan.last
    await opened(minh, code)
    await minh.presses("Tiếp tục xử lý")
    assert (await the_case(club)).state is CaseState.IN_REVIEW


async def test_a_case_is_handed_over_to_a_colleague_who_is_told(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await taken(minh, club)
    await minh.presses("Thêm…", "Giao cho cán bộ khác")
    await minh.presses_action(f"casehandto:{code}:{lan.member_id}")
    assert "không còn là cán bộ" in minh.toasts[-1]
    await minh.presses("Thu")
    assert (await the_case(club)).officer_id == thu.member_id
    assert "Thu đang xử lý" in minh.last
    assert [who for _, who in await told(club)] == [{thu.member_id}]


async def test_a_note_is_read_by_officers_and_sealed(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = (await the_case(club)).code
    await opened(minh, code)
    await minh.presses("Thêm…", "Ghi chú nội bộ")
    await minh.says("x" * 501)
    assert "tối đa 500" in minh.last
    await minh.says("Đã hỏi Công an tỉnh, chờ trả lời")
    await opened(thu, code)
    assert "Minh, 9:00" in thu.last
    assert "Đã hỏi Công an tỉnh" in thu.last
    (note,) = await club.rows(select(CaseNote))
    assert note.text_sealed
    assert "Công an".encode() not in note.text_sealed


async def test_merged_cases_are_one_and_the_flags_follow(club: ClubInATest, minh: Phone) -> None:
    first, second = await two_cases(club)
    await opened(minh, second.code)
    await minh.presses("Nhận xử lý", "Thêm…", "Gộp vào vụ việc khác")
    await minh.says("ZZZZZZ")
    assert "Không tìm thấy" in minh.last
    await minh.says(first.code.lower())
    await minh.presses("Gộp")
    one, gone = await all_cases(club)
    assert (one.flags, gone.state, gone.merged_into) == (2, CaseState.MERGED, one.id)
    assert "1 bản khác của tin" in minh.last
    await minh.presses_action(f"casetake:{first.code}")
    await write_verdict(minh)
    await minh.presses("Gửi kết luận")
    assert len((await notices(club))[f"case {one.id} v1"]) == 2
    found = await club.in_read(cases.with_code, second.code)
    assert found is not None
    assert found.id == one.id, "the old code leads to where it went"


async def test_who_joins_a_decided_case_by_a_merger_hears_its_verdict(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    first = await decided(minh, club)
    await flag(hoa, OTHER)
    second = (await all_cases(club))[1].code
    await minh.presses_action(f"casetake:{second}")
    await minh.presses_action(f"casemergeyes:{second}:{first}")
    assert {hoa.member_id} in (await notices(club)).values()


async def test_a_case_with_a_verdict_goes_into_no_other(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    first = await decided(minh, club)
    await flag(hoa, OTHER)
    second = (await all_cases(club))[1].code
    await minh.presses_action(f"casetake:{first}")
    await minh.presses_action(f"casemergeyes:{first}:{second}")
    assert "đã có kết luận" in minh.toasts[-1]
    assert [case.merged_into for case in await all_cases(club)] == [None, None]


async def test_a_case_is_not_merged_into_one_that_a_colleague_holds(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    first, second = await two_cases(club)
    await thu.presses_action(f"casetake:{first.code}")
    await minh.presses_action(f"casetake:{second.code}")
    await minh.presses_action(f"casemergeyes:{second.code}:{first.code}")
    assert "Một cán bộ khác đang giữ" in minh.toasts[-1]
    assert [case.merged_into for case in await all_cases(club)] == [None, None]


async def test_a_post_is_split_off_with_those_who_sent_it_in(
    club: ClubInATest, minh: Phone
) -> None:
    first, second = await two_cases(club)
    await minh.presses_action(f"casetake:{second.code}")
    await minh.presses_action(f"casemergeyes:{second.code}:{first.code}")
    await minh.presses_action(f"casetake:{first.code}")
    await minh.presses("Thêm…", "Tách một bản")
    number = next(n for n in "12" if f"<b>{n}.</b> dưới 5 người báo: “Ngày mai" in minh.last)
    await minh.presses(f"Tách {number}")
    one, _, off = await all_cases(club)
    assert (one.flags, off.flags, off.state) == (1, 1, CaseState.NEW)
    await write_verdict(minh)
    await minh.presses("Gửi kết luận")
    (told_members,) = (await notices(club)).values()
    assert len(told_members) == 1


async def test_verdicts_of_one_hour_come_to_a_member_as_one_message(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    texts = (RUMOUR, OTHER, f"{OTHER} rồi, nghe nói vậy")
    for text in texts:
        await flag(lan, text)
    for case in await all_cases(club):
        await minh.presses_action(f"casetake:{case.code}")
        await write_verdict(minh)
        await minh.presses("Gửi kết luận")
    assert len(await notices(club)) == 1, "the first at once, the others together"
    club.clock.advance(minutes=59, seconds=59)
    assert await club.in_write(send_pending_notifications, club.settings) == 0
    club.clock.advance(seconds=1)
    async with club.store.write() as tx:
        assert await send_pending_notifications(tx, club.settings) == 1
        assert await send_pending_notifications(tx, club.settings) == 0
    async with club.reading() as tx:
        rows = (await tx.session.exec(select(Delivery))).all()
        _, own = [own_body(tx, row.body_sealed, row) for row in rows if row.body_sealed]
    assert own.count(SOURCE) == 2
    assert own.count(EXPLANATION[:20]) == 2


async def test_a_changed_verdict_waits_for_no_hour_and_says_what_changed(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await minh.presses_action(f"casetake:{code}")
    await write_verdict(minh, rating="Đúng")
    await minh.presses("Gửi kết luận")
    assert set(await notices(club)) == {f"case {(await the_case(club)).id} v{n}" for n in (1, 2)}
    changed = await body(club, f"case {(await the_case(club)).id} v2")
    assert "Lừa đảo → Đúng" in changed.text
    assert "lời giải thích" not in changed.text


async def test_officers_hear_of_new_cases_when_the_batch_is_over(
    club_in_batches: ClubInATest,
) -> None:
    minh, lan = await club_in_batches.officer("Minh"), await club_in_batches.member("Lan")
    club_in_batches.clock.advance(minutes=1)
    for number in range(3):
        await flag(lan, f"{RUMOUR} lần {number}")
    club_in_batches.clock.advance(minutes=28, seconds=59)
    assert await club_in_batches.in_write(notify_new_cases, club_in_batches.settings) == 0
    club_in_batches.clock.advance(seconds=1)
    async with club_in_batches.store.write() as tx:
        assert await notify_new_cases(tx, club_in_batches.settings) == 3
        assert await notify_new_cases(tx, club_in_batches.settings) == 0
    assert [who for _, who in await told(club_in_batches)] == [{minh.member_id}]


async def test_officers_are_reminded_once_on_the_morning_a_case_is_due(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    assert await club.in_write(notify_overdue_cases, club.settings) == 0
    club.clock.advance(hours=21, minutes=59)  # 6:59 of the next morning
    assert await club.in_write(notify_overdue_cases, club.settings) == 0
    club.clock.advance(minutes=1)
    async with club.store.write() as tx:
        assert await notify_overdue_cases(tx, club.settings) == 1
        assert await notify_overdue_cases(tx, club.settings) == 0
    await minh.says("/choxuly")
    assert "đến hạn" in minh.last
    assert [who for _, who in await told(club)] == [{minh.member_id}]


async def test_the_deadline_of_a_reopened_case_counts_from_then(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    club.clock.advance(days=30)
    await minh.presses_action(f"casetake:{code}")
    assert "Hạn kết luận: " in minh.last
    assert await club.in_write(notify_overdue_cases, club.settings) == 0
    await minh.says("/choxuly")
    assert "đến hạn" not in minh.last
    club.clock.advance(days=1)
    assert await club.in_write(notify_overdue_cases, club.settings) == 1
    await minh.says("/choxuly")
    assert "đến hạn" in minh.last


async def test_a_verdict_becomes_an_announcement_in_one_tap(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await minh.presses("Soạn thông báo từ kết luận")
    assert "Đã điền sẵn từ kết luận" in minh.last
    assert "Tiêu đề" not in minh.last, "what the verdict says is not asked again"
    (version,) = await club.rows(select(AnnouncementVersion))
    content = unpack(version.content)
    assert content.title == f"Lừa đảo: {CLAIM.rstrip('.')}"
    assert EXPLANATION in content.html
    assert content.source_url == SOURCE
    assert code in content.source_ref
    await minh.presses("Công an tỉnh", "Gửi duyệt", "Không")
    assert "Đã gửi duyệt" in minh.last


async def test_a_verdict_may_hold_until_some_day_and_says_when_it_is_over(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    await taken(minh, club)
    await write_verdict(minh)
    await minh.presses("Thời hạn")
    await minh.says("hôm qua ấy")
    assert "Bot chưa hiểu thời gian" in minh.last
    await minh.says("15/3")
    await minh.presses("Gửi kết luận")
    await hoa.says(f"/tracuu {RUMOUR}")
    assert "có hiệu lực đến 23:59, Chủ Nhật 15/3/2026" in visible(hoa.last)
    club.clock.advance(days=6)
    await hoa.says(f"/tracuu {RUMOUR}")
    assert "đã hết hiệu lực" in hoa.last


async def test_the_figures_say_how_the_work_goes(
    club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await flag(lan)
    club.clock.advance(days=2)
    await decided(minh, club)
    await flag(lan, OTHER)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Có ích")
    await minh.opens("/choxuly", "Số liệu")
    assert "Lừa đảo: 1 (1 / 0 / 0 / 0)" in minh.last
    assert "Từ lúc báo đến kết luận: thường 2 ngày" in minh.last
    assert "Tin được trả lời ngay: –" in minh.last
    assert "có ích: dưới 5" in minh.last
    for number in range(4):
        await hoa.says(RUMOUR, forwarded=True)
        await hoa.presses("Có ích")
        await flag(lan, f"{OTHER} lần {number}")
    await minh.presses_action("casefigures")
    assert "Tin được trả lời ngay: 45%" in minh.last
    assert "có ích: 5" in minh.last
