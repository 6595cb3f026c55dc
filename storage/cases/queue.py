"""The officers' queue of cases: pages, counts, and new or overdue cases to remind of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery
from sqlmodel import and_, col, exists, false, func, or_, select, update

from storage.cases.cases import OPEN, TAKEN
from storage.database import Tx, batch_clock
from storage.models import Case, CaseState, Category, Proposal

Deadlines = Mapping[Category, timedelta]
"""The longest time a case of a category may wait, in whole days."""


class QueueFilter(StrEnum):
    """Which cases of the queue are listed."""

    OPEN = "open"
    MINE = "mine"
    FREE = "free"
    LATE = "late"
    WAITING = "waiting"
    PROPOSED = "proposed"
    DECIDED = "decided"


class Order(StrEnum):
    """Sort order of the queue: most flags first, or oldest first."""

    FLAGS = "flags"
    AGE = "age"


@dataclass(frozen=True)
class QueueQuery:
    """A view of the queue: filter, order and category."""

    filter: QueueFilter = QueueFilter.OPEN
    order: Order = Order.FLAGS
    category: Category | None = None
    officer_id: int = 0
    today: date = date.min
    deadlines: Deadlines | None = None


async def queue(tx: Tx, view: QueueQuery, *, limit: int, offset: int) -> Sequence[Case]:
    """Cases of this view.

    Ties are ordered by day (or number of flags), then by the random code, so that the order does not
    reveal at which minute a post was sent (refusal: no-disclosure-of-flaggers).
    """
    by = (batch_clock.shown_count_column(tx, Case).desc(), col(Case.opened_on))
    order_by = by if view.order is Order.FLAGS else by[::-1]
    query = select(Case).where(_condition(tx, view)).order_by(*order_by, col(Case.code))
    return await tx.all(query.limit(limit).offset(offset))


async def count(tx: Tx, view: QueueQuery) -> int:
    """Number of cases of this view."""
    return await tx.one(select(func.count()).select_from(Case).where(_condition(tx, view)))


def counting(tx: Tx, view: QueueQuery) -> Subquery:
    """The number of cases of this view and the lowest of their codes, as part of a statement."""
    return select(func.count(), func.min(Case.code)).where(_condition(tx, view)).subquery()


def _condition(tx: Tx, view: QueueQuery) -> ColumnElement[bool]:
    within = and_(_CONDITIONS[view.filter](view), batch_clock.shown_cases(tx))
    return and_(within, col(Case.category) == view.category) if view.category else within


def _in(*states: CaseState) -> ColumnElement[bool]:
    return col(Case.state).in_(states)


def _late(view: QueueQuery) -> ColumnElement[bool]:
    return and_(_in(*OPEN), late(view.deadlines or {}, view.today))


BEGUN_ON = func.coalesce(col(Case.reopened_on), col(Case.opened_on))
"""The day from which the deadline of a case counts, as `begun_on`."""


def late(deadlines: Deadlines, today: date) -> ColumnElement[bool]:
    """The case is overdue: the last day by which it should be decided has come."""
    return or_(
        false(),
        *[
            and_(col(Case.category) == category, today - span >= BEGUN_ON)
            for category, span in deadlines.items()
        ],
    )


def begun_on(case: Case) -> date:
    """The day from which the deadline of a case counts: that of its newest review."""
    return case.reopened_on or case.opened_on


_CONDITIONS: Mapping[QueueFilter, Callable[[QueueQuery], ColumnElement[bool]]] = {
    QueueFilter.OPEN: lambda _: _in(*OPEN),
    QueueFilter.MINE: lambda view: and_(_in(*TAKEN), col(Case.officer_id) == view.officer_id),
    QueueFilter.FREE: lambda _: _in(CaseState.NEW),
    QueueFilter.LATE: _late,
    QueueFilter.WAITING: lambda _: _in(CaseState.WAITING),
    QueueFilter.PROPOSED: lambda _: and_(
        _in(CaseState.IN_REVIEW),
        exists().where(col(Proposal.case_id) == Case.id, col(Proposal.waiting)),
    ),
    QueueFilter.DECIDED: lambda _: _in(CaseState.DECIDED),
}


async def count_open(tx: Tx) -> int:
    """Number of open cases."""
    return await count(tx, QueueQuery())


@dataclass(frozen=True)
class NewCases:
    """The open cases whose batch has ended; each is reported once."""

    counts: Mapping[Category, int]
    impersonations: Sequence[str]
    """The codes of those that were flagged as impersonation."""


async def claim_new(tx: Tx) -> NewCases:
    """The new open cases, once for each case: those whose batch has ended."""
    claimed = await tx.execute(
        update(Case)
        .where(col(Case.shown_from) <= tx.clock.now())
        .values(shown_from=None)
        .returning(col(Case.category), col(Case.state), col(Case.code))
    )
    counts: dict[Category, int] = {}
    impersonations = []
    for category, state, code in claimed:
        if state not in OPEN:
            continue
        counts[category] = counts.get(category, 0) + 1
        if category is Category.IMPERSONATION:
            impersonations.append(code)
    return NewCases(counts, sorted(impersonations))


async def claim_overdue(tx: Tx, deadlines: Deadlines, today: date) -> int:
    """Number of cases that became overdue, once for each case."""
    open_now = and_(_in(*OPEN), batch_clock.shown_cases(tx))
    claimed = await tx.execute(
        update(Case)
        .where(and_(open_now, late(deadlines, today), col(Case.reminded_on).is_(None)))
        .values(reminded_on=today)
        .returning(col(Case.id))
    )
    return len(claimed.all())
