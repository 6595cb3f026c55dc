"""Chat leases: which process handles which chats, where several share one inbox.

Chats are hashed to slots, and a lease is for a slot, not for single updates. A process keeps the lease
until its replies have left, so updates of one chat are handled in order by one process at a time, and
those of different chats concurrently. The lease of a dead process expires.

A process that ends cleanly gives its leases back. One that takes over an expired lease learns from it
that the holder ended uncleanly, and marks the updates that wait there as suspected of the crash
(`storage.inbox.poison_updates`). A process that has the whole inbox to itself has one lease for it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, col, select, update

from storage.database import Tx, insert
from storage.database.leases import is_over
from storage.inbox import poison_updates, updates
from storage.inbox.poison_updates import Event
from storage.inbox.updates import WaitingUpdate
from storage.models import InboxUpdate

LENGTH = timedelta(seconds=15)
"""Length of a lease; a live process renews it."""
_WHOLE = -1
"""The slot of all updates, for a process that shares them with nobody."""
_LEASES = SQLModel.metadata.tables["chatslotlease"]


@dataclass(frozen=True)
class Capacity:
    """How many more updates a process can handle."""

    limit: int
    per_chat: int
    in_hand: Collection[int] = ()
    """Ids of updates that it has already."""


async def take(
    tx: Tx,
    holder: str,
    capacity: Capacity,
    *,
    keep: Collection[int] = (),
    done: Collection[int] = (),
) -> list[WaitingUpdate]:
    """Takes leases; returns updates, chosen by `updates.waiting`, whose slots the holder has now.

    `keep` are slots whose leases are renewed, `done` slots whose leases are given back.
    """
    waiting = await _waiting(tx, holder, capacity) if capacity.limit else []
    wanted = {one.slot for one in waiting} | set(keep)
    before = await _write(tx, holder, wanted, set(done) - wanted)
    if abandoned := {slot for slot, previous in before.items() if previous not in ("", holder)}:
        await poison_updates.suspect(tx, abandoned)
    return _suspected([one for one in waiting if one.slot in before], abandoned)


def _suspected(waiting: Sequence[WaitingUpdate], abandoned: Collection[int]) -> list[WaitingUpdate]:
    """Marks the first update of each chat in abandoned slots, as `poison_updates.suspect` does."""
    firsts = {
        one.chat_lookup or one.id: one.id for one in reversed(waiting) if one.slot in abandoned
    }
    return [
        replace(one, suspicion=poison_updates.after(Event.ENDED_UNCLEANLY, one.suspicion))
        if one.id in firsts.values() or (one.suspicion and one.slot in abandoned)
        else one
        for one in waiting
    ]


async def take_exclusive(tx: Tx, holder: str) -> None:
    """Takes the whole inbox without waiting: no other process uses it."""
    before = await _put(tx, [_row(_WHOLE, holder, tx.clock.now())], only_if=None)
    if before[_WHOLE][1] not in ("", holder):
        await poison_updates.suspect(tx)


async def give_back_exclusive(tx: Tx, holder: str) -> None:
    """Gives the whole inbox back when its process ends cleanly."""
    is_holder = (_LEASES.c.slot == _WHOLE) & (_LEASES.c.holder == holder)
    await tx.execute(update(_LEASES).where(is_holder).values(holder=""))


async def _waiting(tx: Tx, holder: str, capacity: Capacity) -> list[WaitingUpdate]:
    others_slots = select(_LEASES.c.slot).where(
        _LEASES.c.holder.not_in(("", holder)), ~_is_over(tx)
    )
    return await updates.waiting(
        tx,
        limit=capacity.limit,
        per_chat=capacity.per_chat,
        skip=capacity.in_hand,
        only_if=col(InboxUpdate.slot).not_in(others_slots),
    )


async def _write(
    tx: Tx, holder: str, wanted: Collection[int], done: Collection[int]
) -> dict[int, str]:
    """Takes, renews and gives back leases; returns the holder's slots with the previous holder of each.

    One statement writes the rows in the order of slots, so two processes never deadlock.
    """
    now = tx.clock.now()
    taken = {slot: _row(slot, holder, now + LENGTH) for slot in wanted}
    given_back = {slot: _row(slot, "", now) for slot in done}
    if not (rows := [row for _, row in sorted((taken | given_back).items())]):
        return {}
    changed = await _put(tx, rows, only_if=(_LEASES.c.holder == holder) | _is_over(tx))
    return {slot: previous for slot, (present, previous) in changed.items() if present == holder}


def _row(slot: int, holder: str, until: datetime) -> dict[str, object]:
    return {"slot": slot, "holder": holder, "before": "", "until": until}


async def _put(
    tx: Tx, rows: Collection[dict[str, object]], *, only_if: ColumnElement[bool] | None
) -> dict[int, tuple[str, str]]:
    """Writes leases; returns the present and the previous holder of each slot that was written."""
    statement = insert(tx, _LEASES).values(list(rows))
    given = {
        "holder": statement.excluded.holder,
        "before": _LEASES.c.holder,
        "until": statement.excluded.until,
    }
    statement = statement.on_conflict_do_update(index_elements=["slot"], set_=given, where=only_if)
    changed = await tx.execute(
        statement.returning(_LEASES.c.slot, _LEASES.c.holder, _LEASES.c.before)
    )
    return {slot: (holder, before) for slot, holder, before in changed.all()}


def _is_over(tx: Tx) -> ColumnElement[bool]:
    return is_over(_LEASES.c.until, tx.clock.now(), LENGTH)
