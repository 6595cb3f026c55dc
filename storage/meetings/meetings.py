"""Meetings as rows: what officers write and approve, and what is due next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, or_, select

from storage.database import Tx, id_of, state_machine
from storage.database.due import Due, earliest
from storage.models import Meeting, MeetingState

_S = MeetingState
TRANSITIONS: Mapping[MeetingState, Collection[MeetingState]] = {
    _S.DRAFT: {_S.OPEN},
    _S.OPEN: {_S.CANCELLED, _S.OVER},
    _S.CANCELLED: set(),
    _S.OVER: set(),
}
_UID_DOMAIN = "niemtin"


@dataclass(frozen=True)
class Arrangement:
    """What the database must know of the approved content."""

    begins_at: datetime
    ends_at: datetime
    answer_by: datetime | None
    seats: int | None


async def start(tx: Tx, author_id: int) -> Meeting:
    """Opens an empty draft."""
    meeting = Meeting(
        state=_S.DRAFT,
        content={},
        proposal={},
        author_id=author_id,
        proposer_id=author_id,
        calendar_uid=f"{tx.ids.number():016x}@{_UID_DOMAIN}",
        changed_at=tx.clock.now(),
    )
    tx.session.add(meeting)
    await tx.session.flush()
    return meeting


async def find(tx: Tx, meeting_id: int) -> Meeting | None:
    """The meeting with this id."""
    return await tx.first(select(Meeting).where(Meeting.id == meeting_id))


async def lock(tx: Tx, meeting_id: int) -> Meeting | None:
    """The meeting with this id, locked until the transaction ends."""
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    return await tx.first(query.execution_options(populate_existing=True))


async def propose(tx: Tx, meeting: Meeting, content: dict[str, Any], proposer_id: int) -> None:
    """Saves content as the proposal; what waited for approval becomes a draft again."""
    meeting.proposal, meeting.proposer_id = content, proposer_id
    meeting.is_pending = False
    meeting.version += 1
    meeting.changed_at = tx.clock.now()
    await tx.session.flush()


async def drop_proposal(tx: Tx, meeting: Meeting) -> None:
    """Discards what was written; a meeting that was never approved is deleted."""
    if meeting.state is _S.DRAFT:
        await tx.session.exec(delete(Meeting).where(col(Meeting.id) == id_of(meeting)))
        return
    meeting.proposal, meeting.proposer_id, meeting.is_pending = None, None, False
    await tx.session.flush()


async def approve(
    tx: Tx, meeting: Meeting, arrangement: Arrangement, approver_id: int | None, *, asks: bool
) -> None:
    """Makes the proposal the content; `asks`: members are asked (again) whether they come."""
    if meeting.proposal is None:
        raise state_machine.WrongState("there is no proposal to approve")
    if meeting.state is _S.DRAFT:
        state_machine.transition(TRANSITIONS, meeting, _S.OPEN)
        meeting.opened_at = tx.clock.now()
    else:
        meeting.calendar_sequence += 1
    meeting.content = meeting.proposal
    meeting.begins_at, meeting.ends_at = arrangement.begins_at, arrangement.ends_at
    meeting.answer_by, meeting.seats = arrangement.answer_by, arrangement.seats
    meeting.approver_id = approver_id
    if asks:
        meeting.asked_version = meeting.version
        meeting.reminded = 0
    meeting.proposal, meeting.proposer_id, meeting.is_pending = None, None, False
    meeting.changed_at = tx.clock.now()
    await tx.session.flush()


async def call_off(tx: Tx, meeting: Meeting) -> None:
    """Ends an open meeting that will not take place."""
    state_machine.transition(TRANSITIONS, meeting, _S.CANCELLED)
    meeting.calendar_sequence += 1
    _end(tx, meeting)
    await tx.session.flush()


async def finish(tx: Tx, meeting: Meeting) -> None:
    """Ends a meeting whose end has passed."""
    state_machine.transition(TRANSITIONS, meeting, _S.OVER)
    _end(tx, meeting)
    await tx.session.flush()


def _end(tx: Tx, meeting: Meeting) -> None:
    meeting.due_at = None
    meeting.proposal, meeting.proposer_id, meeting.is_pending = None, None, False
    meeting.changed_at = tx.clock.now()


def organisers(meeting: Meeting) -> set[int]:
    """The officers who may see names of a meeting: who wrote it and who approved it."""
    return {one for one in (meeting.author_id, meeting.approver_id) if one is not None}


async def drafts_of(tx: Tx, member_id: int) -> Sequence[Meeting]:
    """The meetings with a proposal of this officer that does not wait for approval, newest first."""
    query = select(Meeting).where(
        Meeting.proposer_id == member_id, col(Meeting.is_pending).is_(False)
    )
    return await tx.all(query.order_by(col(Meeting.id).desc()))


async def listed(tx: Tx, *, offset: int, limit: int) -> Sequence[Meeting]:
    """Meetings for officers: pending and open ones, then those that ended, newest first."""
    query = select(Meeting).where(
        or_(col(Meeting.state) != _S.DRAFT, col(Meeting.is_pending).is_(True))
    )
    order = (
        col(Meeting.is_pending).desc(),
        (col(Meeting.state) == _S.OPEN).desc(),
        col(Meeting.begins_at).desc(),
        col(Meeting.id).desc(),
    )
    return await tx.all(query.order_by(*order).offset(offset).limit(limit))


async def newest(tx: Tx, limit: int) -> Sequence[Meeting]:
    """The newest meetings that members were invited to."""
    query = select(Meeting).where(col(Meeting.state) != _S.DRAFT)
    return await tx.all(query.order_by(col(Meeting.begins_at).desc(), col(Meeting.id)).limit(limit))


async def coming(tx: Tx) -> Sequence[Meeting]:
    """Open meetings that have not ended, the earliest first."""
    query = select(Meeting).where(Meeting.state == _S.OPEN, col(Meeting.ends_at) > tx.clock.now())
    return await tx.all(query.order_by(col(Meeting.begins_at), col(Meeting.id)))


def first_due() -> Due:
    """When something of a meeting is due next."""
    return [earliest(col(Meeting.due_at), col(Meeting.state) == _S.OPEN)]


async def due(tx: Tx) -> Sequence[Meeting]:
    """The meetings of which something is due, locked."""
    query = select(Meeting).where(Meeting.state == _S.OPEN, col(Meeting.due_at) <= tx.clock.now())
    return await tx.all(query.order_by(col(Meeting.due_at)).with_for_update(skip_locked=True))
