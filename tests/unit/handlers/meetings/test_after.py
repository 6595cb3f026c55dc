"""After a meeting: papers for whom they are, feedback without names, an announcement in one tap."""

import pytest
from sqlmodel import select

from handlers.messages import Media, MediaKind
from storage.meetings.feedback import SHOWN_FROM
from storage.models import (
    Delivery,
    Mailing,
    MailingKind,
    Meeting,
    MeetingFeedback,
    MeetingPapers,
    PapersState,
)
from storage.privacy import retention_purge
from tests.support import ClubInATest, Phone, content_of
from tests.support.meeting_actions import delivers, invites, time_passes
from tests.support.meeting_rows import ticket_of

MINUTES = "Đã thống nhất: phát tờ hướng dẫn ở 12 thôn."
DOCUMENT = Media(MediaKind.DOCUMENT, file="tai-lieu", name="bien-ban.pdf")


@pytest.fixture
async def meeting(minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone) -> Meeting:
    """A meeting that is over: Lan came, Hoa said yes and did not, Mai said nothing."""
    found = await invites(minh, thu)
    for who in (lan, hoa):
        await who.presses("Tôi sẽ đến")
    await time_passes(minh.club, days=3, hours=23)
    await minh.presses_action(f"checkin:{found.id}")
    await minh.says(await ticket_of(minh.club, found, lan))
    await minh.presses("Kết thúc check-in")
    await time_passes(minh.club, hours=4)
    return found


async def publish(author: Phone, approver: Phone, meeting: Meeting, whom: str) -> None:
    """One officer sends the minutes, another approves them, and members are told."""
    await author.presses_action(f"papers-write:{meeting.id}")
    await author.says(MINUTES)
    await author.presses(whom)
    await delivers(author.club)
    await approver.presses("Xem và duyệt", "Duyệt và gửi")
    await delivers(author.club)


def has_button(phone: Phone, label: str) -> bool:
    return any(label in one for one in phone.labels)


