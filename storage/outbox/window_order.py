"""The order of those whose messaging window ends first, for mailings that the officer sends so.

It is made anew for each claim and never stored, since it says when people last wrote.
"""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import SQLModel, and_

from storage.database import Tx, among
from storage.members import interactions
from storage.models import Lane
from storage.outbox import dispatch_order
from storage.outbox.messaging_window import WindowPhase
from storage.outbox.metering import Metering
from storage.outbox.priority import WINDOW_ENDS

_TABLES = SQLModel.metadata.tables
_CONTACT = _TABLES["contact"].c
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_NEVER = datetime.min.replace(tzinfo=UTC)


async def pick(metering: Metering, cheaper: Collection[str], tx: Tx, ids: list[int]) -> list[int]:
    """Replaces deliveries of such mailings by those of the same mailing whose windows end first."""
    chosen = await _chosen(tx, ids)
    counts = Counter(chosen.values())
    first = {
        number: iter(await _by_end(tx, metering, cheaper, number, limit=count))
        for number, count in counts.items()
    }
    picked = [next(first[chosen[one]], None) if one in chosen else one for one in ids]
    return [one for one in picked if one is not None]


async def _chosen(tx: Tx, ids: Collection[int]) -> dict[int, int]:
    """Delivery to its mailing, for those of a mailing that is sent in this order."""
    query = (
        select(_DELIVERY.id, _DELIVERY.mailing_id)
        .join(_TABLES["mailing"], _MAILING.id == _DELIVERY.mailing_id)
        .where(
            among(tx, _DELIVERY.id, ids),
            _MAILING.first == WINDOW_ENDS,
            _DELIVERY.lane == _MAILING.lane,
        )
    )
    rows = (await tx.execute(query)).all()
    return {row.id: row.mailing_id for row in rows}


async def _by_end(
    tx: Tx, metering: Metering, cheaper: Collection[str], mailing_id: int, *, limit: int
) -> list[int]:
    """Due deliveries of a mailing: those whose window ends first first, closed ones last."""
    now, messenger = tx.clock.now(), metering.messenger
    of_member = and_(_CONTACT.member_id == _DELIVERY.member_id, _CONTACT.messenger == messenger)
    query = (
        dispatch_order.due(now, messenger, cheaper, has_window=True)
        .join(_TABLES["contact"], of_member)
        .add_columns(*interactions.INTERACTION)
        .where(_DELIVERY.mailing_id == mailing_id, _DELIVERY.lane != Lane.MISSED)
    )
    ends: list[tuple[bool, datetime, int]] = []
    for row in (await tx.execute(query)).all():
        last = interactions.read(tx, row)
        is_closed = metering.window.phase(last, now) is WindowPhase.CLOSED
        ends.append((is_closed, last or _NEVER, row.id))
    return [number for *_, number in sorted(ends)[:limit]]
