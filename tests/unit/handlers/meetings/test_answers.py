"""Answers of members: seats, the waiting list, the deadline, reminders."""

import pytest
from sqlmodel import select

from storage.models import Rsvp, RsvpPlace
from tests.support.club import ClubInATest, Phone
from tests.support.meeting_actions import INVITATION, delivers, invites, time_passes

TWO_SEATS = f"{INVITATION}\nSố chỗ: 2"


@pytest.fixture
async def nam(club: ClubInATest) -> Phone:
    return await club.member("Nam")


def texts(phone: Phone) -> str:
    """Everything on this phone."""
    return "\n\n".join(message.text for message in phone.messages.values())


async def test_whoever_comes_gets_a_ticket_and_a_file_for_the_calendar(
    minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    assert "hẹn gặp bạn ở “Họp giao ban tháng 3”" in texts(lan)
    assert len(lan.drawings) == 2


async def test_the_invitation_stays_when_it_is_answered(
    minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến", "Chưa chắc")
    assert "Hội trường UBND" in texts(lan)


async def test_no_reason_is_asked_of_whoever_cannot_come(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Không đến được")
    assert "Cảm ơn bạn đã báo" in lan.last
    await lan.says("xin chào")
    assert "lý do" not in lan.last


async def test_a_freed_seat_is_offered_to_the_next(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone, nam: Phone
) -> None:
    await invites(minh, thu, TWO_SEATS)
    for member in (lan, hoa, mai, nam):
        await member.presses("Tôi sẽ đến")
    assert "thứ 1 trong danh sách chờ" in mai.last
    assert "thứ 2 trong danh sách chờ" in nam.last
    await lan.presses("Không đến được")
    await delivers(club)
    assert "Có một chỗ trống cho bạn" in mai.last
    assert "Có một chỗ trống" not in texts(nam)
    await mai.presses("Nhận chỗ")
    assert "hẹn gặp bạn" in texts(mai)


async def test_an_offer_that_nobody_takes_goes_to_the_next_but_not_at_night(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone, nam: Phone
) -> None:
    await invites(minh, thu, TWO_SEATS)
    for member in (lan, hoa, mai, nam):
        await member.presses("Tôi sẽ đến")
    await lan.presses("Không đến được")
    await delivers(club)
    await time_passes(club, hours=11)  # 20:00
    assert "Có một chỗ trống" not in texts(nam)
    await time_passes(club, hours=3)  # 23:00
    assert "Có một chỗ trống" not in texts(nam)
    await time_passes(club, hours=11)  # 10:00
    assert "Có một chỗ trống" in texts(nam)
    await mai.presses("Nhận chỗ")
    assert "không còn giữ cho bạn" in mai.last


async def test_a_seat_freed_at_night_is_offered_in_the_morning(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    await invites(minh, thu, TWO_SEATS)
    for member in (lan, hoa, mai):
        await member.presses("Tôi sẽ đến")
    club.clock.advance(hours=14)  # 23:00
    await lan.presses("Không đến được")
    await delivers(club)
    assert "Có một chỗ trống" not in texts(mai)
    await time_passes(club, hours=9)
    assert "Có một chỗ trống" in texts(mai)


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, True)])
async def test_answers_are_taken_until_the_deadline(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, minutes: int, is_late: bool
) -> None:
    await invites(minh, thu)
    club.clock.advance(days=2, hours=8, minutes=minutes)  # 17:00 on 12 March is the deadline
    await lan.presses("Tôi sẽ đến")
    assert ("Đã hết hạn trả lời" in "".join(lan.toasts)) is is_late


async def test_a_seat_can_be_given_back_after_the_deadline(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    club.clock.advance(days=3)
    await lan.presses("Không đến được")
    assert "bạn không đến được" in texts(lan)
    assert [rsvp.place for rsvp in await club.rows(select(Rsvp))] == [RsvpPlace.NONE]


async def test_reminders_come_the_day_before_and_two_hours_before(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await hoa.presses("Chưa chắc")
    await time_passes(club, days=2, hours=23)
    assert "ngày mai có cuộc họp" in lan.last
    await time_passes(club, hours=22)
    assert "sắp bắt đầu" in lan.last
    assert "Nhắc bạn" not in texts(hoa)


async def test_whoever_wants_no_reminder_gets_none(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await lan.opens("/lichhop", "Họp giao ban", "Đừng nhắc tôi")
    await time_passes(club, days=3, hours=22)
    assert "Nhắc bạn:" not in texts(lan)


async def test_a_meeting_is_over_at_its_end(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Tôi sẽ đến")
    await time_passes(club, days=4, hours=1)
    await lan.presses("Chưa chắc")
    assert "đã kết thúc" in lan.toasts[-1]


async def test_what_is_coming_shows_the_own_answer(
    club: ClubInATest, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await invites(minh, thu)
    await lan.presses("Chưa chắc")
    await lan.says("/lichhop")
    assert "(chưa chắc)" in lan.labels[0]
    await lan.presses("Họp giao ban")
    assert "Bạn chưa chắc." in lan.last


async def test_a_meeting_elsewhere_is_not_answered(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    nga = await club.member("Nga", area="song-ngoc")
    await minh.says("/hop", INVITATION)
    await minh.presses("Mời ai", "Thị xã Hòa An", "Xong", "Gửi duyệt")
    await delivers(club)
    await thu.presses("Xem và duyệt", "Duyệt")
    await delivers(club)
    assert not nga.messages
    await nga.presses_action("meeting-yes:1")
    assert "Không tìm thấy cuộc họp" in nga.toasts[-1]
    assert await club.rows(select(Rsvp)) == []
