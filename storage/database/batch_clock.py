"""Batches: fixed clock times at which officers see what members did, so that no moment is revealed.

What a member does counts for the member at once. A number that officers see includes it only from the
end of its batch on, always at the same minutes of the hour. Each counter stores how much of it is withheld
and until when, so a query computes the number shown; no job runs at the end of a batch, and none
can be late.
"""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Label
from sqlmodel import SQLModel, and_, case, col, literal, or_, true

from storage.database.engine import Tx
from storage.models import Case, CasePost, DailyCounter, DeliveryState, Lane


def is_seen(tx: Tx, at: ColumnElement[datetime] | Any) -> ColumnElement[bool]:
    """Whether officers see an event of this moment now; for rows that are not counters."""
    return true() if tx.batches.is_at_once else at < tx.batches.begin(tx.clock.now())


class Counter(Protocol):
    """A row with a count, part of which is withheld from officers until `withheld_until`."""

    withheld: int
    withheld_until: datetime | None


_DELIVERY = SQLModel.metadata.tables["delivery"].c
SHOWN_STATE = "shown_state"
"""The name of the column `shown_delivery_state`, to group by."""


def shown_delivery_state(tx: Tx) -> Label[Any]:
    """The state of a delivery as officers see it, in a query.

    What a member gets because they wrote (`storage.outbox.missed`) waits, for officers, until the
    batch ends.
    """
    state = _DELIVERY.state
    if tx.batches.is_at_once:
        return state.label(SHOWN_STATE)
    begin = literal(tx.batches.begin(tx.clock.now()), _DELIVERY.changed_at.type)
    in_this_batch = and_(_DELIVERY.lane == Lane.MISSED, _DELIVERY.changed_at >= begin)
    waits = literal(DeliveryState.NOT_NOW, state.type)
    return case((in_this_batch, waits), else_=state).label(SHOWN_STATE)


Counted = type[Case] | type[CasePost] | type[DailyCounter]


def withheld_columns(tx: Tx, table: Counted, more: int) -> dict[str, Any]:
    """Values of an UPDATE that withhold `more` of a counter until its batch ends."""
    return {
        "withheld": withheld_count_column(tx, table) + more,
        "withheld_until": tx.batches.end(tx.clock.now()),
    }


def withheld_count_column(tx: Tx, table: Counted) -> ColumnElement[int]:
    """The part of a counter that is withheld now, in a query."""
    return case((col(table.withheld_until) > tx.clock.now(), col(table.withheld)), else_=0)


def shown_count(tx: Tx, counted: Case | CasePost) -> int:
    """Number of people who flagged a case or post, as officers see it now: without the current batch."""
    return counted.flags - _withheld_count(tx, counted)


def _withheld_count(tx: Tx, counted: Counter) -> int:
    """The part of a counter that is withheld now."""
    is_withheld = counted.withheld_until is not None and counted.withheld_until > tx.clock.now()
    return counted.withheld if is_withheld else 0


def correct(tx: Tx, counted: Case, *, total: int, seen: int) -> None:
    """Sets the total; officers see `seen` until the batch ends."""
    counted.flags, counted.withheld = total, total - seen
    counted.withheld_until = tx.batches.end(tx.clock.now())


def bring_forward(tx: Tx, case: Case, post: CasePost) -> None:
    """Shows a case and its post to officers at the next full quarter of an hour, if not earlier."""
    at = tx.batches.end_of_quarter(tx.clock.now())
    if case.shown_from is not None:
        case.shown_from = min(case.shown_from, at)
    for counted in (case, post):
        if counted.withheld_until is not None:
            counted.withheld_until = min(counted.withheld_until, at)


def shown_count_column(tx: Tx, table: type[Case] | type[CasePost]) -> ColumnElement[int]:
    """`shown_count` as an SQL expression."""
    return col(table.flags) - withheld_count_column(tx, table)


def is_shown(tx: Tx, found: Case) -> bool:
    """Whether officers see this case now."""
    return found.shown_from is None or found.shown_from <= tx.clock.now()


def shown_cases(tx: Tx) -> ColumnElement[bool]:
    """`is_shown` as an SQL condition."""
    return cases_shown_at(tx.clock.now())


def cases_shown_at(now: Any) -> ColumnElement[bool]:
    """As `shown_cases`; `now` is a value or an expression."""
    since = col(Case.shown_from)
    return or_(since.is_(None), since <= now)


def is_post_shown(tx: Tx, post: CasePost, of: Case) -> bool:
    """Whether officers see this post now: its case, and that somebody sent it in before this batch."""
    is_over = post.withheld_until is None or post.withheld_until <= tx.clock.now()
    return is_shown(tx, of) and (is_over or shown_count(tx, post) > 0)


def shown_posts(tx: Tx) -> ColumnElement[bool]:
    """`is_post_shown` as an SQL condition."""
    until = col(CasePost.withheld_until)
    return or_(or_(until.is_(None), until <= tx.clock.now()), shown_count_column(tx, CasePost) > 0)
