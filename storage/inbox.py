"""Updates on their way in: written before they are acknowledged, emptied with their effect."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from storage.engine import Tx
from storage.models import InboxUpdate

_PAYLOAD = "inbox.payload"


@dataclass(frozen=True)
class Arrival:
    """An update as it comes in; `payload` is what the adapter made of it, as JSON."""

    messenger: str
    update_key: str
    chat: str | None
    payload: str


@dataclass(frozen=True)
class Waiting:
    """An update that has had no effect yet."""

    id: int
    chat_lookup: bytes | None
    payload: str


async def put(tx: Tx, arrivals: Collection[Arrival]) -> None:
    """Writes updates down; one that is already there (or was handled lately) stays as it is."""
    if not arrivals:
        return
    insert = postgresql.insert if tx.on_postgresql else sqlite.insert
    rows = [_row(tx, arrival) for arrival in arrivals]
    connection = await tx.session.connection()
    await connection.execute(insert(InboxUpdate).on_conflict_do_nothing(), rows)


def _row(tx: Tx, arrival: Arrival) -> dict[str, object]:
    chat = arrival.chat
    return {
        "messenger": arrival.messenger,
        "update_key": arrival.update_key,
        "chat_lookup": tx.vault.lookup("contact", arrival.messenger, chat) if chat else None,
        "payload_sealed": tx.vault.seal(_PAYLOAD, arrival.payload),
        "received_at": tx.clock.now(),
    }


async def waiting(tx: Tx, *, limit: int, skip: Collection[int] = ()) -> list[Waiting]:
    """The oldest updates without an effect, in the order they came; `skip` are in hand already."""
    query = select(InboxUpdate).where(col(InboxUpdate.handled_at).is_(None))
    if skip:
        query = query.where(col(InboxUpdate.id).not_in(skip))
    rows = await tx.session.exec(query.order_by(col(InboxUpdate.id)).limit(limit))
    return [
        Waiting(row.id, row.chat_lookup, tx.vault.open(_PAYLOAD, row.payload_sealed))
        for row in rows.all()
        if row.id is not None and row.payload_sealed is not None
    ]


async def take(tx: Tx, update_id: int) -> bool:
    """Empties one update in the transaction of its effect; False when another did that already."""
    query = select(InboxUpdate).where(
        InboxUpdate.id == update_id, col(InboxUpdate.handled_at).is_(None)
    )
    row = (await tx.session.exec(query.with_for_update())).first()
    if row is None:
        return False
    row.payload_sealed = None
    row.chat_lookup = None
    row.handled_at = tx.clock.now()
    await tx.session.flush()
    return True


async def oldest(tx: Tx) -> datetime | None:
    """Since when the longest waiting update waits; None when none does."""
    query = select(InboxUpdate.received_at).where(col(InboxUpdate.handled_at).is_(None))
    return (await tx.session.exec(query.order_by(col(InboxUpdate.id)).limit(1))).first()


async def purge(tx: Tx, before: datetime) -> int:
    """Forgets the keys of updates handled before `before`; returns how many."""
    handled_before = col(InboxUpdate.handled_at) < before
    return (await tx.session.exec(delete(InboxUpdate).where(handled_before))).rowcount
