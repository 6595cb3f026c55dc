"""Updates on their way in: written before they are acknowledged, emptied with their effect."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, Select, Subquery, case, delete, func, update
from sqlmodel import col, select

from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.database.sealing import opened, seal
from storage.models import InboxUpdate, Suspicion

_PAYLOAD = "inboxupdate.payload"
SLOTS = 4096
"""So many that two chats seldom share one, so few that one names nobody."""


@dataclass(frozen=True)
class NewUpdate:
    """An update as it comes in; `payload` is what the adapter made of it, as JSON."""

    messenger: str
    update_key: str
    chat: str | None
    payload: str


@dataclass(frozen=True)
class WaitingUpdate:
    """An update that has had no effect yet."""

    id: int
    chat_lookup: bytes | None
    payload: str
    slot: int = 0
    """Which of the turns it goes by (`storage.inbox.chat_leases`)."""
    suspicion: Suspicion | None = None
    """What is held against it (`storage.inbox.poison_updates`)."""


async def put(tx: Tx, arrivals: Collection[NewUpdate]) -> None:
    """Writes updates down; one that is already there (or was handled lately) stays as it is."""
    if not arrivals:
        return
    rows = [_row(tx, arrival) for arrival in arrivals]
    await tx.execute(insert(tx, InboxUpdate).on_conflict_do_nothing(), rows)


def _row(tx: Tx, arrival: NewUpdate) -> dict[str, object]:
    chat = arrival.chat
    lookup = tx.vault.lookup("contact", arrival.messenger, chat) if chat else None
    key = {"messenger": arrival.messenger, "update_key": arrival.update_key}
    return {
        **key,
        "chat_lookup": lookup,
        "slot": crc32(lookup or arrival.update_key.encode()) % SLOTS,
        "payload_sealed": seal(tx, _PAYLOAD, arrival.payload, key),
        "received_at": tx.clock.now(),
    }


async def waiting(
    tx: Tx,
    *,
    limit: int,
    per_chat: int,
    skip: Collection[int] = (),
    only_if: ColumnElement[bool] | None = None,
) -> list[WaitingUpdate]:
    """Updates without an effect: every chat's oldest, then every chat's second oldest, and so on.

    However many one chat has sent, no more than `per_chat` of it are in hand at a time, and nobody
    waits behind them. `skip` are in hand already.
    """
    turn = _turn()
    query = select(InboxUpdate).join(turn, turn.c.id == InboxUpdate.id)
    query = query.where(turn.c.place <= per_chat)
    if skip:
        query = query.where(col(InboxUpdate.id).not_in(skip))
    if only_if is not None:
        query = query.where(only_if)
    query = query.order_by(turn.c.place, col(InboxUpdate.id)).limit(limit)
    rows = await tx.session.exec(query)
    return [
        WaitingUpdate(
            row.id,
            row.chat_lookup,
            opened(tx, _PAYLOAD, row.payload_sealed, row),
            row.slot or 0,
            row.suspicion,
        )
        for row in rows.all()
        if row.id is not None and row.payload_sealed is not None
    ]


def _turn() -> Subquery:
    """Every waiting update and its place in its chat's line; what is of no chat stands alone."""
    number, chat = col(InboxUpdate.id), col(InboxUpdate.chat_lookup)
    line = (chat, case((chat.is_(None), number)))
    place = func.row_number().over(partition_by=line, order_by=number).label("place")
    return select(number, place).where(col(InboxUpdate.handled_at).is_(None)).subquery()


def first_of_each_chat() -> Select[int | None]:
    """The ids of the updates that may be having their effect: those of one chat have it in order."""
    turn = _turn()
    return select(turn.c.id).where(turn.c.place == 1)


async def take(tx: Tx, update_ids: Collection[int]) -> bool:
    """Empties the updates of one text in the transaction of its effect.

    False, and all stay as they are, when another emptied one of them already.
    """
    waiting = col(InboxUpdate.id).in_(update_ids), col(InboxUpdate.handled_at).is_(None)
    query = select(InboxUpdate).where(*waiting).order_by(col(InboxUpdate.id))
    rows = (await tx.session.exec(query.with_for_update())).all()
    if len(rows) != len(update_ids):
        return False
    for row in rows:
        row.payload_sealed = None
        row.chat_lookup = row.slot = row.suspicion = None
        row.handled_at = tx.clock.now()
    await tx.session.flush()
    return True


async def skip(tx: Tx, update_ids: Collection[int]) -> None:
    """Empties updates that have no effect: those of a flood, and what cannot be read."""
    left = update(InboxUpdate).where(
        col(InboxUpdate.id).in_(update_ids), col(InboxUpdate.handled_at).is_(None)
    )
    await tx.session.exec(
        left.values(
            payload_sealed=None,
            chat_lookup=None,
            slot=None,
            suspicion=None,
            handled_at=tx.clock.now(),
        )
    )


async def oldest(tx: Tx) -> datetime | None:
    """Since when the longest waiting update waits; None when none does."""
    query = select(InboxUpdate.received_at).where(col(InboxUpdate.handled_at).is_(None))
    return (await tx.session.exec(query.order_by(col(InboxUpdate.id)).limit(1))).first()


async def purge(tx: Tx, before: datetime) -> int:
    """Forgets the keys of updates handled before `before`; returns how many."""
    handled_before = col(InboxUpdate.handled_at) < before
    return (await tx.session.exec(delete(InboxUpdate).where(handled_before))).rowcount
