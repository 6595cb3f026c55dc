"""Meetings as rows, for tests of what comes after their approval."""

from dataclasses import replace
from datetime import timedelta

from handlers.meetings.content import Content, pack
from storage.database import id_of
from storage.database.engine import Tx
from storage.meetings import rsvps, tickets
from storage.models import Meeting, MeetingState, Rsvp, RsvpAnswer
from tests.support.club import ClubInATest, Phone

CONTENT = Content(
    title="Họp báo ngày bầu cử",
    html="1. Danh sách cử tri",
    place="Nhà văn hóa, 12 Lê Lợi",
    latitude=10.2525,
    longitude=105.9722,
    title_en="Press conference",
)


async def add_meeting(
    club: ClubInATest,
    author: Phone | None = None,
    approver: Phone | None = None,
    *,
    content: Content = CONTENT,
    seats: int | None = None,
    begins_in: timedelta = timedelta(hours=2),
    state: MeetingState = MeetingState.OPEN,
) -> Meeting:
    """An approved meeting of two hours; it begins two hours from now."""
    begins = club.clock.now() + begins_in
    ends = begins + timedelta(hours=2)
    arranged = replace(content, begins_at=begins, ends_at=ends, seats=seats)

    async def add(tx: Tx) -> Meeting:
        meeting = Meeting(
            state=state,
            content=pack(arranged),
            begins_at=begins,
            ends_at=ends,
            seats=seats,
            author_id=author.member_id if author else None,
            approver_id=approver.member_id if approver else None,
            calendar_uid=f"{tx.ids.number()}@niemtin",
            opened_at=tx.clock.now(),
            changed_at=tx.clock.now(),
        )
        tx.session.add(meeting)
        await tx.session.flush()
        return meeting

    return await club.in_write(add)


async def answer(
    club: ClubInATest, meeting: Meeting, who: Phone, given: RsvpAnswer = RsvpAnswer.YES
) -> Rsvp:
    """The member's answer, as the button of the invitation records it."""
    return await club.in_write(rsvps.answer, meeting, who.member_id, given)


async def ticket_of(club: ClubInATest, meeting: Meeting, who: Phone) -> str:
    """The six digits of the ticket of a member who has a seat, made now if it was not before."""

    async def digits(tx: Tx) -> str:
        rsvp = await rsvps.find(tx, id_of(meeting), who.member_id)
        assert rsvp is not None
        return await tickets.of(tx, rsvp)

    return await club.in_write(digits)
