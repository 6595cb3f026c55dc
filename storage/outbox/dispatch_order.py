"""Whose turn it is: what may leave the outbox next."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select, text
from sqlmodel import SQLModel

from storage.database.engine import Tx
from storage.models import DeliveryState, Lane
from storage.outbox.eligibility import RUNNING, addressed_to, served_by, served_by_none

_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_SHARED = (Lane.URGENT, Lane.ANNOUNCEMENT)
"""Lanes in which mailings share the pace, so that a large one does not hold up a later one."""
OPEN_ROWS = text("delivery.state IN ('queued', 'claimed', 'sending')")
"""The words of `ix_delivery_open`: without them neither database sees that the index would do."""


async def next_deliveries(
    tx: Tx, messenger: str, limit: int, lanes: Collection[Lane] = tuple(Lane)
) -> list[int]:
    """Deliveries of these lanes that are due, locked, the most urgent first.

    Announcements as urgent as each other go side by side.
    """
    order = (_DELIVERY.lane, _DELIVERY.not_before, _DELIVERY.id)
    due = _due(tx, messenger)
    if len(lanes) < len(Lane):
        due = due.where(_DELIVERY.lane.in_(lanes))
    first = await _rows(tx, due.order_by(*order).limit(limit))
    if not first or len(first) < limit or first[-1].lane not in _SHARED:
        return [row.id for row in first]
    before = [row.id for row in first if row.lane != first[-1].lane]
    shares = await _shares(tx, messenger, first[-1].lane, limit - len(before))
    return list(dict.fromkeys([*before, *shares, *(row.id for row in first)]))[:limit]


async def _shares(tx: Tx, messenger: str, lane: int, room: int) -> list[int]:
    """The same number for each mailing of a lane; one that needs less leaves room."""
    running = select(_MAILING.id).where(_MAILING.state.in_(RUNNING), _MAILING.lane == lane)
    mailings = [row.id for row in await _rows(tx, running.order_by(_MAILING.id))]
    if len(mailings) == 1:
        return []
    found: list[int] = []
    for number in mailings:
        its = _due(tx, messenger).where(_DELIVERY.mailing_id == number, _DELIVERY.lane == lane)
        share = its.order_by(_DELIVERY.not_before, _DELIVERY.id).limit(
            max(1, room // len(mailings))
        )
        found += [row.id for row in await _rows(tx, share)]
    return found


def _due(tx: Tx, messenger: str) -> Select[Any]:
    now = tx.clock.now()
    # A row changed in the future was written before the clock was set back: its wait means nothing.
    due = or_(_DELIVERY.not_before <= now, _DELIVERY.changed_at > now)
    # Not a join: that would go through a mailing's rows, all of them, and sort them each time.
    running = exists().where(_MAILING.id == _DELIVERY.mailing_id, _MAILING.state.in_(RUNNING))
    return (
        select(_DELIVERY.id, _DELIVERY.lane)
        .where(
            OPEN_ROWS,
            _DELIVERY.state == DeliveryState.QUEUED,
            running,
            due,
            or_(
                addressed_to(messenger),
                and_(
                    _DELIVERY.messenger.is_(None),
                    or_(
                        served_by(_DELIVERY.member_id, messenger),
                        served_by_none(_DELIVERY.member_id),
                    ),
                ),
            ),
        )
        .with_for_update(of=_TABLES["delivery"], skip_locked=True)
    )


async def _rows(tx: Tx, query: Select[Any]) -> list[Row[Any]]:
    return list((await tx.execute(query)).all())
