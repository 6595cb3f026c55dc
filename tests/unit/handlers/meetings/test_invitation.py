"""An invitation: written as one text, approved by another officer, answered by members."""

import re

from storage.models import MeetingState, Purpose
from tests.support.club import ClubInATest, Phone
from tests.support.meeting_actions import INVITATION, delivers, invites, newest_meeting


async def test_one_text_and_two_taps_invite_everybody(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    meeting = await invites(minh, thu)
    assert meeting.state is MeetingState.OPEN
    invitation = next(m for m in lan.messages.values() if "Họp giao ban tháng 3" in m.text)
    for words in ("8:00–10:00, Thứ Bảy 14/3/2026", "Hội trường UBND, 12 Lê Lợi", "chị Thu"):
        assert words in invitation.text
    assert "cán bộ tổ chức sẽ thấy tên bạn" in invitation.text
    assert [b.label for row in invitation.rows for b in row] == [
        "✅ Tôi sẽ đến",
        "Chưa chắc",
        "Không đến được",
    ]


async def test_only_who_wants_invitations_gets_one(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    others = tuple(purpose for purpose in Purpose if purpose is not Purpose.MEETINGS)
    nam = await club.member("Nam", purposes=others)
    await invites(minh, thu)
    assert not nam.messages


async def test_its_author_cannot_approve_it(club: ClubInATest, minh: Phone, thu: Phone) -> None:
    await minh.says("/hop", INVITATION)
    await minh.presses("Gửi duyệt")
    meeting = await newest_meeting(club)
    await minh.presses_action(f"meeting-approve:{meeting.id}:{meeting.version}")
    assert (await newest_meeting(club)).state is MeetingState.DRAFT
    assert await delivers(club) == 1


async def test_an_older_version_is_not_approved(club: ClubInATest, minh: Phone, thu: Phone) -> None:
    await minh.says("/hop", INVITATION)
    await minh.presses("Gửi duyệt")
    meeting = await newest_meeting(club)
    await thu.presses_action(f"meeting-approve:{meeting.id}:{meeting.version - 1}")
    assert "vừa được sửa" in "".join(m.text for m in thu.messages.values())
    assert (await newest_meeting(club)).state is MeetingState.DRAFT


async def test_what_changed_since_it_was_submitted_waits_no_more(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    await minh.says("/hop", INVITATION)
    await minh.presses("Gửi duyệt", "Xem cuộc họp", "Lấy về sửa", "Địa điểm", "Quay lại")
    assert not (await newest_meeting(club)).is_pending


async def test_a_refusal_comes_back_with_its_reason(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    await minh.says("/hop", INVITATION)
    await minh.presses("Gửi duyệt")
    await delivers(club)
    await thu.presses("Xem và duyệt", "Không duyệt")
    await thu.says("Sai ngày")
    await delivers(club)
    assert "Lý do: Sai ngày" in minh.last
    assert not (await newest_meeting(club)).is_pending


async def test_what_is_missing_is_asked_for(club: ClubInATest, minh: Phone, thu: Phone) -> None:
    await minh.says("/hop", "Họp báo ngày bầu cử")
    assert "Họp lúc nào?" in minh.last
    await minh.says("30/2")
    assert "Không có ngày giờ này" in minh.last
    await minh.says("14h 12/3")
    assert "Họp ở đâu?" in minh.last
    await minh.says("Nhà văn hóa")
    assert "Gửi duyệt" in minh.labels
    shown = "\n".join(message.text for message in minh.messages.values())
    assert re.search(r"14:00–16:00, Thứ Năm 12/3/2026", shown)
    assert "Họp báo" in shown
