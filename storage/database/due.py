"""When something in the database is due, as SQL: one statement asks for many things at once.

Each module that keeps something until its time has a `first_due`, beside the query that takes what
is due and with the same condition. `scheduler.agenda` asks all of them, often: what they return is
built once, and `live` values are read whenever it is executed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, case, func, literal, select
from sqlalchemy.types import TypeEngine

from storage.database.engine import Tx
from storage.models.columns import UtcDateTime

Due = Sequence[ColumnElement[datetime]]
"""Moments, each NULL when it does not apply; the earliest of them is when something is due."""
ALREADY = datetime(1970, 1, 1, tzinfo=UTC)
"""When something is due that waits for no time."""


def live(
    value: Callable[[], object],
    kind: TypeEngine[Any] | type[TypeEngine[Any]] = UtcDateTime,
    *,
    is_list: bool = False,
) -> Any:
    """A value that is read when the statement is executed; a moment unless `kind` says otherwise."""
    return bindparam(None, callable_=value, type_=kind, expanding=is_list, unique=True)


def if_any(condition: ColumnElement[bool]) -> ColumnElement[datetime]:
    """Due already, if the condition holds."""
    return case((condition, literal(ALREADY, UtcDateTime)))


def earliest(column: Any, *conditions: ColumnElement[bool]) -> ColumnElement[datetime]:
    """The earliest moment of a column, in the rows that fulfil the conditions."""
    return select(func.min(column)).where(*conditions).scalar_subquery()


class Question:
    """The statement that asks when each of several things is due."""

    def __init__(self, dues: Mapping[str, Due]) -> None:
        self._names = [name for name, due in dues.items() for _ in due]
        moments = [moment for due in dues.values() for moment in due]
        self._statement: Executable = select(
            *(moment.label(f"due_{number}") for number, moment in enumerate(moments))
        )

    async def ask(self, tx: Tx) -> dict[str, datetime]:
        """When each is due; those that are never due are left out."""
        if not self._names:
            return {}
        row = (await tx.execute(self._statement)).one()
        found: dict[str, datetime] = {}
        for name, moment in zip(self._names, row, strict=True):
            if moment is not None:
                found[name] = min(moment, found.get(name, moment))
        return found
