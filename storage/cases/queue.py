"""The officers' queue of cases: pages, counts, and new or overdue cases to remind of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, Subquery
from sqlmodel import and_, col, exists, false, func, or_, select, update

from storage.cases.cases import OPEN, TAKEN
from storage.database import Clock, Tx, batch_clock
from storage.database.due import Due, earliest, live
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
    return _begun_by({category: today - span for category, span in deadlines.items()})


def late_now(deadlines: Deadlines, today: Callable[[], date]) -> ColumnElement[bool]:
    """As `late`; the day is read whenever the statement is executed."""

    def last_day(span: timedelta) -> date:
        return today() - span

    return _begun_by(
        {category: live(partial(last_day, span), Date()) for category, span in deadlines.items()}
    )


def _begun_by(days: Mapping[Category, Any]) -> ColumnElement[bool]:
    """The case began on the last day of its category or before."""
    return or_(
        false(),
        *[and_(col(Case.category) == category, day >= BEGUN_ON) for category, day in days.items()],
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


def first_new() -> Due:
    """When the batch of the first new case ends."""
    return [earliest(Case.shown_from)]


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


def has_overdue(
    clock: Clock, deadlines: Deadlines, today: Callable[[], date]
) -> ColumnElement[bool]:
    """Whether there is a case that became overdue and was not claimed yet."""
    shown = batch_clock.cases_shown_at(live(clock.now))
    return exists().where(_is_overdue(shown, late_now(deadlines, today)))


def _is_overdue(shown: ColumnElement[bool], late: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(_in(*OPEN), shown, late, col(Case.reminded_on).is_(None))


async def claim_overdue(tx: Tx, deadlines: Deadlines, today: date) -> int:
    """Number of cases that became overdue, once for each case."""
    claimed = await tx.execute(
        update(Case)
        .where(_is_overdue(batch_clock.shown_cases(tx), late(deadlines, today)))
        .values(reminded_on=today)
        .returning(col(Case.id))
    )
    return len(claimed.all())
