"""Tickets: six digits, by whose keyed hash alone a name is found and coming is marked.

See docs/decisions/0040-who-came-is-told-by-the-ticket.md.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update

from storage.database import SealBroken, Tx, insert, sealing
from storage.models import Meeting, Rsvp, Ticket, TicketAttempts

DIGITS = 6
_NUMBERS = 10**DIGITS
_ID_BITS = 2**31 - 1
_KIND = "ticket"
_DIGITS_FIELD = "rsvp.digits"
_HOLDER_FIELD = "ticket.holder"

WRONG_TICKETS = 5
"""Wrong digits after which an officer has to wait; each further such number doubles the wait."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class TooManyWrong:
    """The officer typed too many wrong digits; further ones are ignored until `until`."""

    until: datetime


@dataclass(frozen=True)
class Admitted:
    """A ticket that opened the door."""

    member_id: int
    is_again: bool
    """Whether it had opened the door before."""


async def of(tx: Tx, rsvp: Rsvp) -> str:
    """The digits of a member's ticket: made at the first call, and the same ever after."""
    if rsvp.digits_sealed is not None:
        return sealing.opened(tx, _DIGITS_FIELD, rsvp.digits_sealed, rsvp)
    digits = await _make(tx, rsvp)
    rsvp.digits_sealed = sealing.seal(tx, _DIGITS_FIELD, digits, rsvp)
    await tx.session.flush()
    return digits


async def drop(tx: Tx, rsvp: Rsvp) -> None:
    """Takes the ticket of a member away, if there is one: it opens the door no more."""
    if rsvp.digits_sealed is None:
        return
    digits = sealing.opened(tx, _DIGITS_FIELD, rsvp.digits_sealed, rsvp)
    await tx.session.exec(delete(Ticket).where(*_is(tx, rsvp.meeting_id, digits)))
    rsvp.digits_sealed = None
    await tx.session.flush()


async def drop_all(tx: Tx, member_id: int) -> None:
    """Takes all tickets of a member away, who leaves the club or has their data erased."""
    query = select(Rsvp).where(Rsvp.member_id == member_id, col(Rsvp.digits_sealed).is_not(None))
    for rsvp in await tx.all(query):
        await drop(tx, rsvp)


async def admit(
    tx: Tx, meeting_id: int, digits: str, officer_id: int
) -> Admitted | TooManyWrong | None:
    """Opens the door for a ticket and marks it; None, which counts as wrong, if there is none."""
    tries = await tx.session.get(TicketAttempts, officer_id, populate_existing=True)
    if tries and tries.waits_until and tries.waits_until > tx.clock.now():
        return TooManyWrong(tries.waits_until)
    query = select(Ticket).where(*_is(tx, meeting_id, digits)).with_for_update()
    ticket = await tx.first(query.execution_options(populate_existing=True))
    if ticket is None:
        return await _count_wrong(tx, officer_id)
    is_again = ticket.came
    if not is_again:
        ticket.came = True
        await count_one(tx, meeting_id)
        await tx.session.exec(
            delete(TicketAttempts).where(col(TicketAttempts.member_id) == officer_id)
        )
    return Admitted(int(sealing.opened(tx, _HOLDER_FIELD, ticket.holder_sealed, ticket)), is_again)


async def holder_came(tx: Tx, rsvp: Rsvp) -> bool:
    """Whether the holder of one ticket came: for that member alone, who asks for it."""
    if rsvp.digits_sealed is None:
        return False
    digits = sealing.opened(tx, _DIGITS_FIELD, rsvp.digits_sealed, rsvp)
    query = select(Ticket.came).where(*_is(tx, rsvp.meeting_id, digits))
    return await tx.first(query) is True


async def came(tx: Tx, meeting_id: int) -> int:
    """How many came: tickets that opened the door, and guests without one."""
    return await tx.one(select(Meeting.came).where(Meeting.id == meeting_id))


