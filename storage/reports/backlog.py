"""Backlogs for /metrics: number and age of waiting updates, deliveries and cases, and leases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import SQLModel

from storage.cases.cases import OPEN
from storage.cases.queue import BEGUN_ON
from storage.database import Tx, batch_clock
from storage.models import CaseState, DeliveryState, Lane
from storage.outbox.dispatch_order import OPEN_ROWS

_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_INBOX = _TABLES["inboxupdate"].c
_CASE = _TABLES["case"].c
_LEASE = _TABLES["lease"].c


@dataclass(frozen=True)
class Backlog:
    """Number of waiting items, and for how many seconds the oldest has been due."""

    count: int
    age_s: float


@dataclass(frozen=True)
class LeaseState:
    """Whether a named lease is held now, and its term (fencing number)."""

    term: int
    is_held: bool


async def updates(tx: Tx) -> Backlog:
    """Updates that are not handled yet."""
    query = select(func.count(), func.min(_INBOX.received_at)).where(_INBOX.handled_at.is_(None))
    count, first = (await tx.execute(query)).one()
    return _waiting(tx, count, first)


async def deliveries(tx: Tx) -> Mapping[tuple[DeliveryState, Lane], Backlog]:
    """Unfinished deliveries, paused ones included, by state and lane; empty groups are left out."""
    query = select(_DELIVERY.state, _DELIVERY.lane, func.count(), func.min(_DELIVERY.not_before))
    groups = _DELIVERY.state, _DELIVERY.lane
    query = query.where(OPEN_ROWS).group_by(*groups).order_by(*groups)
    return {
        (DeliveryState(state), Lane(lane)): _waiting(tx, count, first)
        for state, lane, count, first in await tx.execute(query)
    }


async def cases(tx: Tx, timezone: ZoneInfo) -> Mapping[tuple[CaseState, int], int]:
    """Number of open cases by state and by age in days, of a reopened one since then."""
    query = select(_CASE.state, BEGUN_ON, func.count()).where(
        _CASE.state.in_(OPEN), batch_clock.shown_cases(tx)
    )
    # Sorted: the database's own order would reveal which case was written last.
    groups = _CASE.state, BEGUN_ON
    rows = await tx.execute(query.group_by(*groups).order_by(*groups))
    today = tx.clock.now().astimezone(timezone).date()
    return {(CaseState(state), max(0, (today - on).days)): count for state, on, count in rows}


async def leaders(tx: Tx) -> Mapping[str, LeaseState]:
    """The state of every named lease, by its name."""
    query = select(_LEASE.name, _LEASE.term, _LEASE.until, _LEASE.holder)
    query = query.order_by(_LEASE.name)
    rows = await tx.execute(query)
    now = tx.clock.now()
    return {
        name: LeaseState(term, bool(holder) and until > now) for name, term, until, holder in rows
    }


def _waiting(tx: Tx, count: int, first: datetime | None) -> Backlog:
    return Backlog(count, max(0.0, (tx.clock.now() - first).total_seconds() if first else 0.0))
