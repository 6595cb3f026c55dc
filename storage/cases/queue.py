"""What waits for the officers: the queue, what is late, what is new."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, update
from sqlmodel import col, select

from storage.cases.cases import OPEN, TAKEN
from storage.database import batch_clock
from storage.database.engine import Tx
from storage.models import Case, CaseState, Category, Proposal

Deadlines = Mapping[Category, timedelta]
"""How long a case of a category may wait, in whole days."""


class QueueFilter(StrEnum):
    """Which cases are looked at."""

    OPEN = "open"
    MINE = "mine"
    FREE = "free"
    LATE = "late"
    WAITING = "waiting"
    PROPOSED = "proposed"
    DECIDED = "decided"


class Order(StrEnum):
    FLAGS = "flags"
    AGE = "age"


@dataclass(frozen=True)
class QueueQuery:
    """What of the queue an officer looks at."""

    filter: QueueFilter = QueueFilter.OPEN
    order: Order = Order.FLAGS
    category: Category | None = None
    officer_id: int = 0
    today: date = date.min
    deadlines: Deadlines | None = None


async def queue(tx: Tx, view: QueueQuery, *, limit: int, offset: int) -> Sequence[Case]:
    """Cases in this view.

    Among equals the older day (or the more flagged) goes first, then the random code, so that the
    order tells nobody at which minute something was sent (refusal: no-disclosure-of-flaggers).
    """
    by = (batch_clock.shown_count_column(tx, Case).desc(), col(Case.opened_on))
    ways = by if view.order is Order.FLAGS else by[::-1]
    query = select(Case).where(_seen(tx, view)).order_by(*ways, col(Case.code))
    return (await tx.session.exec(query.limit(limit).offset(offset))).all()


async def count(tx: Tx, view: QueueQuery) -> int:
    """How many cases are in this view."""
    query = select(func.count()).select_from(Case).where(_seen(tx, view))
    return (await tx.session.exec(query)).one()


def _seen(tx: Tx, view: QueueQuery) -> ColumnElement[bool]:
    within = and_(_SIGHTS[view.filter](view), batch_clock.shown_cases(tx))
    return and_(within, col(Case.category) == view.category) if view.category else within


def _in(*states: CaseState) -> ColumnElement[bool]:
    return col(Case.state).in_(states)


def _late(view: QueueQuery) -> ColumnElement[bool]:
    return and_(_in(*OPEN), late(view.deadlines or {}, view.today))


def late(deadlines: Deadlines, today: date) -> ColumnElement[bool]:
    """Whether the day by which a case should be decided has come."""
    limits = [
        and_(col(Case.category) == category, col(Case.opened_on) <= today - span)
        for category, span in deadlines.items()
    ]
    return or_(false(), *limits)


_SIGHTS: Mapping[QueueFilter, Callable[[QueueQuery], ColumnElement[bool]]] = {
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
    """How many cases wait for a decision."""
    return await count(tx, QueueQuery())


async def claim_new(tx: Tx) -> Mapping[Category, int]:
    """How many cases came in whose batch is over; each is told of once."""
    taken = await tx.execute(
        update(Case)
        .where(col(Case.shown_from) <= tx.clock.now())
        .values(shown_from=None)
        .returning(col(Case.category), col(Case.state))
    )
    counts: dict[Category, int] = {}
    for category, state in taken:
        if state in OPEN:
            counts[category] = counts.get(category, 0) + 1
    return counts


async def claim_overdue(tx: Tx, deadlines: Deadlines, today: date) -> int:
    """How many cases became late; each is told of once."""
    open_now = and_(_in(*OPEN), batch_clock.shown_cases(tx))
    unsaid = and_(open_now, late(deadlines, today), col(Case.reminded_on).is_(None))
    taken = await tx.execute(
        update(Case).where(unsaid).values(reminded_on=today).returning(col(Case.id))
    )
    return len(taken.all())