async def test_papers_for_those_who_came_open_for_them_alone_and_all_with_a_seat_are_told(
    meeting: Meeting, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    await publish(minh, thu, meeting, "Người đã dự")
    assert [has_button(who, "Mở tài liệu") for who in (lan, hoa, mai)] == [True, True, False]
    await lan.presses("Mở tài liệu")
    assert MINUTES in lan.last
    await hoa.presses("Mở tài liệu")
    assert "dành cho người đã dự" in hoa.toasts[-1]
    assert MINUTES not in hoa.last


async def test_nothing_that_is_stored_tells_who_came_from_who_did_not(
    club: ClubInATest, meeting: Meeting, minh: Phone, thu: Phone, lan: Phone, hoa: Phone
) -> None:
    await publish(minh, thu, meeting, "Người đã dự")
    await lan.presses("Mở tài liệu")
    await hoa.presses("Mở tài liệu")
    mailings = {
        one.id: one.subject
        for one in await club.rows(select(Mailing).where(Mailing.kind == MailingKind.MEETING))
    }
    of_papers = [
        (row.member_id, row.state, row.opened_on)
        for row in await club.rows(select(Delivery))
        if "papers" in mailings.get(row.mailing_id, "")
    ]
    lans, hoas = sorted(of_papers)
    assert lans[1:] == hoas[1:]


async def test_papers_for_everybody_open_for_everybody_who_was_invited(
    meeting: Meeting, minh: Phone, thu: Phone, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    await publish(minh, thu, meeting, "Mọi người được mời")
    for who in (lan, hoa, mai):
        await who.presses("Mở tài liệu")
        assert MINUTES in who.last


async def test_a_file_goes_with_its_words(
    meeting: Meeting, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await minh.presses_action(f"papers-write:{meeting.id}")
    await minh.sends(DOCUMENT, "Biên bản")
    await minh.presses("Mọi người")
    await delivers(minh.club)
    await thu.presses("Xem và duyệt", "Duyệt và gửi")
    await delivers(minh.club)
    await lan.presses("Mở tài liệu")
    (sent,) = [one.media for one in lan.messages.values() if one.media and one.media.file]
    assert sent.name == "bien-ban.pdf"


async def test_nobody_approves_their_own_papers_or_an_earlier_version(
    club: ClubInATest, meeting: Meeting, minh: Phone, thu: Phone
) -> None:
    await minh.presses_action(f"papers-write:{meeting.id}")
    await minh.says(MINUTES)
    await minh.presses("Người đã dự")
    await minh.presses_action("papers-approve:1")
    await minh.presses_action(f"papers-write:{meeting.id}")
    await minh.says("Bản sửa")
    await minh.presses("Người đã dự")
    await thu.presses_action("papers-approve:1")
    assert "bản mới hơn" in thu.toasts[-1]
    states = [one.state for one in await club.rows(select(MeetingPapers))]
    assert states == [PapersState.PENDING] * 2
    await thu.presses_action("papers-approve:2")
    await thu.presses_action("papers-approve:2")
    assert "được duyệt rồi" in thu.toasts[-1]


async def test_a_meeting_that_is_not_over_has_no_papers(minh: Phone, thu: Phone) -> None:
    found = await invites(minh, thu)
    await minh.presses_action(f"papers-write:{found.id}")
    assert "chưa kết thúc" in minh.toasts[-1]
    await minh.presses_action(f"meeting-decide:{found.id}")
    assert "chưa kết thúc" in minh.toasts[-1]


@pytest.mark.parametrize(("characters", "taken"), [(3000, True), (3001, False)])
async def test_minutes_are_as_long_as_a_message_has_room(
    meeting: Meeting, minh: Phone, characters: int, taken: bool
) -> None:
    await minh.presses_action(f"papers-write:{meeting.id}")
    await minh.says("x" * characters)
    assert has_button(minh, "Người đã dự") is taken


async def test_who_had_a_seat_is_asked_once_for_feedback(
    meeting: Meeting, lan: Phone, hoa: Phone, mai: Phone
) -> None:
    assert [has_button(who, "Góp ý") for who in (lan, hoa, mai)] == [True, True, False]
    await gives(lan, "Hay lắm")
    await lan.presses_action(f"feedback:{meeting.id}")
    assert "góp ý cho cuộc họp này rồi" in lan.toasts[-1]
    await mai.presses_action(f"feedback:{meeting.id}")
    assert "chưa mở hoặc đã đóng" in mai.toasts[-1]


async def gives(who: Phone, words: str = "") -> None:
    """Answers the three questions with 5, 4 and 3, and adds words or skips them."""
    await who.presses("Góp ý", "5", "4", "3")
    await (who.says(words) if words else who.presses("Bỏ qua"))


async def test_feedback_shows_from_five_on_shuffled_and_without_numbers_of_people(
    club: ClubInATest, minh: Phone, thu: Phone
) -> None:
    guests = [await club.member(f"Khách {number}") for number in range(SHOWN_FROM)]
    found = await invites(minh, thu)
    for who in guests:
        await who.presses("Tôi sẽ đến")
    await time_passes(club, days=4, hours=4)
    for who in guests[:-1]:
        await gives(who, f"Gọi 0912345678 nhé, {who.name}")
    await minh.presses_action(f"feedback-results:{found.id}:0")
    assert "Chưa đủ 5 góp ý" in minh.last
    assert "Gọi" not in minh.last
    await gives(guests[-1])
    await minh.presses_action(f"feedback-results:{found.id}:0")
    assert "5 góp ý" in minh.last
    assert "Nội dung: 5,0/5" in minh.last
    assert minh.last.count("Gọi") == SHOWN_FROM - 1
    assert "0912345678" not in minh.last


async def test_feedback_shows_with_its_batch_and_never_when_it_is_given(
    club_in_batches: ClubInATest,
) -> None:
    club = club_in_batches
    minh, thu = await club.officer("Minh"), await club.officer("Thu")
    guests = [await club.member(f"Khách {number}") for number in range(SHOWN_FROM)]
    found = await invites(minh, thu)
    for who in guests:
        await who.presses("Tôi sẽ đến")
    await time_passes(club, days=4, hours=4)
    for who in guests:
        await gives(who)
    await minh.presses_action(f"feedback-results:{found.id}:0")
    assert "Chưa đủ" in minh.last
    club.clock.advance(minutes=30)
    await minh.presses_action(f"feedback-results:{found.id}:0")
    assert "5 góp ý" in minh.last


async def test_a_row_of_feedback_says_of_nobody_that_they_wrote_it(
    club: ClubInATest, meeting: Meeting, lan: Phone
) -> None:
    await gives(lan, "Hay lắm")
    (row,) = await club.rows(select(MeetingFeedback))
    assert not {name for name in MeetingFeedback.model_fields if "member" in name or "rsvp" in name}
    assert (row.content_rating, row.organisation_rating, row.place_rating) == (5, 4, 3)


async def test_words_in_place_of_a_number_are_answered_and_nothing_is_lost(
    meeting: Meeting, lan: Phone
) -> None:
    await lan.presses("Góp ý", "5")
    await lan.says("rất tốt")
    assert "chọn một số" in lan.last
    await lan.presses("4", "3", "Bỏ qua")
    assert any("Cảm ơn" in message.text for message in lan.messages.values())


async def test_a_rating_outside_one_to_five_is_refused(meeting: Meeting, lan: Phone) -> None:
    await lan.presses("Góp ý")
    for rating in (0, 6):
        await lan.presses_action(f"feedback-rate:{meeting.id}:0:{rating}")
        assert len(lan.toasts) == rating // 6 + 1
    assert "1/3" in lan.last


async def test_the_minutes_become_a_draft_in_one_tap(
    meeting: Meeting, minh: Phone, thu: Phone
) -> None:
    await publish(minh, thu, meeting, "Người đã dự")
    await thu.presses_action(f"meeting-see:{meeting.id}")
    await thu.presses("Soạn thông báo từ biên bản")
    content = await content_of(thu.club, 1)
    assert content.title == "Kết quả cuộc họp: Họp giao ban tháng 3"
    assert content.html == MINUTES
    assert "Họp giao ban tháng 3" in content.source_ref


async def test_after_thirty_days_papers_for_those_who_came_open_for_nobody(
    meeting: Meeting, minh: Phone, thu: Phone, lan: Phone
) -> None:
    await publish(minh, thu, meeting, "Người đã dự")
    minh.club.clock.advance(days=31)
    await minh.club.in_write(retention_purge.forget_attendance, minh.club.clock.now())
    await lan.presses("Mở tài liệu")
    assert "dành cho người đã dự" in lan.toasts[-1]
