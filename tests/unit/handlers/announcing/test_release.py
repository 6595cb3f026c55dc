"""Sending: into the outbox once, at its minute, and never after its end."""

from handlers.announcing.delivered_copy import delivered
from handlers.conversation.i18n import Speech
from handlers.notifications import choose
from handlers.views.announcement import member_copy
from storage.models import AnnouncementState, Lane, MailingState, Purpose
from tests.support import (
    SETTINGS,
    ClubInATest,
    Phone,
    compose_draft,
    content_of,
    edit_title,
    mailings_of,
    messages_of,
    open_first_waiting,
    release_due,
    state_of,
    submit_card,
    submit_draft,
    waiting_for,
)
from tests.support.announcements.records import numbered


async def test_an_approved_announcement_goes_into_the_outbox_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses("Duyệt")
    (mailing,) = await mailings_of(club)
    assert await state_of(club, 1) is AnnouncementState.SENDING
    assert (mailing.state, mailing.lane) == (MailingState.FILLING, Lane.ANNOUNCEMENT)
    assert (mailing.purpose, mailing.watcher_id) == (Purpose.ANNOUNCEMENTS, minh.member_id)


async def test_what_goes_out_is_what_the_approver_saw(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await hanh.says("/choduyet")
    _, seen, _ = messages_of(await hanh.presses(" · "))
    await hanh.presses("Duyệt")
    (mailing,) = await mailings_of(club)
    assert "Thông báo số N1" in seen.text
    assert choose(mailing.bodies, "vi").text == seen.text.replace("số N1", "số 1")
    english = member_copy(await content_of(club, 1), numbered(1), Speech("en", SETTINGS.timezone))
    assert choose(mailing.bodies, "en") == delivered(english)


async def test_urgent_ones_take_the_faster_lane(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await compose_draft(minh)
    await minh.presses("Mức khẩn", "Có")
    await submit_card(minh)
    await open_first_waiting(hanh)
    await hanh.presses("Duyệt")
    assert (await mailings_of(club))[0].lane == Lane.URGENT


async def test_a_scheduled_one_begins_at_its_minute_and_not_before(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, when="19h30")
    await hanh.presses_action("approval-give:1:1")
    assert await state_of(club, 1) is AnnouncementState.SCHEDULED
    assert "19:30, Thứ Ba 10/3/2026" in (await waiting_for(minh))[-1].text
    assert await release_due(club, hours=10, minutes=29, seconds=59) == 0
    assert await release_due(club, seconds=1) == 1
    assert await release_due(club, seconds=1) == 0
    assert len(await mailings_of(club)) == 1


async def test_approved_after_its_hour_it_goes_at_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, when="19h30")
    await release_due(club, hours=11)
    await hanh.presses_action("approval-give:1:1")
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_any_officer_can_cancel_what_is_scheduled_and_the_author_hears_of_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, when="19h30")
    await hanh.presses_action("approval-give:1:1")
    await open_first_waiting(hanh)
    await hanh.presses("Huỷ lịch")
    await release_due(club, hours=24)
    assert await mailings_of(club) == []
    assert "huỷ lịch" in (await waiting_for(minh))[-1].text


async def test_nothing_goes_out_after_valid_until(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, until="20h", when="19h30")
    await hanh.presses_action("approval-give:1:1")
    assert await release_due(club, hours=11) == 0
    assert await state_of(club, 1) is AnnouncementState.EXPIRED
    assert await mailings_of(club) == []
    assert "hết hiệu lực" in (await waiting_for(minh))[-1].text


async def test_what_nobody_approved_in_time_is_given_up(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, until="20h")
    club.clock.advance(hours=11)
    await hanh.presses_action("approval-give:1:1")
    assert "hết hiệu lực" in hanh.toasts[-1]
    await release_due(club)
    assert await state_of(club, 1) is AnnouncementState.EXPIRED


async def test_what_is_over_is_not_even_submitted(club: ClubInATest, minh: Phone) -> None:
    await compose_draft(minh, until="20h")
    club.clock.advance(hours=11)
    await minh.presses("Gửi duyệt")
    assert "hết hiệu lực" in minh.toasts[-1]
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_a_time_of_sending_that_is_over_has_to_be_chosen_again(
    club: ClubInATest, minh: Phone
) -> None:
    await compose_draft(minh, when="19h30")
    club.clock.advance(hours=11)
    await minh.presses("Gửi duyệt")
    assert "Giờ gửi đã qua" in minh.toasts[-1]
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_an_edit_of_what_is_scheduled_needs_approval_again(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh, when="19h30 mai")
    await hanh.presses_action("approval-give:1:1")
    await edit_title(minh, "Tiêu đề đã sửa")
    await release_due(club, hours=48)
    assert await state_of(club, 1) is AnnouncementState.DRAFT
    assert await mailings_of(club) == []
