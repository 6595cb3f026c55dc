"""Approving and sending: another officer's yes to one exact version, and nothing without it."""

import asyncio
from dataclasses import replace

import pytest

from handlers.announcement import member_copy
from handlers.announcing import sending
from handlers.outgoing import choose
from handlers.speech import Speech
from storage.models import AnnouncementState, Lane, MailingState, Purpose, Role
from tests.club import SETTINGS, ClubInATest, Phone
from tests.unit.handlers.announcing_desk import (
    content,
    draft,
    mailings,
    messages_of,
    notices_to,
    open_waiting,
    state,
    submit,
)


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    return await club.officer("Minh")


@pytest.fixture
async def hanh(club: ClubInATest) -> Phone:
    return await club.officer("Hạnh")


async def test_an_approved_announcement_goes_into_the_outbox_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await open_waiting(hanh)
    await hanh.presses("Duyệt")
    (mailing,) = await mailings(club)
    assert await state(club, 1) is AnnouncementState.SENDING
    assert (mailing.state, mailing.lane) == (MailingState.FILLING, Lane.ANNOUNCEMENT)
    assert (mailing.purpose, mailing.watcher_id) == (Purpose.ANNOUNCEMENTS, minh.member_id)


async def test_what_goes_out_is_what_the_approver_saw(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await hanh.says("/choduyet")
    _, seen, _ = messages_of(await hanh.presses(" · "))
    await hanh.presses("Duyệt")
    (mailing,) = await mailings(club)
    sent = choose(mailing.bodies, "vi")
    assert sent.text == seen.text
    english = member_copy(await content(club, 1), 1, Speech("en", SETTINGS.timezone))
    assert choose(mailing.bodies, "en") == english


async def test_urgent_ones_take_the_faster_lane(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await draft(minh)
    await minh.presses("Sửa…")
    await minh.presses("Mức khẩn")
    await minh.presses("Có")
    await minh.presses("Gửi duyệt")
    await open_waiting(hanh)
    await hanh.presses("Duyệt")
    assert (await mailings(club))[0].lane == Lane.URGENT


async def test_the_other_officers_are_told_and_the_author_is_not(minh: Phone, hanh: Phone) -> None:
    await submit(minh)
    (notice,) = await notices_to(hanh)
    assert notice.rows[0][0].label == "Xem và duyệt"
    assert await notices_to(minh) == []


async def test_what_waits_is_found_without_having_agreed_to_be_told(
    club: ClubInATest, minh: Phone
) -> None:
    quiet = await club.member("Bình", role=Role.OFFICER, purposes=())
    await submit(minh)
    await open_waiting(quiet)
    assert "Duyệt" in quiet.labels


async def test_the_author_cannot_approve(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await submit(minh)
    await minh.presses_action("approval-give:1:1")
    assert "không tự duyệt được" in minh.toasts[-1]
    await minh.presses_action("approval-refuse:1:1")
    assert await state(club, 1) is AnnouncementState.AWAITING_APPROVAL
    assert await mailings(club) == []


async def test_approving_twice_sends_once(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await submit(minh)
    await hanh.presses_action("approval-give:1:1")
    await hanh.presses_action("approval-give:1:1")
    assert "đang gửi" in hanh.toasts[-1]
    assert len(await mailings(club)) == 1


async def test_two_officers_at_the_same_moment_send_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    binh = await club.officer("Bình")
    await submit(minh)
    await asyncio.gather(*(p.presses_action("approval-give:1:1") for p in (hanh, binh)))
    assert len(await mailings(club)) == 1
    assert len(await notices_to(minh)) == 1


async def test_submitting_twice_asks_once(minh: Phone, hanh: Phone) -> None:
    await draft(minh)
    await minh.presses_action("draft-submit:1:1")
    await minh.presses_action("draft-submit:1:1")
    assert "chờ duyệt" in minh.toasts[-1]
    assert len(await notices_to(hanh)) == 1


async def test_an_edit_voids_the_approval_asked_for(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await edit_title(minh, "Tiêu đề đã sửa")
    await hanh.presses_action("approval-give:1:1")
    assert "bản nháp" in hanh.toasts[-1]
    await minh.presses("Gửi duyệt")
    await hanh.presses_action("approval-give:1:1")
    assert "Tiêu đề đã sửa" in "".join(m.text for m in hanh.messages.values())
    assert await state(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.presses("Duyệt")
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_an_edit_of_what_is_scheduled_needs_approval_again(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, when="19h30 mai")
    await hanh.presses_action("approval-give:1:1")
    await edit_title(minh, "Tiêu đề đã sửa")
    await tick(club, hours=48)
    assert await state(club, 1) is AnnouncementState.DRAFT
    assert await mailings(club) == []


async def test_an_approval_given_before_an_edit_does_not_count_after_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    binh = await club.officer("Bình")
    minh.club = hanh.club = binh.club = of_approvals(club, 2)
    await submit(minh)
    await hanh.presses_action("approval-give:1:1")
    assert "1/2" in hanh.last
    await hanh.presses_action("approval-give:1:1")
    assert "đã duyệt bản này rồi" in hanh.toasts[-1]
    await edit_title(minh, "Tiêu đề đã sửa")
    await minh.presses("Gửi duyệt")
    await binh.presses_action("approval-give:1:2")
    assert await state(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.presses_action("approval-give:1:2")
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_a_club_without_approvals_sends_after_the_preview(
    club: ClubInATest, minh: Phone
) -> None:
    minh.club = of_approvals(club, 0)
    await draft(minh)
    assert await mailings(club) == []
    await minh.presses("Gửi")
    await minh.presses_action("draft-submit:1:1")
    assert len(await mailings(club)) == 1


async def test_an_author_without_colleagues_is_told_that_nobody_can_approve(minh: Phone) -> None:
    await submit(minh)
    assert "chưa đủ cán bộ" in minh.last


async def test_a_no_needs_a_reason_which_the_author_reads(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await open_waiting(hanh)
    await hanh.presses("Không duyệt")
    await hanh.says("x" * 501)
    assert await state(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.says("Sai giờ <bỏ phiếu>")
    (notice,) = await notices_to(minh)
    assert "Sai giờ &lt;bỏ phiếu&gt;" in notice.text
    assert await state(club, 1) is AnnouncementState.DRAFT
    await minh.presses_action("approval-see:1")
    await minh.presses("Gửi duyệt")
    await hanh.presses_action("approval-give:1:2")
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_a_reason_that_comes_too_late_changes_nothing(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    binh = await club.officer("Bình")
    await submit(minh)
    await open_waiting(hanh)
    await hanh.presses("Không duyệt")
    await binh.presses_action("approval-give:1:1")
    await hanh.says("Sai giờ")
    assert "đang gửi" in hanh.last
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_a_reason_for_an_old_version_does_not_give_back_the_new_one(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await open_waiting(hanh)
    await hanh.presses("Không duyệt")
    await edit_title(minh, "Tiêu đề đã sửa")
    await minh.presses("Gửi duyệt")
    await hanh.says("Sai giờ")
    assert "Tiêu đề đã sửa" in "".join(m.text for m in hanh.messages.values())
    assert await state(club, 1) is AnnouncementState.AWAITING_APPROVAL


async def test_a_time_of_sending_that_is_over_has_to_be_chosen_again(
    club: ClubInATest, minh: Phone
) -> None:
    await draft(minh, when="19h30")
    club.clock.advance(hours=11)
    await minh.presses("Gửi duyệt")
    assert "Giờ gửi đã qua" in minh.toasts[-1]
    assert await state(club, 1) is AnnouncementState.DRAFT


async def test_the_author_can_take_it_back_while_it_waits(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await hanh.presses_action("approval-reopen:1:1")
    assert "Chỉ người soạn" in hanh.toasts[-1]
    await minh.presses("Xem")
    await minh.presses("Rút lại")
    await hanh.presses_action("approval-give:1:1")
    assert await state(club, 1) is AnnouncementState.DRAFT


async def test_a_scheduled_one_begins_at_its_minute_and_not_before(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, when="19h30")
    await hanh.presses_action("approval-give:1:1")
    assert await state(club, 1) is AnnouncementState.SCHEDULED
    assert "19:30, Thứ Ba 10/3/2026" in (await notices_to(minh))[-1].text
    assert await tick(club, hours=10, minutes=29, seconds=59) == 0
    assert await tick(club, seconds=1) == 1
    assert await tick(club, seconds=1) == 0
    assert len(await mailings(club)) == 1


async def test_approved_after_its_hour_it_goes_at_once(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, when="19h30")
    await tick(club, hours=11)
    await hanh.presses_action("approval-give:1:1")
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_any_officer_can_cancel_what_is_scheduled_and_the_author_hears_of_it(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, when="19h30")
    await hanh.presses_action("approval-give:1:1")
    await open_waiting(hanh)
    await hanh.presses("Huỷ lịch")
    await tick(club, hours=24)
    assert await mailings(club) == []
    assert "huỷ lịch" in (await notices_to(minh))[-1].text


async def test_nothing_goes_out_after_valid_until(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, until="20h", when="19h30")
    await hanh.presses_action("approval-give:1:1")
    assert await tick(club, hours=11) == 0
    assert await state(club, 1) is AnnouncementState.EXPIRED
    assert await mailings(club) == []
    assert "hết giá trị" in (await notices_to(minh))[-1].text


async def test_what_nobody_approved_in_time_is_given_up(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh, until="20h")
    club.clock.advance(hours=11)
    await hanh.presses_action("approval-give:1:1")
    assert "hết giá trị" in hanh.toasts[-1]
    await tick(club)
    assert await state(club, 1) is AnnouncementState.EXPIRED


async def test_what_is_over_is_not_even_submitted(club: ClubInATest, minh: Phone) -> None:
    await draft(minh, until="20h")
    club.clock.advance(hours=11)
    await minh.presses("Gửi duyệt")
    assert "hết giá trị" in minh.toasts[-1]
    assert await state(club, 1) is AnnouncementState.DRAFT


async def test_an_edit_begun_before_it_was_sent_is_too_late_afterwards(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit(minh)
    await minh.presses_action("compose-edit:1:title")
    await hanh.presses_action("approval-give:1:1")
    await minh.says("Tiêu đề đã sửa")
    assert "đang gửi" in minh.last
    assert (await content(club, 1)).title != "Tiêu đề đã sửa"
    await minh.says("/trogiup")
    assert await state(club, 1) is AnnouncementState.SENDING


async def test_what_waits_is_listed_five_at_a_time_with_a_way_to_the_rest(
    minh: Phone, hanh: Phone
) -> None:
    await hanh.says("/approvals")
    assert "Không có" in hanh.last
    for number in range(1, 7):
        await submit(minh, title=f"Tin {number}")
    await hanh.says("/choduyet")
    assert sum(" · " in button.label for button in hanh.buttons) == 5
    await hanh.presses_action(hanh.buttons[-1].action, next(reversed(hanh.messages)))
    assert "6 · Tin 6" in hanh.labels


def of_approvals(club: ClubInATest, approvals: int) -> ClubInATest:
    """The same club with another rule."""
    return ClubInATest(club.store, club.clock, replace(club.settings, approvals=approvals))


async def edit_title(author: Phone, title: str) -> None:
    await author.presses_action("compose-edit:1:title")
    await author.says(title)
    await author.presses("Không")


async def tick(club: ClubInATest, **span: float) -> int:
    """The clock moves on and the timetable looks."""
    club.clock.advance(**span)
    async with club.store.write() as tx:
        return await sending.send_due(tx, club.settings)