async def count_one(tx: Tx, meeting_id: int) -> None:
    """Counts one more who came; the database adds, so that several doors are all counted."""
    await tx.session.exec(
        update(Meeting)
        .where(col(Meeting.id) == meeting_id)
        .values(came=col(Meeting.came) + 1)
        .execution_options(synchronize_session=False)
    )


async def _make(tx: Tx, rsvp: Rsvp) -> str:
    """Stores a ticket with digits that no other one of the meeting has."""
    while True:
        digits = f"{tx.ids.number() % _NUMBERS:0{DIGITS}}"
        if await tx.first(select(Ticket.id).where(*_is(tx, rsvp.meeting_id, digits))):
            continue
        row = {
            # Ids that grow would tell which answer a ticket belongs to.
            "id": tx.ids.number() & _ID_BITS,
            "meeting_id": rsvp.meeting_id,
            "code_lookup": tx.vault.lookup(_KIND, str(rsvp.meeting_id), digits),
        }
        holder = sealing.seal(tx, _HOLDER_FIELD, str(rsvp.member_id), row)
        stored = (
            insert(tx, Ticket)
            .values(**row, holder_sealed=holder, came=False)
            .on_conflict_do_nothing()
        )
        if await tx.count_changed(stored):
            return digits


async def rekey(tx: Tx, *, after: int, many: int) -> int | None:
    """Rotates the tickets of a batch of answers after the id `after`; returns the last id, None when done.

    A ticket is found by the digits that the answer keeps; its holder is bound to the hash of them, so both
    change in one statement.
    """
    query = select(Rsvp).where(col(Rsvp.id) > after, col(Rsvp.digits_sealed).is_not(None))
    rows = await tx.all(query.order_by(col(Rsvp.id)).limit(many))
    for rsvp in rows:
        with contextlib.suppress(SealBroken):  # counted by `key_rotation.count_remaining`
            await _rekey_one(tx, rsvp)
    await tx.session.flush()
    return rows[-1].id if rows else None


async def _rekey_one(tx: Tx, rsvp: Rsvp) -> None:
    digits = sealing.opened(tx, _DIGITS_FIELD, rsvp.digits_sealed or b"", rsvp)
    ticket = await tx.first(select(Ticket).where(*_is(tx, rsvp.meeting_id, digits)))
    if ticket is not None:
        holder = sealing.opened(tx, _HOLDER_FIELD, ticket.holder_sealed, ticket)
        ticket.code_lookup = tx.vault.lookup(_KIND, str(rsvp.meeting_id), digits)
        ticket.holder_sealed = sealing.seal(tx, _HOLDER_FIELD, holder, ticket)
    rsvp.digits_sealed = sealing.seal(tx, _DIGITS_FIELD, digits, rsvp)


def _is(tx: Tx, meeting_id: int, digits: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions for the ticket of these digits."""
    return (
        col(Ticket.meeting_id) == meeting_id,
        col(Ticket.code_lookup).in_(tx.vault.lookups(_KIND, str(meeting_id), digits)),
    )


async def _count_wrong(tx: Tx, officer_id: int) -> TooManyWrong | None:
    """Counts wrong digits; after every fifth the officer waits, twice as long each time."""
    wrong = await _increment(tx, officer_id)
    if wrong % WRONG_TICKETS:
        return None
    doublings = min(wrong // WRONG_TICKETS - 1, 10)
    until = tx.clock.now() + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    await tx.session.exec(
        update(TicketAttempts)
        .where(col(TicketAttempts.member_id) == officer_id)
        .values(waits_until=until)
    )
    return TooManyWrong(until)


async def _increment(tx: Tx, officer_id: int) -> int:
    """Counts one more; the database adds, so that concurrent attempts are all counted."""
    now = tx.clock.now()
    query = (
        insert(tx, TicketAttempts)
        .values(member_id=officer_id, wrong=1, updated_at=now)
        .on_conflict_do_update(
            index_elements=["member_id"],
            set_={"wrong": col(TicketAttempts.wrong) + 1, "updated_at": now},
        )
        .returning(col(TicketAttempts.wrong))
    )
    return int((await tx.execute(query)).scalar_one())
