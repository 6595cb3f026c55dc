"""What waits for one officer now: counts of the desks and the mailings under way.

Four statements, and a fifth for the labels of what is under way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import FromClause, Subquery
from sqlmodel import col, exists, func, select, true

from storage import questions
from storage.announcements import references
from storage.announcements.references import Reference
from storage.cases import queue
from storage.cases.queue import QueueFilter, QueueQuery
from storage.database import Tx
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Appeal,
    Approval,
    Case,
    CaseState,
    DataRequest,
    Mailing,
    Meeting,
    Proposal,
    Question,
)
from storage.outbox import mailings, uncertain
from storage.outbox.mailings import MailingCounts

_MAILINGS = 3
"""The most mailings that are listed of each kind."""


@dataclass(frozen=True)
class Waiting:
    """How many of one kind wait, and which it is if there is exactly one."""

    count: int = 0
    only: int | str | None = None


@dataclass(frozen=True)
class OpenTasks:
    """What waits for one officer; counts about flags change only at the end of a batch."""

    approvals: Waiting = Waiting()
    """Announcements and corrections of others that this officer has not decided about."""
    meetings: Waiting = Waiting()
    """Meetings, and changes of meetings, of others that wait for approval."""
    verdicts: Waiting = Waiting()
    """Proposed verdicts of others."""
    cases: Waiting = Waiting()
    overdue: int = 0
    """Of the cases, those whose last day has come."""
    questions: Waiting = Waiting()
    appeals: Waiting = Waiting()
    data_requests: Waiting = Waiting()
    """For owners to answer."""
    going_out: Sequence[MailingCounts] = field(default_factory=list)
    """Mailings being sent or paused, the newest first."""
    uncertain: Sequence[Mailing] = field(default_factory=list)
    """Mailings that ended with copies about which nobody has decided."""
    announcements: Mapping[int, Reference] = field(default_factory=dict)
    """The announcements of these mailings by their ids."""


async def collect(tx: Tx, view: QueueQuery) -> OpenTasks:
    """The open tasks of the officer of this view of the queue; its day and deadlines say what is
    overdue."""
    counted = await _count(
        tx,
        approvals=_approvals(view.officer_id),
        meetings=_meetings(view.officer_id),
        verdicts=_verdicts(view.officer_id),
        cases=queue.counting(tx, replace(view, filter=QueueFilter.OPEN)),
        overdue=queue.counting(tx, replace(view, filter=QueueFilter.LATE)),
        questions=_open(Question, col(Question.state).in_(questions.OPEN)),
        appeals=_open(Appeal, col(Appeal.decided_at).is_(None)),
        data_requests=_open(DataRequest, col(DataRequest.answered_at).is_(None)),
    )
    overdue = counted.pop("overdue").count
    under_way = await mailings.under_way(tx, limit=_MAILINGS)
    undecided = await uncertain.undecided_mailings(tx, limit=_MAILINGS)
    ids = {one.announcement_id for one in (*under_way, *undecided) if one.announcement_id}
    return OpenTasks(
        **counted,
        overdue=overdue,
        going_out=await mailings.counts_under_way(tx, under_way),
        uncertain=undecided,
        announcements=await references.of_all(tx, ids),
    )


async def _count(tx: Tx, **parts: Subquery) -> dict[str, Waiting]:
    """Every part by its name, in one statement; each has one row, a count and the lowest key."""
    columns = [column for part in parts.values() for column in part.c]
    first, *others = parts.values()
    source: FromClause = first
    for part in others:
        source = source.join(part, true())
    row = (await tx.execute(select(*columns).select_from(source))).one()
    return {
        name: Waiting(count, lowest if count == 1 else None)
        for name, (count, lowest) in zip(parts, zip(row[::2], row[1::2], strict=True), strict=True)
    }


def _open(table: Any, *conditions: Any) -> Subquery:
    return select(func.count(), func.min(table.id)).where(*conditions).subquery()


def _approvals(officer_id: int) -> Subquery:
    return _open(
        Announcement,
        Announcement.state == AnnouncementState.AWAITING_APPROVAL,
        col(Announcement.author_id).is_distinct_from(officer_id),
        AnnouncementVersion.announcement_id == Announcement.id,
        AnnouncementVersion.number == Announcement.version,
        ~exists().where(
            col(Approval.version_id) == AnnouncementVersion.id,
            col(Approval.officer_id) == officer_id,
        ),
    )


def _meetings(officer_id: int) -> Subquery:
    return _open(
        Meeting,
        col(Meeting.is_pending).is_(True),
        col(Meeting.proposer_id).is_distinct_from(officer_id),
    )


def _verdicts(officer_id: int) -> Subquery:
    return (
        select(func.count(), func.min(Case.code))
        .where(
            Case.id == Proposal.case_id,
            col(Case.state) == CaseState.IN_REVIEW,
            col(Proposal.waiting),
            col(Proposal.officer_id).is_distinct_from(officer_id),
        )
        .subquery()
    )
