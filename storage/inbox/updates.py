"""Stored updates (inbox): written before they are acknowledged, emptied with their effect.

The payload is emptied in the transaction of the effect, so an update has its effect exactly once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, Select, Subquery, Update
from sqlmodel import bindparam, case, col, exists, func, select, update

from storage.database import Tx, insert
from storage.database.due import Due, if_any
from storage.database.sealing import opened, seal
from storage.models import InboxUpdate, Suspicion

_PAYLOAD = "inboxupdate.payload"
# Built once, as every update runs it.
_EMPTY = (
    update(InboxUpdate)
    .where(
        col(InboxUpdate.id).in_(bindparam("update_ids", expanding=True)),
        col(InboxUpdate.handled_at).is_(None),
    )
    .values(
        payload_sealed=None,
        chat_lookup=None,
        slot=None,
        suspicion=None,
        handled_at=bindparam("now"),
    )
)
SLOTS = 4096
"""Number of slots: two chats seldom share one, and a slot does not identify a chat."""


@dataclass(frozen=True)
class NewUpdate:
    """A received update; `payload` is the adapter's form of it, as JSON."""

    messenger: str
    update_key: str
    chat: str | None
    payload: str
    album: str | None = None
    """The id of the album that it is a part of."""


@dataclass(frozen=True)
class WaitingUpdate:
    """An update that has had no effect yet."""

    id: int
    chat_lookup: bytes | None
    payload: str
    slot: int = 0
    """The slot whose lease it needs (`storage.inbox.chat_leases`)."""
    suspicion: Suspicion | None = None
    """Whether it may have crashed a process (`storage.inbox.poison_updates`)."""


async def put(tx: Tx, arrivals: Collection[NewUpdate]) -> None:
    """Stores updates; one with a known key (waiting, or handled lately) is ignored."""
    if not arrivals:
        return
    await tx.execute(
        insert(tx, InboxUpdate).on_conflict_do_nothing(),
        [_row(tx, arrival) for arrival in arrivals],
    )


def _row(tx: Tx, arrival: NewUpdate) -> dict[str, object]:
    chat = arrival.chat
    lookup = tx.vault.lookup("contact", arrival.messenger, chat) if chat else None
    key = {"messenger": arrival.messenger, "update_key": arrival.update_key}
    return {
        **key,
        "chat_lookup": lookup,
        "slot": crc32(lookup or arrival.update_key.encode()) % SLOTS,
        "album": arrival.album,
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
    """Unhandled updates: the oldest of every chat, then the second oldest of every chat, and so on.

    At most `per_chat` updates of a chat are returned, so one chat that sends many does not delay the
    others. `skip` are ids of updates that are being handled already.
    """
    places = _places()
    query = select(InboxUpdate).join(places, places.c.id == InboxUpdate.id)
    query = query.where(places.c.place <= per_chat)
    if skip:
        query = query.where(col(InboxUpdate.id).not_in(skip))
    if only_if is not None:
        query = query.where(only_if)
    query = query.order_by(places.c.place, col(InboxUpdate.id)).limit(limit)
    return [
        WaitingUpdate(
            row.id,
            row.chat_lookup,
            opened(tx, _PAYLOAD, row.payload_sealed, row),
            row.slot or 0,
            row.suspicion,
        )
        for row in await tx.all(query)
        if row.id is not None and row.payload_sealed is not None
    ]


def first_waiting() -> Due:
    """At once, if an update is unhandled, also one that is being handled."""
    return [if_any(exists().where(col(InboxUpdate.handled_at).is_(None)))]


def _places() -> Subquery:
    """Every unhandled update with its place in its chat's queue; one without a chat is first."""
    number, chat = col(InboxUpdate.id), col(InboxUpdate.chat_lookup)
    queue = (chat, case((chat.is_(None), number)))
    place = func.row_number().over(partition_by=queue, order_by=number).label("place")
    return select(number, place).where(col(InboxUpdate.handled_at).is_(None)).subquery()


def first_of_each_chat() -> Select[int | None]:
    """Ids of the oldest unhandled update of each chat: only these may be being handled."""
    places = _places()
    return select(places.c.id).where(places.c.place == 1)


async def take(tx: Tx, update_ids: Collection[int]) -> bool:
    """Empties the updates of one text or album in the transaction of its effect.

    False, and no change, when one of them was emptied already.
    """
    if len(update_ids) > 1 and not await _lock_all(tx, update_ids):
        return False
    return await _empty(tx, _EMPTY, update_ids) == len(update_ids)


async def _lock_all(tx: Tx, update_ids: Collection[int]) -> bool:
    """Locks several updates in the order of their ids; False when one was emptied already."""
    waiting = col(InboxUpdate.id).in_(update_ids), col(InboxUpdate.handled_at).is_(None)
    locked = select(InboxUpdate.id).where(*waiting).order_by(col(InboxUpdate.id)).with_for_update()
    return len(await tx.all(locked)) == len(update_ids)


async def _empty(tx: Tx, statement: Update, update_ids: Collection[int]) -> int:
    """Empties those of these updates that wait; returns their number."""
    values = {"update_ids": list(update_ids), "now": tx.clock.now()}
    return (await tx.execute(statement, values)).rowcount


async def has_handled_part(tx: Tx, messenger: str, album: str, besides: Collection[int]) -> bool:
    """Whether a part of this album had its effect already, other than those of `besides`."""
    query = select(InboxUpdate.id).where(
        InboxUpdate.album == album,
        InboxUpdate.messenger == messenger,
        col(InboxUpdate.handled_at).is_not(None),
        col(InboxUpdate.id).not_in(besides),
    )
    return await tx.first(query.limit(1)) is not None


async def skip(tx: Tx, update_ids: Collection[int]) -> None:
    """Empties updates that have no effect: those of a flood, and unreadable ones."""
    await _empty(tx, _EMPTY.values(album=None), update_ids)


async def oldest(tx: Tx) -> datetime | None:
    """When the oldest unhandled update was received; None when there is none."""
    query = select(InboxUpdate.received_at).where(col(InboxUpdate.handled_at).is_(None))
    return await tx.first(query.order_by(col(InboxUpdate.id)).limit(1))
