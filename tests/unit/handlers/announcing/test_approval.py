"""Approving and sending: another officer's yes to one exact version, and nothing without it."""

import asyncio
from dataclasses import replace

from storage.models import AnnouncementState, Role
from tests.support import (
    ClubInATest,
    Phone,
    compose_draft,
    content_of,
    edit_title,
    mailings_of,
    open_first_waiting,
    state_of,
    submit_card,
    submit_draft,
    waiting_for,
)


async def test_the_other_officers_are_told_and_the_author_is_not(minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    (notice,) = await waiting_for(hanh)
    assert notice.rows[0][0].label == "Xem và duyệt"
    assert await waiting_for(minh) == []


async def test_what_waits_is_found_without_having_agreed_to_be_told(
    club: ClubInATest, minh: Phone
) -> None:
    quiet = await club.member("Bình", role=Role.OFFICER, purposes=())
    await submit_draft(minh)
    await open_first_waiting(quiet)
    assert "Duyệt" in quiet.labels


async def test_the_author_cannot_approve(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    await minh.presses_action("approval-give:1:1")
    assert "không tự duyệt được" in minh.toasts[-1]
    await minh.presses_action("approval-refuse:1:1")
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    assert await mailings_of(club) == []


async def test_approving_twice_sends_once(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    await hanh.presses_action("approval-give:1:1")
    await hanh.presses_action("approval-give:1:1")
    assert "đang gửi" in hanh.toasts[-1]
    assert len(await mailings_of(club)) == 1


async def test_two_officers_at_the_same_moment_send_once(
    club: ClubInATest, minh: Phone, hanh: Phone, binh: Phone
) -> None:
    await submit_draft(minh)
    await asyncio.gather(*(p.presses_action("approval-give:1:1") for p in (hanh, binh)))
    assert len(await mailings_of(club)) == 1
    assert len(await waiting_for(minh)) == 1


async def test_submitting_twice_asks_once(minh: Phone, hanh: Phone) -> None:
    await submit_draft(minh)
    await minh.presses_action("draft-submit:1:1")
    assert "chờ duyệt" in minh.toasts[-1]
    await minh.presses_action("campaign-no:1:1")
    assert "Câu hỏi này đã qua" in minh.toasts.pop()
    assert "chờ duyệt" in minh.toasts[-1]
    assert len(await waiting_for(hanh)) == 1


async def test_an_edit_voids_the_approval_asked_for(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await edit_title(minh, "Tiêu đề đã sửa")
    await hanh.presses_action("approval-give:1:1")
    assert "bản nháp" in hanh.toasts[-1]
    await submit_card(minh)
    await hanh.presses_action("approval-give:1:1")
    assert "Tiêu đề đã sửa" in "".join(m.text for m in hanh.messages.values())
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.presses("Duyệt")
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_an_approval_given_before_an_edit_does_not_count_after_it(
    club: ClubInATest, minh: Phone, hanh: Phone, binh: Phone
) -> None:
    minh.club = hanh.club = binh.club = of_approvals(club, 2)
    await submit_draft(minh)
    await hanh.presses_action("approval-give:1:1")
    assert "1/2" in hanh.last
    await hanh.presses_action("approval-give:1:1")
    assert "đã duyệt bản này rồi" in hanh.toasts[-1]
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await binh.presses_action("approval-give:1:2")
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.presses_action("approval-give:1:2")
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_a_club_without_approvals_sends_after_the_preview(
    club: ClubInATest, minh: Phone
) -> None:
    minh.club = of_approvals(club, 0)
    await compose_draft(minh)
    assert await mailings_of(club) == []
    await minh.presses("Gửi", "Không")
    await minh.presses_action("draft-submit:1:1")
    assert len(await mailings_of(club)) == 1


async def test_an_author_without_colleagues_is_told_that_nobody_can_approve(minh: Phone) -> None:
    await submit_draft(minh)
    assert "chưa đủ cán bộ" in minh.last
    assert minh.labels[:2] == ["Xem", "🏠 Trang chính"]


async def test_a_no_needs_a_reason_which_the_author_reads(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    assert hanh.labels[:3] == ["Duyệt", "Không duyệt", "🏠 Trang chính"]
    await hanh.presses("Không duyệt")
    await hanh.says("x" * 501)
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL
    await hanh.says("Sai giờ <bỏ phiếu>")
    (notice,) = await waiting_for(minh)
    assert "Sai giờ &lt;bỏ phiếu&gt;" in notice.text
    assert await state_of(club, 1) is AnnouncementState.DRAFT
    await minh.presses_action("approval-see:1")
    await minh.presses("Gửi duyệt")
    await hanh.presses_action("approval-give:1:2")
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_a_reason_that_comes_too_late_changes_nothing(
    club: ClubInATest, minh: Phone, hanh: Phone, binh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses("Không duyệt")
    await binh.presses_action("approval-give:1:1")
    await hanh.says("Sai giờ")
    assert "đang gửi" in hanh.last
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_a_reason_for_an_old_version_does_not_give_back_the_new_one(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await open_first_waiting(hanh)
    await hanh.presses("Không duyệt")
    await edit_title(minh, "Tiêu đề đã sửa")
    await submit_card(minh)
    await hanh.says("Sai giờ")
    assert "Tiêu đề đã sửa" in "".join(m.text for m in hanh.messages.values())
    assert await state_of(club, 1) is AnnouncementState.AWAITING_APPROVAL


async def test_the_author_can_take_it_back_while_it_waits(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await hanh.presses_action("approval-reopen:1:1")
    assert "Chỉ người soạn" in hanh.toasts[-1]
    await minh.presses("Xem", "Rút lại")
    await hanh.presses_action("approval-give:1:1")
    assert await state_of(club, 1) is AnnouncementState.DRAFT


async def test_an_edit_begun_before_it_was_sent_is_too_late_afterwards(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    await submit_draft(minh)
    await minh.presses_action("compose-edit:1:title")
    await hanh.presses_action("approval-give:1:1")
    await minh.says("Tiêu đề đã sửa")
    assert "đang gửi" in minh.last
    assert (await content_of(club, 1)).title != "Tiêu đề đã sửa"
    await minh.says("/trogiup")
    assert await state_of(club, 1) is AnnouncementState.SENDING


async def test_what_waits_is_listed_five_at_a_time_with_a_way_to_the_rest(
    minh: Phone, hanh: Phone
) -> None:
    await hanh.says("/approvals")
    assert "Không có" in hanh.last
    for number in range(1, 7):
        await submit_draft(minh, title=f"Tin {number}")
    await hanh.says("/choduyet")
    assert sum(" · " in button.label for button in hanh.buttons) == 5
    await hanh.presses("Trang sau")
    assert "N6 · Tin 6" in hanh.labels


def of_approvals(club: ClubInATest, approvals: int) -> ClubInATest:
    """The same club with another rule."""
    return ClubInATest(club.store, club.clock, replace(club.settings, approvals=approvals))
