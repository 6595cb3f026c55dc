"""Answers of members to invitations: seats, the waiting list, and offers of freed seats.

Whoever changes seats holds the lock of the meeting's row, so that no seat is given twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, func, select, update

from storage.database import Tx, id_of
from storage.meetings import tickets
from storage.models import Meeting, MeetingState, Rsvp, RsvpAnswer, RsvpPlace

_TAKING = (RsvpPlace.SEATED, RsvpPlace.OFFERED)
"""Places that take a seat: an offered one is kept free for one member."""
COMING = (RsvpAnswer.YES, RsvpAnswer.MAYBE)


@dataclass(frozen=True)
class Totals:
    """How many members answered what, and how many of *yes* have a seat or wait for one."""

    yes: int
    seated: int
    waiting: int
    maybe: int
    no: int


async def find(tx: Tx, meeting_id: int, member_id: int) -> Rsvp | None:
    """The answer of one member to one invitation."""
    query = select(Rsvp).where(Rsvp.meeting_id == meeting_id, Rsvp.member_id == member_id)
    return await tx.first(query.execution_options(populate_existing=True))


def has_seat(rsvp: Rsvp) -> bool:
    """Whether the member said yes and has a seat."""
    return rsvp.answer is RsvpAnswer.YES and rsvp.place is RsvpPlace.SEATED


def is_current(meeting: Meeting, rsvp: Rsvp) -> bool:
    """Whether the member answered since time or place were changed last."""
    return rsvp.answer is not RsvpAnswer.NONE and rsvp.asked_version >= meeting.asked_version


async def answer(tx: Tx, meeting: Meeting, member_id: int, given: RsvpAnswer) -> Rsvp:
    """Records an answer: *yes* takes a free seat if nobody waits for one, else waits.

    Any other answer gives the seat back, and the ticket with it; nobody is asked why.
    """
    await _lock(tx, meeting)
    rsvp = await find(tx, id_of(meeting), member_id)
    if rsvp is None:
        rsvp = Rsvp(meeting_id=id_of(meeting), member_id=member_id, answer=given)
        tx.session.add(rsvp)
    rsvp.answer, rsvp.asked_version = given, meeting.asked_version
    if given is RsvpAnswer.YES:
        await _take_place(tx, meeting, rsvp)
    else:
        await _give_back(tx, rsvp)
    await tx.session.flush()
    return rsvp


async def free(tx: Tx, meeting: Meeting) -> int | None:
    """How many seats nobody has and nobody is offered; None where seats are not limited."""
    if meeting.seats is None:
        return None
    taking = _of(meeting, col(Rsvp.place).in_(_TAKING))
    taken = await tx.one(select(func.count()).select_from(Rsvp).where(*taking))
    return max(0, meeting.seats - taken)


async def waiting_position(tx: Tx, rsvp: Rsvp) -> int:
    """The place of a waiting member in the list, from 1; 0 for whoever does not wait."""
    if rsvp.place is not RsvpPlace.WAITING or rsvp.waiting_order is None:
        return 0
    before = (
        col(Rsvp.meeting_id) == rsvp.meeting_id,
        col(Rsvp.place) == RsvpPlace.WAITING,
        col(Rsvp.waiting_order) <= rsvp.waiting_order,
    )
    return await tx.one(select(func.count()).select_from(Rsvp).where(*before))


async def offer_next(tx: Tx, meeting: Meeting, until: datetime) -> Rsvp | None:
    """Keeps a free seat for the member who waits longest; None without a seat or without them."""
    await _lock(tx, meeting)
    if await free(tx, meeting) == 0:
        return None
    query = select(Rsvp).where(*_of(meeting, col(Rsvp.place) == RsvpPlace.WAITING))
    query = query.order_by(col(Rsvp.waiting_order), col(Rsvp.id)).limit(1)
    rsvp = await tx.first(query.execution_options(populate_existing=True))
    if rsvp is not None:
        rsvp.place, rsvp.waiting_order, rsvp.offered_until = RsvpPlace.OFFERED, None, until
        await tx.session.flush()
    return rsvp


async def accept_offer(tx: Tx, meeting: Meeting, rsvp: Rsvp) -> bool:
    """Turns the offered seat into the member's own; False once the offer has ended."""
    await _lock(tx, meeting)
    current = await find(tx, rsvp.meeting_id, rsvp.member_id)
    if current is None or not _is_offered(tx, current):
        return False
    _seat(current)
    current.asked_version = meeting.asked_version
    await tx.session.flush()
    return True


async def end_offers(tx: Tx, meeting: Meeting) -> Sequence[Rsvp]:
    """Ends the offers whose time is over; returns whom they were made to.

    They said yes and have no place any more: saying yes again puts them at the end of the list.
    """
    await _lock(tx, meeting)
    over = _of(
        meeting,
        col(Rsvp.place) == RsvpPlace.OFFERED,
        col(Rsvp.offered_until) <= tx.clock.now(),
    )
    ended = await tx.all(select(Rsvp).where(*over).execution_options(populate_existing=True))
    for rsvp in ended:
        rsvp.place, rsvp.offered_until = RsvpPlace.NONE, None
    await tx.session.flush()
    return ended


async def next_offer_end(tx: Tx, meeting: Meeting) -> datetime | None:
    """When the first of the current offers ends; None without one."""
    query = select(Rsvp.offered_until).where(
        *_of(meeting, col(Rsvp.place) == RsvpPlace.OFFERED, col(Rsvp.offered_until).is_not(None))
    )
    return await tx.first(query.order_by(col(Rsvp.offered_until)).limit(1))


