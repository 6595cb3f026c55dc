"""Quiet hours: what is not urgent waits for the morning, and everybody is told so beforehand."""

from dataclasses import replace
from datetime import datetime

import pytest

from handlers.announcing import send_time
from handlers.views.announcement import Content
from storage.models import AnnouncementState, DeliveryState, Lane, MailingState
from tests.support import (
    SETTINGS,
    ClubInATest,
    Phone,
    answer_questions,
    audit_actions,
    compose_draft,
    edit_title,
    mailings_of,
    open_first_waiting,
    publish_copies,
    release_due,
    state_of,
    submit_card,
    submit_draft,
    submit_urgent_draft,
    waiting_for,
)

MORNING = "6:30, Thứ Tư 11/3/2026"
LET_OUT = "announcement let out at night"


@pytest.fixture
def night(club: ClubInATest) -> None:
    """It is 22:00."""
    club.clock.advance(hours=13)


@pytest.mark.usefixtures("night")
async def test_the_author_reads_beforehand_that_it_comes_in_the_morning(minh: Phone) -> None:
    await compose_draft(minh)
    assert MORNING in minh.last


async def test_a_time_in_the_quiet_hours_is_pointed_out_as_soon_as_it_is_typed(
    minh: Phone,
) -> None:
    await answer_questions(minh, upto="when")
    await minh.says("21h30")
    assert MORNING in minh.last


async def test_a_minute_before_the_quiet_hours_is_not(minh: Phone) -> None:
    await answer_questions(minh, upto="when")
    await minh.says("21h29")
    assert MORNING not in minh.last


@pytest.mark.usefixtures("night")
async def test_what_is_approved_at_night_begins_in_the_morning(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses("Duyệt")
    assert MORNING in hanh.last
    assert MORNING in (await waiting_for(minh))[-1].text
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED
    assert await release_due(club, hours=8, minutes=29, seconds=59) == 0
    assert await release_due(club, seconds=1) == 1


@pytest.mark.usefixtures("night")
async def test_what_is_not_urgent_offers_no_way_out_of_the_quiet_hours(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    assert not [label for label in hanh.labels if "yên lặng" in label]
    await hanh.presses_action("night-yes:1:1")
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL


@pytest.mark.usefixtures("night")
async def test_something_urgent_waits_too_unless_the_approver_says_otherwise(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses_action("approval-give:1:1")
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED


@pytest.mark.usefixtures("night")
async def test_the_approver_can_let_something_urgent_out_and_the_log_keeps_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses("gửi trong giờ yên lặng")
    assert await mailings_of(club) == []
    await hanh.presses("Đồng ý, cứ gửi")
    assert [mailing.lane for mailing in await mailings_of(club)] == [Lane.URGENT]
    assert LET_OUT in await audit_actions(club)
    assert "announcement approved" in await audit_actions(club)


@pytest.mark.usefixtures("night")
async def test_the_yes_counts_once_and_for_the_version_it_was_said_to(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh)
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await hanh.presses_action("night-yes:1:1")
    assert LET_OUT not in await audit_actions(club)
    await hanh.presses_action("night-yes:1:2")
    await hanh.presses_action("night-yes:1:2")
    assert (await audit_actions(club)).count(LET_OUT) == 1


@pytest.mark.usefixtures("night")
async def test_who_approves_last_decides_about_the_night(
    club: ClubInATest, minh: Phone, hanh: Phone, binh: Phone
) -> None:
    two = ClubInATest(club.store, club.clock, replace(SETTINGS, approvals=2))
    minh.club = hanh.club = binh.club = two
    await submit_urgent_draft(minh)
    await hanh.presses_action("night-yes:1:1")
    await binh.presses_action("approval-give:1:1")
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED


async def test_the_yes_to_a_night_hour_holds_until_that_hour(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh, when="22h")
    await hanh.presses_action("night-yes:1:1")
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED
    assert await release_due(club, hours=13) == 1


async def test_the_yes_to_a_night_hour_ends_with_that_hour(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    """Moved to the evening, and late because the bot was down: it waits for the morning."""
    await submit_urgent_draft(minh, when="22h")
    await hanh.presses_action("night-yes:1:1")
    await hanh.presses_action("schedule-time:1:1")
    await hanh.says("21h")
    assert await release_due(club, hours=13) == 0
    assert await release_due(club, hours=8, minutes=30) == 1


@pytest.mark.usefixtures("night")
async def test_the_author_cannot_let_it_out_alone(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await compose_draft(minh)
    await minh.presses_action("compose-edit:1:urgent")
    await minh.presses("Có")
    await minh.presses_action("night-yes:1:1")
    assert await state_of(club, 1) is AnnouncementState.DRAFT
    await submit_card(minh)
    await minh.presses_action("night-yes:1:1")
    assert "cán bộ khác" in minh.toasts[-1]
    assert await mailings_of(club) == []


async def test_an_edit_takes_the_leave_to_go_at_night_away(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_urgent_draft(minh, when="22h")
    await hanh.presses_action("night-yes:1:1")
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await hanh.presses_action("approval-give:1:2")
    assert await release_due(club, hours=13) == 0
    assert await release_due(club, hours=8, minutes=30) == 1


@pytest.mark.usefixtures("night")
async def test_what_would_be_over_in_the_morning_is_not_submitted(
    club: ClubInATest, minh: Phone
) -> None:
    await compose_draft(minh, until="5h mai")
    await minh.presses("Gửi duyệt")
    assert MORNING in minh.toasts[-1]
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_a_single_officer_says_yes_to_the_night_themselves(club: ClubInATest) -> None:
    alone = ClubInATest(club.store, club.clock, replace(SETTINGS, approvals=0))
    minh = await alone.officer("Minh")
    alone.clock.advance(hours=13)
    await compose_draft(minh)
    await minh.presses_action("compose-edit:1:urgent")
    await minh.presses("Có", "Gửi trong giờ yên lặng", "Đồng ý, cứ gửi")
    assert "người ứng cử" in minh.last
    assert LET_OUT not in await audit_actions(alone)
    await minh.presses("Không")
    assert LET_OUT in await audit_actions(alone)
    assert len(await mailings_of(alone)) == 1


def test_leave_to_go_at_night_is_for_what_is_urgent_alone() -> None:
    late = datetime(2026, 3, 10, 22, tzinfo=SETTINGS.timezone)
    morning = datetime(2026, 3, 11, 6, 30, tzinfo=SETTINGS.timezone)
    for urgent, start in ((True, late), (False, morning)):
        content = Content(urgent=urgent)
        assert send_time.earliest_start(SETTINGS, content, late, at_night=True) == start


@pytest.mark.parametrize(("hours_on", "is_deferred"), [(12, False), (13, True)])
async def test_who_watches_it_go_out_reads_when_it_goes_on(
    club: ClubInATest, minh: Phone, hours_on: int, is_deferred: bool, lan: Phone
) -> None:
    await publish_copies(club, [(lan, DeliveryState.QUEUED)], state=MailingState.SENDING)
    club.clock.advance(hours=hours_on)
    await minh.says("/tiendo")
    assert (MORNING in minh.last) is is_deferred
