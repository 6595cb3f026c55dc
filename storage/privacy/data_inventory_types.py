"""How rows are tied to a member: by a number, a chat, or through another row that is theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the tables)

TABLES = SQLModel.metadata.tables


class ErasureAction(StrEnum):
    """What an erasure does with the rows."""

    DELETED = "deleted"
    UNLINKED = "unlinked"
    """They stay to be counted or read by others, and say nothing of whom."""
    NAMELESS = "nameless"
    """They stay as they are: the random number in them is nobody's any more."""


@dataclass(frozen=True)
class DataSubject:
    """One member, by everything that rows can be theirs by."""

    member_id: int
    actor: int
    chats: tuple[bytes, ...]
    """Keyed hashes of their chats."""
    allowance_lookup: bytes
    """The keyed hash under which their flags of an hour are counted."""


Whose = Callable[[DataSubject], ColumnElement[bool]]


@dataclass(frozen=True)
class InventoryEntry:
    """Rows of one table that are about a member."""

    name: str
    """What sentences call it."""
    table: Table
    link_columns: tuple[str, ...]
    """The columns that tie a row to the person; nothing to show, but to be cut."""
    row_filter: Whose
    """Which rows are this person's."""
    exported_columns: tuple[str, ...]
    """Columns the member gets to see, in this order."""
    action: ErasureAction
    also_blank: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    """What the member sees beside, of rows that these point to."""
    blank_on_erase: Mapping[str, Any] = field(default_factory=dict)
    """What an erasure writes over the words in rows that stay."""


def plain_name(column: str) -> str:
    """The name of what is in a column once it is open."""
    return column.removesuffix("_sealed")


def inventory_entry(
    name: str,
    ties: str,
    shows: str,
    fate: ErasureAction = ErasureAction.DELETED,
    *,
    table: str = "",
    whose: Whose | None = None,
    also: Mapping[str, ColumnElement[Any]] | None = None,
    empties: Mapping[str, Any] | None = None,
) -> InventoryEntry:
    """Columns are given as words; unless `whose` says more, the first tie is the member's number."""
    table = table or name
    columns = tuple(ties.split())
    return InventoryEntry(
        name=name,
        table=TABLES[table],
        link_columns=columns,
        row_filter=whose or (lambda person: TABLES[table].c[columns[0]] == person.member_id),
        exported_columns=tuple(shows.split()),
        action=fate,
        also_blank=also or {},
        blank_on_erase=empties or {},
    )


def of_chat(table: str, column: str) -> Whose:
    """Rows kept by the hash of a chat."""
    return lambda person: TABLES[table].c[column].in_(person.chats)


def via_foreign_key(table: str, column: str, target: str) -> Whose:
    """Rows that point to one of the person's in `target`."""
    there = TABLES[target].c
    return lambda person: (
        TABLES[table].c[column].in_(select(there.id).where(there.member_id == person.member_id))
    )


def referenced_value(table: str, column: str, target: str, wanted: str) -> ColumnElement[Any]:
    """What stands in the row that `column` points to."""
    there = TABLES[target].alias()
    found = select(there.c[wanted]).where(there.c.id == TABLES[table].c[column])
    return found.correlate(TABLES[table]).scalar_subquery()


def announcement_of(table: str) -> Mapping[str, ColumnElement[Any]]:
    """The number of the announcement that these rows are about."""
    return {"announcement": TABLES[table].c.announcement_id}
