"""Conversation state: the current step of each chat (docs/decisions/0015-the-step-is-a-row.md)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Insert, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col

from storage.conversation import numbered_choices
from storage.database import Tx, sealing
from storage.models import Step

SEARCH = "people.search"
"""The step of an officer's search for a member; its data contains the typed name."""
_DATA = "step.data"
_TABLE = SQLModel.metadata.tables[str(Step.__tablename__)]
# Built once, as every update runs them: building them for each call would cost twice as much.
_FIND = select(_TABLE.c.name, _TABLE.c.data_sealed).where(_TABLE.c.lookup == bindparam("chat"))
_CLEAR = delete(_TABLE).where(_TABLE.c.lookup == bindparam("chat"))


def _put(insert: postgresql.Insert | sqlite.Insert) -> Insert:
    return insert.on_conflict_do_update(
        index_elements=["lookup"],
        set_={column: insert.excluded[column] for column in ("name", "data_sealed", "updated_at")},
    )


_PUT_SQLITE, _PUT_POSTGRESQL = _put(sqlite.insert(_TABLE)), _put(postgresql.insert(_TABLE))


@dataclass(frozen=True)
class StepFound:
    """The current step of a chat, and the data entered so far."""

    name: str
    data: dict[str, Any]


class StoredStep(NamedTuple):
    """A step as it is stored."""

    name: str
    data_sealed: bytes


class ChatStep:
    """The step of one chat in one transaction, which reads it from the database at most once."""

    def __init__(self, tx: Tx, lookup: bytes) -> None:
        """`lookup` is the keyed hash of the chat."""
        self._tx = tx
        self._lookup = lookup
        self._is_read = False
        self._row: StoredStep | None = None

    def note_read(self, stored: StoredStep | None) -> None:
        """Takes over the step that another query of this transaction has read."""
        self._note(stored)

    async def find(self) -> StepFound | None:
        """The current step; None without one."""
        row = await self._read()
        if row is None:
            return None
        opened = sealing.opened(self._tx, _DATA, row.data_sealed, {"lookup": self._lookup})
        return StepFound(row.name, json.loads(opened))

    async def name(self) -> str:
        """The name of the current step, whose data stays sealed; empty without a step."""
        row = await self._read()
        return "" if row is None else row.name

    async def put(self, name: str, data: dict[str, Any]) -> None:
        """Sets the step; `data` must be serializable as JSON."""
        sealed = sealing.seal(self._tx, _DATA, json.dumps(data), {"lookup": self._lookup})
        row = {"lookup": self._lookup, "name": name, "data_sealed": sealed}
        await self._tx.execute(
            _PUT_POSTGRESQL if self._tx.on_postgresql else _PUT_SQLITE,
            {**row, "updated_at": self._tx.clock.now()},
        )
        self._note(StoredStep(name, sealed))

    async def clear(self) -> None:
        """Deletes the step, unless there is none."""
        if await self._read() is not None:
            await clear(self._tx, self._lookup)
        self._note(None)

    def forget(self) -> None:
        """Makes the next call read again: something else, such as a rollback, may have changed it."""
        self._is_read = False

    async def _read(self) -> StoredStep | None:
        if not self._is_read:
            found = (await self._tx.execute(_FIND, {"chat": self._lookup})).first()
            self._note(None if found is None else StoredStep(found.name, found.data_sealed))
        return self._row

    def _note(self, row: StoredStep | None) -> None:
        self._is_read, self._row = True, row


async def find(tx: Tx, lookup: bytes) -> StepFound | None:
    """The current step of a chat; None without one."""
    return await ChatStep(tx, lookup).find()


async def name_of(tx: Tx, lookup: bytes) -> str:
    """The name of the current step of a chat; empty without a step."""
    return await ChatStep(tx, lookup).name()


async def put(tx: Tx, lookup: bytes, name: str, data: dict[str, Any]) -> None:
    """Sets the step of a chat; `data` must be serializable as JSON."""
    await ChatStep(tx, lookup).put(name, data)


async def clear(tx: Tx, lookup: bytes) -> None:
    """Deletes the step of a chat."""
    await tx.execute(_CLEAR, {"chat": lookup})


async def delete_searches(tx: Tx) -> None:
    """Deletes all searches for members: one may contain the name of a member who leaves."""
    await tx.session.exec(delete(Step).where(col(Step.name) == SEARCH))


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes steps last changed, and lists of choices sent, before `before`; returns their number."""
    result = await tx.session.exec(delete(Step).where(col(Step.updated_at) < before))
    return result.rowcount + await numbered_choices.purge(tx, before)
