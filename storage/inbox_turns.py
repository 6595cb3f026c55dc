"""Which process answers whom, where several share one inbox.

A process takes the turn of a chat, not single updates, and keeps it until its answers have left: so
one member's messages are handled in order by one process at a time, and different members' side by
side. Turns are rows for slots that chats fall into. One that a dead process held runs out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, col, select

from storage import inbox
from storage.dialect import insert
from storage.engine import Tx
from storage.inbox import Waiting
from storage.leases import is_over
from storage.models import InboxUpdate

LENGTH = timedelta(seconds=15)
"""How long a process that fell silent keeps its turns; one that lives renews them."""
_TURN = SQLModel.metadata.tables["inboxturn"]


@dataclass(frozen=True)
class Room:
    """How much more a process can take in hand."""

    limit: int
    per_chat: int
    in_hand: Collection[int] = ()
    """Updates it has already."""


async def take(
    tx: Tx, holder: str, room: Room, *, keep: Collection[int] = (), done: Collection[int] = ()
) -> list[Waiting]:
    """Updates, as `inbox.waiting` chooses them, whose turns are the holder's from now on.

    `keep` are slots whose turns it goes on with, `done` slots whose turns it gives back.
    """
    found = await _found(tx, holder, room) if room.limit else []
    wanted = {one.slot for one in found} | set(keep)
    mine = await _write(tx, holder, wanted, set(done) - wanted)
    return [one for one in found if one.slot in mine]


async def _found(tx: Tx, holder: str, room: Room) -> list[Waiting]:
    theirs = select(_TURN.c.slot).where(_TURN.c.holder.not_in(("", holder)), ~_is_over(tx))
    return await inbox.waiting(
        tx,
        limit=room.limit,
        per_chat=room.per_chat,
        skip=room.in_hand,
        only_if=col(InboxUpdate.slot).not_in(theirs),
    )


async def _write(
    tx: Tx, holder: str, wanted: Collection[int], done: Collection[int]
) -> Collection[int]:
    """Takes, keeps and gives back in one statement, in the order of slots: so no two processes wait
    for each other. Returns whose turns are the holder's."""
    now = tx.clock.now()
    mine = {slot: {"slot": slot, "holder": holder, "until": now + LENGTH} for slot in wanted}
    free = {slot: {"slot": slot, "holder": "", "until": now} for slot in done}
    if not (rows := [row for _, row in sorted((mine | free).items())]):
        return ()
    statement = insert(tx, _TURN).values(rows)
    given = {"holder": statement.excluded.holder, "until": statement.excluded.until}
    may = (_TURN.c.holder == holder) | _is_over(tx)
    statement = statement.on_conflict_do_update(index_elements=["slot"], set_=given, where=may)
    connection = await tx.session.connection()
    changed = await connection.execute(statement.returning(_TURN.c.slot, _TURN.c.holder))
    return {slot for slot, whose in changed.all() if whose == holder}


def _is_over(tx: Tx) -> ColumnElement[bool]:
    return is_over(_TURN.c.until, tx.clock.now(), LENGTH)
