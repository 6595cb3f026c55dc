"""Dispatch order: which deliveries leave the outbox next.

By lane, then by due time. Within a lane that mailings share, each running mailing gets an equal part
of the batch, so that a large announcement does not delay a small one behind all of its recipients.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Integer, Row, Select, and_, exists, or_, select, text
from sqlmodel import SQLModel

from storage.database import Clock, Tx
from storage.database.due import Due, earliest, if_any, live
from storage.models import DeliveryState, Lane
from storage.outbox.eligibility import (
    RUNNING,
    addressed_to,
    is_running,
    served_by,
    served_by_none,
)
from storage.outbox.quiet_hours import QuietHours

_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_SHARED = (Lane.URGENT, Lane.ANNOUNCEMENT)
"""Lanes in which running mailings share the rate equally."""
OPEN_ROWS = text("delivery.state IN ('queued', 'claimed', 'sending')")
"""The condition of the partial index `ix_delivery_open`, word for word: a planner uses a partial
index only if the query repeats its condition."""


async def next_deliveries(
    tx: Tx,
    messenger: str,
    limit: int,
    lanes: Collection[Lane] = tuple(Lane),
    *,
    cheaper: Collection[str] = (),
    has_window: bool = False,
) -> list[int]:
    """Ids of due deliveries of these lanes, locked, the most urgent first.

    Mailings of the same lane are interleaved (`_SHARED`). `cheaper` and `has_window` as in
    `storage.outbox.eligibility`.
    """
    order = (_DELIVERY.lane, _DELIVERY.not_before, _DELIVERY.id)
    rows = due(tx.clock.now(), messenger, cheaper, has_window=has_window)
    rows = rows.with_for_update(of=_TABLES["delivery"], skip_locked=True)
    if len(lanes) < len(Lane):
        rows = rows.where(_DELIVERY.lane.in_(lanes))
    first = await _rows(tx, rows.order_by(*order).limit(limit))
    if not first or len(first) < limit or first[-1].lane not in _SHARED:
        return [row.id for row in first]
    more_urgent = [row.id for row in first if row.lane != first[-1].lane]
    shares = await _shares(tx, rows, first[-1].lane, limit - len(more_urgent))
    return list(dict.fromkeys([*more_urgent, *shares, *(row.id for row in first)]))[:limit]


def first_due(
    clock: Clock, messenger: str, night: QuietHours, *, cheaper: Collection[str], has_window: bool
) -> Due:
    """When `next_deliveries` finds something that may be sent in these quiet hours."""
    now = live(clock.now)
    lanes = live(lambda: list(night.open_lanes(clock.now())), Integer(), is_list=True)
    ready = due(now, messenger, cheaper, has_window=has_window).where(_DELIVERY.lane.in_(lanes))
    queued = and_(OPEN_ROWS, _DELIVERY.state == DeliveryState.QUEUED)
    later = earliest(_DELIVERY.not_before, queued, _DELIVERY.not_before > now)
    return [if_any(exists(ready)), later, live(lambda: night.next_end(clock.now()))]


async def _shares(tx: Tx, due_rows: Select[Any], lane: int, room: int) -> list[int]:
    """Up to `room / number of mailings` deliveries of each running mailing of a lane.

    A mailing that needs less leaves room, which the caller fills in due order.
    """
    running = select(_MAILING.id).where(_MAILING.state.in_(RUNNING), _MAILING.lane == lane)
    mailings = [row.id for row in await _rows(tx, running.order_by(_MAILING.id))]
    if len(mailings) == 1:
        return []
    delivery_ids: list[int] = []
    for number in mailings:
        share = (
            due_rows.where(_DELIVERY.mailing_id == number, _DELIVERY.lane == lane)
            .order_by(_DELIVERY.not_before, _DELIVERY.id)
            .limit(max(1, room // len(mailings)))
        )
        delivery_ids += [row.id for row in await _rows(tx, share)]
    return delivery_ids


def due(now: Any, messenger: str, cheaper: Collection[str], *, has_window: bool) -> Select[Any]:
    """Selects id and lane of the deliveries for this messenger that are due now."""
    # A row changed in the future was written before the clock was set back: ignore its due time.
    is_due = or_(_DELIVERY.not_before <= now, _DELIVERY.changed_at > now)
    # EXISTS instead of a join: a join would read and sort all rows of a mailing each time.
    return select(_DELIVERY.id, _DELIVERY.lane).where(
        OPEN_ROWS,
        _DELIVERY.state == DeliveryState.QUEUED,
        exists()
        .where(_MAILING.id == _DELIVERY.mailing_id, is_running(has_window=has_window))
        .correlate(_TABLES["delivery"]),
        is_due,
        or_(
            addressed_to(messenger),
            and_(
                _DELIVERY.messenger.is_(None),
                or_(
                    served_by(_DELIVERY.member_id, messenger, cheaper),
                    served_by_none(_DELIVERY.member_id),
                ),
            ),
        ),
    )


async def _rows(tx: Tx, query: Select[Any]) -> list[Row[Any]]:
    return list((await tx.execute(query)).all())
