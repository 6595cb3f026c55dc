"""Resends an announcement to members who have no copy, and never to a member who has one.

Each member has at most one row of the mailing, so a copy is known by the row.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlmodel import SQLModel

from storage.database import Tx, id_of
from storage.models import DeliveryState, Mailing, MemberState
from storage.outbox import mailings
from storage.outbox.deliveries import transition
from storage.outbox.eligibility import agreed, reachable
from storage.outbox.recipients import audience

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MEMBER = _TABLES["member"].c
_MISSED = frozenset({_S.FAILED, _S.GONE, _S.CANCELLED})
"""Final states of a delivery that certainly did not arrive."""


async def count_newcomers(tx: Tx, mailing: Mailing) -> int:
    """Number of members who would get it now and have no delivery: they joined or agreed since."""
    has_row = exists().where(_DELIVERY.mailing_id == mailing.id, _DELIVERY.member_id == _MEMBER.id)
    # First, since it excludes almost everybody: SQLite evaluates conditions in this order.
    return await _count(tx, _MEMBER.id, ~has_row.correlate(_TABLES["member"]), *audience(mailing))


async def count_missed(tx: Tx, mailing: Mailing) -> int:
    """Number of members whose delivery failed and who can be reached now."""
    return await _count(tx, _DELIVERY.id, _DELIVERY.state.in_(_MISSED), _can_have_it_now(mailing))


async def send_to_newcomers(tx: Tx, mailing: Mailing) -> bool:
    """Reopens the mailing to add members without a delivery; False while it is being sent."""
    return await mailings.reopen(tx, id_of(mailing), anew=True)


async def send_to_missed(tx: Tx, mailing: Mailing) -> int:
    """Queues failed deliveries again; returns their number, 0 while it is being sent."""
    if not await mailings.reopen(tx, id_of(mailing), anew=False):
        return 0
    reset = {
        "lane": mailing.lane,
        "messenger": None,
        "chat_sealed": None,
        "body_sealed": None,
        "not_before": tx.clock.now(),
        "attempts": 0,
        "claimed_by": None,
        "lease_until": None,
        "reason": None,
    }
    return len(await transition(tx, None, _S.QUEUED, _MISSED, _can_have_it_now(mailing), **reset))


def _can_have_it_now(mailing: Mailing) -> ColumnElement[bool]:
    conditions = [
        _DELIVERY.mailing_id == mailing.id,
        exists()
        .where(and_(_MEMBER.id == _DELIVERY.member_id, _MEMBER.state == MemberState.ACTIVE))
        .correlate(_TABLES["delivery"]),
        reachable(_DELIVERY.member_id),
    ]
    if mailing.purpose is not None:
        conditions.append(agreed(_DELIVERY.member_id, mailing.purpose))
    return and_(*conditions)


async def _count(tx: Tx, of: Any, *conditions: ColumnElement[bool]) -> int:
    return int((await tx.execute(select(func.count(of)).where(*conditions))).scalar_one())