async def is_anybody_waiting(tx: Tx, meeting: Meeting) -> bool:
    """Whether members wait for a seat that was not offered to them."""
    return await _last_in_line(tx, meeting) is not None


async def asked_again(tx: Tx, meeting: Meeting) -> Sequence[int]:
    """The members who said yes or maybe to an earlier time or place; seats stay kept for them."""
    earlier = col(Rsvp.asked_version) < meeting.asked_version
    query = select(Rsvp.member_id).where(*_of(meeting, earlier, col(Rsvp.answer).in_(COMING)))
    return await tx.all(query.order_by(col(Rsvp.member_id)))


async def ids(tx: Tx, meeting_id: int, answers: Collection[RsvpAnswer]) -> Sequence[int]:
    """The members with one of these answers, in an order that says nothing of when they answered."""
    query = select(Rsvp.member_id).where(
        Rsvp.meeting_id == meeting_id, col(Rsvp.answer).in_(answers)
    )
    return await tx.all(query.order_by(col(Rsvp.member_id)))


async def seated(tx: Tx, meeting_id: int) -> Sequence[int]:
    """The members with a seat, in an order that says nothing of when they answered."""
    query = select(Rsvp.member_id).where(
        Rsvp.meeting_id == meeting_id, Rsvp.place == RsvpPlace.SEATED
    )
    return await tx.all(query.order_by(col(Rsvp.member_id)))


async def reminded(tx: Tx, meeting_id: int) -> Sequence[int]:
    """The members with a seat who want to be reminded."""
    query = select(Rsvp.member_id).where(
        Rsvp.meeting_id == meeting_id,
        Rsvp.place == RsvpPlace.SEATED,
        col(Rsvp.wants_reminders).is_(True),
    )
    return await tx.all(query.order_by(col(Rsvp.member_id)))


async def totals(tx: Tx, meeting: Meeting) -> Totals:
    """The current totals."""
    query = select(Rsvp.answer, Rsvp.place, func.count()).where(*_of(meeting))
    rows = await tx.all(query.group_by(col(Rsvp.answer), col(Rsvp.place)))

    def count(*wanted: RsvpAnswer | RsvpPlace) -> int:
        return sum(many for given, place, many in rows if given in wanted or place in wanted)

    return Totals(
        yes=count(RsvpAnswer.YES),
        seated=count(RsvpPlace.SEATED),
        waiting=count(RsvpPlace.WAITING, RsvpPlace.OFFERED),
        maybe=count(RsvpAnswer.MAYBE),
        no=count(RsvpAnswer.NO),
    )


async def keep_totals(tx: Tx, meeting: Meeting) -> None:
    """Writes the totals to the meeting, where they stay when the answers are forgotten."""
    now = await totals(tx, meeting)
    meeting.said_yes, meeting.waited = now.yes, now.waiting
    await tx.session.flush()


async def erase_of(tx: Tx, member_id: int) -> None:
    """Deletes all answers and tickets of a member; seats of meetings to come are offered at once."""
    await tickets.drop_all(tx, member_id)
    own = col(Rsvp.member_id) == member_id
    freed = select(Rsvp.meeting_id).where(own, col(Rsvp.place).in_(_TAKING))
    await tx.session.exec(
        update(Meeting)
        .where(col(Meeting.id).in_(freed), col(Meeting.state) == MeetingState.OPEN)
        .values(due_at=tx.clock.now())
    )
    await tx.session.exec(delete(Rsvp).where(own))


async def _lock(tx: Tx, meeting: Meeting) -> None:
    """Locks the meeting's row; on SQLite one transaction writes at a time anyway."""
    query = select(Meeting.id).where(Meeting.id == id_of(meeting)).with_for_update()
    await tx.first(query)


async def _take_place(tx: Tx, meeting: Meeting, rsvp: Rsvp) -> None:
    if rsvp.place in (RsvpPlace.SEATED, RsvpPlace.WAITING):
        return
    if _is_offered(tx, rsvp):
        _seat(rsvp)
        return
    rsvp.place, rsvp.offered_until = RsvpPlace.NONE, None
    await tx.session.flush()
    if await free(tx, meeting) == 0 or await _last_in_line(tx, meeting) is not None:
        rsvp.place = RsvpPlace.WAITING
        rsvp.waiting_order = (await _last_in_line(tx, meeting) or 0) + 1
    else:
        _seat(rsvp)


async def _last_in_line(tx: Tx, meeting: Meeting) -> int | None:
    """The highest place in the waiting list; None if nobody waits."""
    waiting = _of(meeting, col(Rsvp.place) == RsvpPlace.WAITING)
    return await tx.one(select(func.max(Rsvp.waiting_order)).where(*waiting))


async def _give_back(tx: Tx, rsvp: Rsvp) -> None:
    rsvp.place, rsvp.waiting_order, rsvp.offered_until = RsvpPlace.NONE, None, None
    await tickets.drop(tx, rsvp)


def _seat(rsvp: Rsvp) -> None:
    rsvp.place, rsvp.waiting_order, rsvp.offered_until = RsvpPlace.SEATED, None, None


def _is_offered(tx: Tx, rsvp: Rsvp) -> bool:
    """Whether a seat is kept for the member now."""
    return (
        rsvp.place is RsvpPlace.OFFERED
        and rsvp.offered_until is not None
        and rsvp.offered_until > tx.clock.now()
    )


def _of(meeting: Meeting, *conditions: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return col(Rsvp.meeting_id) == id_of(meeting), *conditions
