"""The step a person is at, one for each chat (decision 2)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from storage import choices, sealing
from storage.engine import Tx
from storage.models import Step

SEARCH = "people.search"
"""The step in which an officer looks for somebody: it holds the name that was typed."""
_DATA = "step.data"


@dataclass(frozen=True)
class StepFound:
    """Where a person is, and what they have said so far."""

    name: str
    data: dict[str, Any]


async def find(tx: Tx, lookup: bytes) -> StepFound | None:
    """The step this chat is at."""
    row = await tx.session.get(Step, lookup)
    if row is None:
        return None
    return StepFound(row.name, json.loads(sealing.opened(tx, _DATA, row.data_sealed, row)))


async def put(tx: Tx, lookup: bytes, name: str, data: dict[str, Any]) -> None:
    """Moves the chat to a step; `data` is anything JSON can carry."""
    row = Step(
        lookup=lookup,
        name=name,
        data_sealed=sealing.seal(tx, _DATA, json.dumps(data), {"lookup": lookup}),
        updated_at=tx.clock.now(),
    )
    await tx.session.merge(row)
    await tx.session.flush()


async def clear(tx: Tx, lookup: bytes) -> None:
    """The chat is at no step any more."""
    await tx.session.exec(delete(Step).where(col(Step.lookup) == lookup))


async def forget_searches(tx: Tx) -> None:
    """Nobody's search for a person is kept any more: one of them may hold the name of who goes."""
    await tx.session.exec(delete(Step).where(col(Step.name) == SEARCH))


async def purge(tx: Tx, before: datetime) -> int:
    """Forgets steps untouched, and choices offered, since `before`; returns how many."""
    result = await tx.session.exec(delete(Step).where(col(Step.updated_at) < before))
    return result.rowcount + await choices.purge(tx, before)
