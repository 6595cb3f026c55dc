"""Another time or place, and calling a meeting off."""

from storage.models import MeetingState, Purpose
from tests.support.club import ClubInATest, Phone
from tests.support.meeting_actions import INVITATION, delivers, invites, newest_meeting


async def changes_the_place(author: Phone, approver: Phone) -> None:
    await author.says("/hop")
    await author.presses("Các cuộc họp", "Họp giao ban", "Đổi giờ", "Địa điểm")
    await author.says("Nhà văn hóa, 3 Hùng Vương")
    await author.presses("Gửi duyệt")
    await delivers(author.club)
    await approver.presses("Xem và duyệt", "Duyệt")
    await delivers(author.club)


async def test_whoever_comes_or_may_come_is_told_and_asked_again(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await hoa.presses("Chưa chắc")
    await mai.presses("Không đến được")
    await changes_the_place(minh, thu)
    for member in (lan, hoa):
        assert (
            "Địa điểm: Hội trường UBND, 12 Lê Lợi → <b>Nhà văn hóa, 3 Hùng Vương</b>" in member.last
        )
        assert "Bạn vẫn đến được chứ?" in member.last
    assert "thay đổi" not in mai.last


async def test_members_know_nothing_of_a_change_before_it_is_approved(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await minh.says("/hop")
    await minh.presses("Các cuộc họp", "Họp giao ban", "Đổi giờ", "Địa điểm")
    await minh.says("Nhà văn hóa, 3 Hùng Vương")
    await minh.presses("Gửi duyệt")
    await lan.opens("/lichhop", "Họp giao ban")
    assert "Hội trường UBND" in lan.last


async def test_the_calendar_entry_is_replaced(club: ClubInATest, minh: Phone, thu: Phone) -> None:
    before = await invites(minh, thu)
    await changes_the_place(minh, thu)
    after = await newest_meeting(club)
    assert after.calendar_uid == before.calendar_uid
    assert after.calendar_sequence > before.calendar_sequence


async def test_a_change_by_one_officer_waits_for_no_other_change(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    await invites(minh, thu)
    await minh.says("/hop")
    await minh.presses("Các cuộc họp", "Họp giao ban", "Đổi giờ")
    await thu.says("/hop")
    await thu.presses("Các cuộc họp", "Họp giao ban", "Đổi giờ")
    assert "Một cán bộ khác đang sửa" in thu.toasts[-1]


async def test_everybody_who_was_invited_is_told_that_it_is_off(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await minh.says("/hop")
    await minh.presses("Các cuộc họp", "Họp giao ban", "Hủy cuộc họp")
    await minh.says("Mưa bão")
    await minh.presses("Hủy và báo mọi người")
    await delivers(club)
    for member in (lan, hoa):
        assert "đã hủy" in member.last
        assert "Lý do: Mưa bão" in member.last
    entry = next(reversed(lan.messages.values())).media
    assert entry is not None
    assert b"METHOD:CANCEL" in entry.content
    assert next(reversed(hoa.messages.values())).media is None
    await hoa.presses("Tôi sẽ đến")
    assert "đã hủy" in hoa.toasts[-1]
    assert (await newest_meeting(club)).state is MeetingState.CANCELLED


async def test_who_may_come_and_had_no_invitation_is_told_that_it_is_off(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    others = tuple(purpose for purpose in Purpose if purpose is not Purpose.MEETINGS)
    nam = await club.member("Nam", purposes=others)
    await invites(minh, thu)
    await nam.opens("/lichhop", "Gửi tôi lời mời họp")
    await nam.opens("/lichhop", "Họp giao ban", "Chưa chắc")
    await minh.says("/hop")
    await minh.presses("Các cuộc họp", "Họp giao ban", "Hủy cuộc họp")
    await minh.says("Mưa bão")
    await minh.presses("Hủy và báo mọi người")
    await delivers(club)
    assert "đã hủy" in nam.last


async def test_more_seats_are_offered_to_those_who_wait(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    await invites(minh, thu, f"{INVITATION}\nSố chỗ: 1")
    await lan.presses("Tôi sẽ đến")
    await hoa.presses("Tôi sẽ đến")
    await minh.says("/hop")
    await minh.presses("Các cuộc họp", "Họp giao ban", "Đổi giờ", "Số chỗ")
    await minh.says("2")
    await minh.presses("Gửi duyệt")
    await delivers(club)
    await thu.presses("Xem và duyệt", "Duyệt")
    await delivers(club)
    assert any("Có một chỗ trống" in message.text for message in hoa.messages.values())


async def test_it_is_not_called_off_without_a_reason(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    meeting = await invites(minh, thu)
    await minh.presses_action(f"meeting-off-sure:{meeting.id}")
    assert (await newest_meeting(club)).state is MeetingState.OPEN
