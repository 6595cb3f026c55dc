"""Which process answers whom, where several share one inbox.

A process takes the turn of a chat, not single updates, and keeps it until its answers have left: so
one member's messages are handled in order by one process at a time, and different members' side by
side. Turns are rows for slots that chats fall into. One that a dead process held runs out.

A process that ends cleanly gives its turns back. Who takes over one that was not given back learns
from it that its holder ended uncleanly, and writes down that what waits there is suspected of it. Where
one process has the whole inbox to itself, that is one turn.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import SQLModel, col, select

from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.database.leases import is_over
from storage.inbox import poison_updates, updates
from storage.inbox.poison_updates import Event
from storage.inbox.updates import WaitingUpdate
from storage.models import InboxUpdate

LENGTH = timedelta(seconds=15)
"""How long a process that fell silent keeps its turns; one that lives renews them."""
_WHOLE = -1
"""The slot of all updates, for a process that shares them with nobody."""
_TURN = SQLModel.metadata.tables["inboxturn"]


@dataclass(frozen=True)
class Capacity:
    """How much more a process can take in hand."""

    limit: int
    per_chat: int
    in_hand: Collection[int] = ()
    """Updates it has already."""


async def take(
    tx: Tx, holder: str, room: Capacity, *, keep: Collection[int] = (), done: Collection[int] = ()
) -> list[WaitingUpdate]:
    """Updates, as `inbox.waiting` chooses them, whose turns are the holder's from now on.

    `keep` are slots whose turns it goes on with, `done` slots whose turns it gives back.
    """
    found = await _found(tx, holder, room) if room.limit else []
    wanted = {one.slot for one in found} | set(keep)
    before = await _write(tx, holder, wanted, set(done) - wanted)
    if left := {slot for slot, whose in before.items() if whose not in ("", holder)}:
        await poison_updates.suspect(tx, left)
    return _suspected([one for one in found if one.slot in before], left)


def _suspected(found: Sequence[WaitingUpdate], left: Collection[int]) -> list[WaitingUpdate]:
    """As `suspects.suspect` has written down: the first of each chat in the slots that were left."""
    firsts = {one.chat_lookup or one.id: one.id for one in reversed(found) if one.slot in left}
    return [
        replace(one, suspicion=poison_updates.after(Event.ENDED_UNCLEANLY, one.suspicion))
        if one.id in firsts.values() or (one.suspicion and one.slot in left)
        else one
        for one in found
    ]


async def take_exclusive(tx: Tx, holder: str) -> None:
    """Takes everything, without waiting: whoever had it before is not there any more."""
    rows = [_row(_WHOLE, holder, tx.clock.now())]
    before = await _put(tx, rows, only_if=None)
    if before[_WHOLE][1] not in ("", holder):
        await poison_updates.suspect(tx)


async def give_back_exclusive(tx: Tx, holder: str) -> None:
    """The process that had everything ends cleanly."""
    mine = (_TURN.c.slot == _WHOLE) & (_TURN.c.holder == holder)
    await tx.execute(update(_TURN).where(mine).values(holder=""))


async def _found(tx: Tx, holder: str, room: Capacity) -> list[WaitingUpdate]:
    theirs = select(_TURN.c.slot).where(_TURN.c.holder.not_in(("", holder)), ~_is_over(tx))
    return await updates.waiting(
        tx,
        limit=room.limit,
        per_chat=room.per_chat,
        skip=room.in_hand,
        only_if=col(InboxUpdate.slot).not_in(theirs),
    )


async def _write(
    tx: Tx, holder: str, wanted: Collection[int], done: Collection[int]
) -> dict[int, str]:
    """Takes, keeps and gives back in one statement, in the order of slots: so no two processes wait
    for each other. Returns whose turns are the holder's, and whose each was before."""
    now = tx.clock.now()
    mine = {slot: _row(slot, holder, now + LENGTH) for slot in wanted}
    free = {slot: _row(slot, "", now) for slot in done}
    if not (rows := [row for _, row in sorted((mine | free).items())]):
        return {}
    changed = await _put(tx, rows, only_if=(_TURN.c.holder == holder) | _is_over(tx))
    return {slot: before for slot, (whose, before) in changed.items() if whose == holder}


def _row(slot: int, holder: str, until: datetime) -> dict[str, object]:
    return {"slot": slot, "holder": holder, "before": "", "until": until}


async def _put(
    tx: Tx, rows: Collection[dict[str, object]], *, only_if: ColumnElement[bool] | None
) -> dict[int, tuple[str, str]]:
    """Writes turns; returns whose those are that were written, and whose they were before."""
    statement = insert(tx, _TURN).values(list(rows))
    given = {
        "holder": statement.excluded.holder,
        "before": _TURN.c.holder,
        "until": statement.excluded.until,
    }
    statement = statement.on_conflict_do_update(index_elements=["slot"], set_=given, where=only_if)
    changed = await tx.execute(statement.returning(_TURN.c.slot, _TURN.c.holder, _TURN.c.before))
    return {slot: (holder, before) for slot, holder, before in changed.all()}


def _is_over(tx: Tx) -> ColumnElement[bool]:
    return is_over(_TURN.c.until, tx.clock.now(), LENGTH)
