"""`/lich`: what is scheduled, at another time, now, or not; and what comes again and again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from handlers.announcing import recurrence
from handlers.conversation import speech_to
from handlers.views.announcement import Content
from storage.database.ids import id_of
from storage.models import Announcement, AnnouncementState
from tests.support import (
    ClubInATest,
    Phone,
    answer_questions,
    audit_actions,
    content_of,
    edit_title,
    mailings_of,
    release_due,
    state_of,
    submit_card,
    submit_draft,
    submit_urgent_draft,
    waiting_for,
)


async def schedule(author: Phone, approver: Phone, when: str = "19h30", **more: str) -> None:
    await submit_draft(author, when=when, **more)
    await approver.presses_action("approval-give:1:1")


async def repeat(author: Phone, approver: Phone, how: str, until: str) -> None:
    """An approved announcement that is sent first at 10:00 and lasts until noon."""
    await answer_questions(author, upto="when", until="12h")
    await author.says("10h")
    await author.presses(how)
    await author.says(until)
    await submit_card(author)
    await approver.presses_action("approval-give:1:1")


async def passes(club: ClubInATest, **span: float) -> None:
    """The clock moves on and the timetable does its duties."""
    club.clock.advance(**span)
    await club.in_write(recurrence.make_due, club.settings)
    await release_due(club)


async def everything(club: ClubInATest) -> list[Announcement]:
    async with club.reading() as tx:
        return list(await tx.session.exec(select(Announcement).order_by(col(Announcement.id))))


async def contents(club: ClubInATest) -> list[Content]:
    return [await content_of(club, id_of(one)) for one in await everything(club)]


async def test_the_schedule_lists_what_waits_the_next_first(minh: Phone, hanh: Phone) -> None:
    await hanh.says("/lich")
    assert "/soan" in hanh.last
    await schedule(minh, hanh)
    await submit_draft(minh, when="10h")
    await hanh.presses_action("approval-give:2:1")
    await hanh.says("/lich")
    assert hanh.last.index("10:00") < hanh.last.index("19:30")


async def test_a_new_time_is_typed_and_the_approval_stands(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    await hanh.presses_action("schedule-time:1:1")
    await hanh.says("10h")
    assert "10:00, Thứ Ba 10/3/2026" in hanh.last
    assert "10:00, Thứ Ba 10/3/2026" in (await waiting_for(minh))[-1].text
    assert await release_due(club, minutes=59, seconds=59) == 0
    assert await release_due(club, seconds=1) == 1


async def moves(officer: Phone, when: str) -> None:
    await officer.presses_action("schedule-time:1:1")
    await officer.says(when)


@pytest.mark.parametrize(("when", "moved"), [("19h29", False), ("19h30", True), ("20h", True)])
async def test_the_author_alone_puts_off_what_was_approved_but_brings_nothing_forward(
    club: ClubInATest, minh: Phone, hanh: Phone, when: str, *, moved: bool
) -> None:
    await schedule(minh, hanh)
    await moves(minh, when)
    assert ("sẽ gửi lúc" in minh.last) is moved
    assert ("cần cán bộ khác đồng ý" in minh.last) is not moved
    assert ("announcement rescheduled" in await audit_actions(club)) is moved
    await minh.presses_action("schedule-now:1:1")
    assert "cần cán bộ khác đồng ý" in minh.toasts[-1]
    assert await mailings_of(club) == []


async def test_what_was_put_off_may_come_back_to_the_time_that_was_approved(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    await moves(minh, "20h")
    await moves(minh, "19h30")
    assert "19:30" in minh.last
    await moves(minh, "20h")
    club.clock.advance(hours=10, minutes=30)
    await minh.presses_action("schedule-now:1:1")
    assert len(await mailings_of(club)) == 1, "the approved time has come"


async def test_where_two_must_approve_nobody_alone_brings_it_forward(
    club: ClubInATest, minh: Phone, hanh: Phone, binh: Phone
) -> None:
    minh.club = hanh.club = binh.club = ClubInATest(
        club.store, club.clock, replace(club.settings, approvals=2)
    )
    await schedule(minh, hanh)
    await binh.presses_action("approval-give:1:1")
    for officer in (minh, hanh, binh):
        await moves(officer, "10h")
        assert "gửi duyệt lại" in officer.last
        await officer.says("/trogiup")
        await officer.presses_action("schedule-now:1:1")
        assert "gửi duyệt lại" in officer.toasts[-1]
    assert await mailings_of(club) == []


async def test_where_nobody_must_approve_the_author_moves_it_as_they_like(
    club: ClubInATest, minh: Phone
) -> None:
    minh.club = ClubInATest(club.store, club.clock, replace(club.settings, approvals=0))
    await answer_questions(minh, when="19h30")
    await minh.presses("Gửi", "Không")
    await moves(minh, "10h")
    assert await release_due(club, hours=1) == 1


async def test_a_new_time_in_the_quiet_hours_becomes_the_morning(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    await minh.presses_action("schedule-time:1:1")
    await minh.says("23h")
    assert minh.last.count("6:30, Thứ Tư 11/3/2026") == 2
    assert await release_due(club, hours=14) == 0
    assert await release_due(club, hours=7, minutes=30) == 1


async def test_a_new_time_after_its_end_is_refused(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh, until="20h")
    await minh.presses_action("schedule-time:1:1")
    await minh.says("21h")
    assert "trước lúc thông báo hết hiệu lực" in minh.last
    await minh.says("mấy giờ nhỉ")
    assert "Bot chưa hiểu" in minh.last
    assert await release_due(club, hours=10, minutes=30) == 1


async def test_what_was_edited_meanwhile_gets_no_new_time(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    await hanh.presses_action("schedule-time:1:1")
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await hanh.presses_action("approval-give:1:2")
    await hanh.says("10h")
    assert await release_due(club, hours=10, minutes=29) == 0
    assert await release_due(club, minutes=1) == 1


async def test_what_was_sent_meanwhile_gets_no_new_time(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    binh = await club.officer("Bình")
    await hanh.presses_action("schedule-time:1:1")
    await binh.presses_action("schedule-now:1:1")
    await hanh.says("10h")
    assert await state_of(club, 1) is AnnouncementState.SENDING
    assert "đang gửi" in hanh.last


@pytest.mark.parametrize("action", ["schedule-now", "schedule-now-sure"])
async def test_what_is_over_by_now_cannot_be_sent_now(
    club: ClubInATest, minh: Phone, hanh: Phone, action: str
) -> None:
    await schedule(minh, hanh, until="20h")
    club.clock.advance(hours=11)
    await hanh.presses_action(f"{action}:1:1")
    assert "hết hiệu lực" in hanh.toasts[-1]
    assert await mailings_of(club) == []


@pytest.mark.parametrize("action", ["schedule-now", "schedule-now-sure", "schedule-time"])
async def test_a_button_under_an_older_version_does_nothing_with_the_newer(
    club: ClubInATest, minh: Phone, hanh: Phone, action: str
) -> None:
    await schedule(minh, hanh)
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await hanh.presses_action("approval-give:1:2")
    before = hanh.last
    await hanh.presses_action(f"{action}:1:1")
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED
    assert hanh.last == before


async def test_what_is_scheduled_can_be_sent_now(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh)
    await hanh.presses_action("schedule-now:1:1")
    assert len(await mailings_of(club)) == 1
    await hanh.presses_action("schedule-now:1:1")
    assert len(await mailings_of(club)) == 1


async def test_in_the_quiet_hours_only_what_is_urgent_can_be_sent_now(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await schedule(minh, hanh, when="9h mai")
    club.clock.advance(hours=13)
    for action in ("schedule-now:1:1", "schedule-now-sure:1:1"):
        await hanh.presses_action(action)
        assert "chỉ thông báo khẩn" in hanh.toasts[-1]
    assert await mailings_of(club) == []


async def test_something_urgent_is_sent_now_in_the_quiet_hours_by_anothers_yes(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh, when="9h mai")
    await hanh.presses_action("approval-give:1:1")
    club.clock.advance(hours=13)
    await minh.presses_action("schedule-now-sure:1:1")
    assert "cán bộ khác" in minh.toasts[-1]
    await hanh.presses_action("schedule-now:1:1")
    assert await mailings_of(club) == []
    await hanh.presses("Đồng ý, cứ gửi")
    assert len(await mailings_of(club)) == 1
    assert "announcement let out at night" in await audit_actions(club)


async def test_each_repetition_is_an_announcement_of_its_own(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await passes(club, hours=1)
    for _ in range(4):
        await passes(club, days=1)
    found = await everything(club)
    assert [one.repeats for one in found] == [None, 1, 1]
    assert [mailing.subject for mailing in await mailings_of(club)] == ["1", "2", "3"]


async def test_what_comes_again_lasts_as_long_as_the_first_did(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await passes(club, hours=1)
    await passes(club, days=1)
    first, second = await contents(club)
    assert first.valid_until == datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
    assert second.valid_until == datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
    assert (second.title, second.html) == (first.title, first.html)


async def test_a_weekly_one_comes_again_after_a_week(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng tuần", "31/3")
    await passes(club, hours=1)
    for _ in range(7):
        assert len(await everything(club)) == 1
        await passes(club, days=1)
    assert len(await everything(club)) == 2


async def test_one_slot_makes_one_announcement(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await passes(club, hours=1)
    await passes(club, days=1)
    await passes(club, seconds=1)
    assert len(await everything(club)) == 2


async def test_what_is_missed_for_hours_is_left_out(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "13/3")
    await passes(club, hours=1)
    await passes(club, days=1, hours=3, seconds=1)
    assert len(await everything(club)) == 1
    await passes(club, hours=20, minutes=59, seconds=59)
    assert len(await everything(club)) == 2


async def test_what_is_three_hours_late_still_comes(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "13/3")
    await passes(club, hours=1)
    await passes(club, days=1, hours=3)
    assert len(await everything(club)) == 2


async def test_its_author_reads_how_long_each_copy_is_valid(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng tuần", "31/3")
    (content,) = await contents(club)
    _, validity = recurrence.lines(speech_to(club.settings, "vi"), content)
    assert "12:00, Thứ Ba 17/3/2026" in validity
    await passes(club, hours=1)
    await passes(club, days=7)
    (told,) = [one for one in await waiting_for(minh) if "Đến lượt lặp lại" in one.text]
    assert "bản này mang số <b>2</b>" in told.text
    assert "12:00, Thứ Ba 17/3/2026" in told.text
    assert told.silent
    assert not [one for one in await waiting_for(hanh) if "Đến lượt lặp lại" in one.text]


@pytest.mark.parametrize(
    ("late", "count", "following"),
    [
        ({"days": 1, "hours": 3, "seconds": 1}, 1, "10:00, Thứ Năm 12/3/2026"),
        ({"days": 3, "hours": 1}, 2, "10:00, Thứ Bảy 14/3/2026"),
    ],
)
async def test_its_author_hears_of_what_was_missed_why_and_of_the_next_time(
    club: ClubInATest,
    minh: Phone,
    hanh: Phone,
    late: dict[str, float],
    count: int,
    following: str,
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "20/3")
    await passes(club, hours=1)
    await passes(club, **late)
    (told,) = [one for one in await waiting_for(minh) if "lần gửi lặp lại" in one.text]
    assert f"lỡ <b>{count} lần" in told.text
    assert "bot không chạy" in told.text
    assert following in told.text


async def test_when_the_last_time_was_missed_it_is_said_to_have_been_the_last(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "9h 12/3")
    await passes(club, hours=1)
    await passes(club, days=1, hours=5)
    (told,) = [one for one in await waiting_for(minh) if "lần gửi lặp lại" in one.text]
    assert "lỡ <b>1 lần" in told.text
    assert "Không còn lần nào nữa" in told.text


@pytest.mark.parametrize(("until", "times"), [("10h 12/3", 3), ("9h59 12/3", 2)])
async def test_it_comes_up_to_the_minute_until_which_it_was_to(
    club: ClubInATest, minh: Phone, hanh: Phone, until: str, times: int
) -> None:
    await repeat(minh, hanh, "Hằng ngày", until)
    await passes(club, hours=1)
    for _ in range(3):
        await passes(club, days=1)
    assert len(await everything(club)) == times


async def test_what_was_recalled_does_not_come_again(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await passes(club, hours=1)
    await hanh.opens("/thuhoi 1", "Sai ngày", "Thu hồi ngay")
    await passes(club, days=1)
    assert len(await everything(club)) == 1


async def test_one_tap_stops_it_and_the_author_hears_of_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await passes(club, hours=1)
    await hanh.opens("/lich", "Dừng lặp")
    await passes(club, days=1)
    assert len(await everything(club)) == 1
    assert "dừng lặp lại" in (await waiting_for(minh))[-1].text
    await hanh.presses_action("repeat-stop:1")
    assert "không lặp lại nữa" in hanh.toasts[-1]


async def test_what_comes_again_needs_an_end_and_a_day_to_end(minh: Phone) -> None:
    await answer_questions(minh, upto="when")
    await minh.says("10h mai")
    await minh.presses("Hằng ngày")
    assert "phải có thời hạn" in minh.last
    assert "Không thời hạn" not in [button.label for button in minh.buttons]
    await minh.presses_action("compose-skip:1:valid-until")
    await minh.says("12h mai", "11/3")
    assert "hơn một ngày" in minh.last
    await minh.says("1/9")
    assert "tối đa 92 ngày" in minh.last


async def test_who_approves_reads_that_it_comes_again(minh: Phone, hanh: Phone) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await hanh.presses_action("approval-see:1")
    assert "Lặp lại hằng ngày đến" in hanh.last


async def test_what_is_approved_after_its_hour_comes_again_at_that_hour(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await answer_questions(minh, upto="when", until="12h")
    await minh.says("10h")
    await minh.presses("Hằng ngày")
    await minh.says("12/3")
    await submit_card(minh)
    club.clock.advance(hours=2)
    await hanh.presses_action("approval-give:1:1")
    assert len(await mailings_of(club)) == 1
    await passes(club, hours=22, minutes=59, seconds=59)
    assert len(await everything(club)) == 1
    await passes(club, seconds=1)
    assert [found.valid_until for found in await contents(club)][1] == datetime(
        2026, 3, 11, 5, 0, tzinfo=UTC
    )


async def test_what_is_sent_before_its_hour_comes_again_a_day_after_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await repeat(minh, hanh, "Hằng ngày", "12/3")
    await hanh.presses_action("schedule-now:1:1")
    await minh.says("/lich")
    assert "10:00, Thứ Tư 11/3/2026" in minh.last
    await passes(club, hours=1)
    assert len(await everything(club)) == 1
    await passes(club, days=1)
    assert len(await everything(club)) == 2
