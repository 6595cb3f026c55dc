"""At the door: digits and QR codes, names that appear only then, and guests without a ticket."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from ics import Calendar
from PIL import Image
from sqlmodel import select

from handlers.meetings.check_in import CLOSES_AFTER, OPENS_BEFORE
from handlers.messages import Reply
from handlers.recognition.pictures.code_reader import codes_in
from storage.meetings.tickets import WRONG_TICKETS
from storage.models import AuditAction, Invite, Meeting, Role
from tests.support import ClubInATest, Phone, audit_actions
from tests.support.meeting_actions import invites
from tests.support.meeting_rows import ticket_of


@pytest.fixture
async def meeting(minh: Phone, thu: Phone, lan: Phone, hoa: Phone) -> Meeting:
    """A meeting to which everybody is invited; Lan and Hoa said that they come."""
    found = await invites(minh, thu)
    for who in (lan, hoa):
        await who.presses("Tôi sẽ đến")
    return found


async def open_door(officer: Phone, meeting: Meeting) -> None:
    """The door opens, and an officer opens check-in."""
    officer.club.clock.advance(days=3, hours=12)
    await officer.presses_action(f"checkin:{meeting.id}")


def digits_of(phone: Phone) -> str:
    """The digits in the caption of the newest ticket on a phone."""
    texts = (message.text for message in reversed(phone.messages.values()))
    match = next(found for text in texts if (found := re.search(r"(\d{3}) (\d{3})</code>", text)))
    return match[1] + match[2]


async def test_a_name_appears_only_once_its_ticket_is_typed(
    meeting: Meeting, minh: Phone, lan: Phone, hoa: Phone
) -> None:
    await open_door(minh, meeting)
    assert "Lan" not in minh.last
    assert "Đã vào: <b>0</b>" in minh.last
    digits = digits_of(lan)
    await minh.says(f"{digits[:3]} {digits[3:]}")
    assert "<b>Lan</b>" in minh.last
    assert "Đã vào: <b>1</b>" in minh.last
    assert "Hoa" not in "".join(message.text for message in minh.messages.values())


async def test_the_same_ticket_twice_says_so_at_every_door(
    meeting: Meeting, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await open_door(minh, meeting)
    await thu.presses_action(f"checkin:{meeting.id}")
    await minh.says(digits_of(lan))
    await thu.says(digits_of(lan))
    assert "đã qua cửa rồi" in thu.last
    assert "Đã vào: <b>1</b>" in thu.last


async def test_an_officers_camera_opens_the_door_and_nobody_elses(
    club: ClubInATest, meeting: Meeting, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    picture = Image.open(BytesIO(lan.drawings[0]()))
    (link,) = codes_in(picture)
    payload = link.partition("?start=")[2]
    club.clock.advance(days=3, hours=12)
    stranger = club.stranger("Tư")
    for who in (hoa, lan, stranger):
        await who.says(f"/start {payload}")
        assert "cán bộ" in who.last
        assert not re.search(r"Lan|\d{3} ?\d{3}|Họp giao ban", who.last)
    await thu.says(f"/start {payload}")
    assert "<b>Lan</b>" in thu.last
    # Check-in is open now, so digits can be typed as well.
    await thu.says(digits_of(hoa))
    assert "Đã vào: <b>2</b>" in thu.last


async def test_a_damaged_link_says_what_to_do(meeting: Meeting, minh: Phone, lan: Phone) -> None:
    await minh.says(f"/start ve{meeting.id}-12345")
    assert "gõ sáu chữ số" in minh.last
    await lan.says(f"/start ve{meeting.id}-12345")
    assert "dành cho cán bộ" in lan.last


@pytest.mark.parametrize("typed", ["chào chị", "12345", "0912 345 678"])
async def test_what_is_no_ticket_is_answered_and_check_in_goes_on(
    meeting: Meeting, minh: Phone, lan: Phone, typed: str
) -> None:
    await open_door(minh, meeting)
    await minh.says(typed)
    assert "sáu chữ số trên vé" in minh.last
    await minh.says(digits_of(lan))
    assert "<b>Lan</b>" in minh.last


async def test_wrong_digits_make_an_officer_wait_at_the_fifth(
    club: ClubInATest, meeting: Meeting, minh: Phone, lan: Phone
) -> None:
    await open_door(minh, meeting)
    right = digits_of(lan)
    wrong = f"{(int(right) + 7) % 10**6:06}"
    for _ in range(WRONG_TICKETS - 1):
        await minh.says(wrong)
        assert "không có vé số" in minh.last
    await minh.says(wrong)
    assert "gõ sai nhiều lần" in minh.last
    await minh.says(right)
    assert "gõ sai nhiều lần" in minh.last
    club.clock.advance(minutes=1)
    await minh.says(right)
    assert "<b>Lan</b>" in minh.last


async def test_tickets_open_the_door_from_twelve_hours_before_to_twelve_after(
    club: ClubInATest, meeting: Meeting, minh: Phone, lan: Phone
) -> None:
    begins, ends = meeting.span
    opens, closes = begins - OPENS_BEFORE, ends + CLOSES_AFTER
    for moment, words in (
        (opens - timedelta(seconds=1), "Check-in mở trước"),
        (opens, "<b>Check-in"),
        (closes - timedelta(seconds=1), "<b>Check-in"),
        (closes, "kết thúc hoặc đã huỷ"),
    ):
        club.clock.advance(seconds=(moment - club.clock.now()).total_seconds())
        await minh.presses_action(f"checkin:{meeting.id}")
        assert words in f"{minh.last}{minh.toasts[-1:]}"


async def test_members_cannot_open_check_in(meeting: Meeting, lan: Phone) -> None:
    await lan.presses_action(f"checkin:{meeting.id}")
    assert "<b>Check-in" not in lan.last


async def test_a_guest_without_a_ticket_is_invited_and_counted_without_a_name(
    club: ClubInATest, meeting: Meeting, minh: Phone
) -> None:
    await open_door(minh, meeting)
    await minh.presses("Khách chưa có vé")
    (invite,) = await club.rows(select(Invite))
    assert (invite.uses_left, invite.expires_at) == (1, club.clock.now() + timedelta(hours=24))
    guest = club.stranger("Tư")
    code = re.search(r"start=(\w+)", minh.last)
    assert code
    await guest.says(f"/start {code[1]}")
    await guest.presses("Tôi đồng ý")
    await minh.presses("đếm thêm một")
    assert "Đã vào: <b>1</b>" in minh.last


async def test_closing_ends_the_step(meeting: Meeting, minh: Phone, lan: Phone) -> None:
    await open_door(minh, meeting)
    await minh.presses("Kết thúc check-in")
    assert "0 người đã vào" in minh.last
    await minh.says(digits_of(lan))
    assert "<b>Lan</b>" not in minh.last


async def test_the_log_names_the_meeting_and_nobody_who_came(
    club: ClubInATest, meeting: Meeting, minh: Phone, lan: Phone
) -> None:
    await open_door(minh, meeting)
    await minh.presses("Xem số người")
    await minh.says(digits_of(lan))
    actions = await audit_actions(club)
    assert actions.count(AuditAction.CHECK_IN_OPENED) == 1
    assert actions[-1] == AuditAction.CHECK_IN_OPENED


async def test_the_list_for_the_door_is_for_the_organisers_and_says_not_who_came(
    meeting: Meeting, minh: Phone, thu: Phone, hanh: Phone, lan: Phone, hoa: Phone
) -> None:
    await open_door(minh, meeting)
    await minh.says(digits_of(lan))
    await hanh.presses_action(f"door-list:{meeting.id}")
    assert hanh.drawings == []
    sheets = []
    for officer in (minh, thu):
        await officer.presses_action(f"door-list:{meeting.id}")
        sheet = openpyxl.load_workbook(BytesIO(officer.drawings[-1]())).active
        assert sheet is not None
        sheets.append([[cell.value for cell in row] for row in sheet.rows])
    assert sheets[0] == sheets[1]
    head, *rows = sheets[0]
    assert head == ["STT", "Họ tên", "Địa bàn"]
    assert [row[1] for row in rows] == ["Hoa", "Lan"]


async def test_a_ticket_is_shown_again_and_is_the_same(
    club: ClubInATest, meeting: Meeting, lan: Phone
) -> None:
    first = digits_of(lan)
    await lan.presses_action(f"ticket:{meeting.id}")
    assert digits_of(lan) == first == await ticket_of(club, meeting, lan)
    (one, entry, again, _) = lan.drawings
    assert one() == again()
    (event,) = Calendar(entry().decode()).events
    assert event.name == "Họp giao ban tháng 3"


async def test_who_has_no_seat_is_told_so_when_they_ask_for_a_ticket(
    meeting: Meeting, mai: Phone, lan: Phone
) -> None:
    await mai.presses_action(f"ticket:{meeting.id}")
    assert "chưa có vé" in mai.toasts[-1]
    await lan.presses_action(f"meeting-no:{meeting.id}")
    await lan.presses_action(f"ticket:{meeting.id}")
    assert "chưa có vé" in lan.toasts[-1]


async def test_the_picture_and_the_file_need_no_network_once_they_arrived(
    meeting: Meeting, lan: Phone
) -> None:
    """The ticket is a picture with everything on it, and its caption has the digits as text."""
    pictures = [m for m in lan.messages.values() if m.media and m.media.name == "ve.png"]
    assert len(pictures) == 1
    assert digits_of(lan)[:3] in pictures[0].text


async def test_the_reply_of_a_ticket_is_drawn_in_a_worker(meeting: Meeting, lan: Phone) -> None:
    answer = await lan.presses_action(f"ticket:{meeting.id}")
    drawn = [piece for piece in answer if isinstance(piece, Reply) and piece.draw]
    assert len(drawn) == 2


@pytest.mark.parametrize("messenger", ["zalo", "zalo_oa"])
async def test_where_choices_are_typed_digits_of_tickets_are_not_taken_for_choices(
    club: ClubInATest, meeting: Meeting, lan: Phone, messenger: str
) -> None:
    tam = await club.member("Tâm", role=Role.OFFICER, messenger=messenger)
    guest = await club.member("Vy", messenger=messenger)
    await guest.presses_action(f"meeting-yes:{meeting.id}")
    await open_door(tam, meeting)
    for who in (lan, guest):
        await tam.says(digits_of(who))
        assert f"<b>{who.name}</b>" in tam.last
    await tam.presses("Kết thúc check-in")
    assert "2 người đã vào" in tam.last


async def test_without_telegram_the_qr_code_has_the_digits(club: ClubInATest) -> None:
    alone = ClubInATest(club.store, club.clock, replace(club.settings, bot_link=""))
    lan = await alone.member("Lan", messenger="zalo")
    await invites(await alone.officer("Minh"), await alone.officer("Thu"))
    await lan.presses("Tôi sẽ đến")
    picture = Image.open(BytesIO(lan.drawings[0]()))
    assert codes_in(picture) == (digits_of(lan),)
