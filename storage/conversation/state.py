"""Conversation state: the current step of each chat (docs/decisions/0015-the-step-is-a-row.md)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


async def find(tx: Tx, lookup: bytes) -> StepFound | None:
    """The current step of this chat; None without one."""
    row = (await tx.execute(_FIND, {"chat": lookup})).first()
    if row is None:
        return None
    return StepFound(
        row.name, json.loads(sealing.opened(tx, _DATA, row.data_sealed, {"lookup": lookup}))
    )


async def name_of(tx: Tx, lookup: bytes) -> str:
    """The name of the current step, whose data stays sealed; empty without a step."""
    row = (await tx.execute(_FIND, {"chat": lookup})).first()
    return "" if row is None else str(row.name)


async def put(tx: Tx, lookup: bytes, name: str, data: dict[str, Any]) -> None:
    """Sets the step of a chat; `data` must be serializable as JSON."""
    await tx.execute(
        _PUT_POSTGRESQL if tx.on_postgresql else _PUT_SQLITE,
        {
            "lookup": lookup,
            "name": name,
            "data_sealed": sealing.seal(tx, _DATA, json.dumps(data), {"lookup": lookup}),
            "updated_at": tx.clock.now(),
        },
    )


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
