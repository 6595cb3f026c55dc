"""The vocabulary of the data inventory: how rows are linked to a member, and what erasure does.

A row is linked by the member's id, by the keyed hash of a chat, or by another row of the member.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlmodel import SQLModel

import storage.models  # noqa: F401  (fills the tables)
from storage.announcements.references import label_column

TABLES = SQLModel.metadata.tables


class ErasureAction(StrEnum):
    """What an erasure does with the rows."""

    DELETED = "deleted"
    UNLINKED = "unlinked"
    """The rows stay for statistics or other readers; their link columns become NULL."""
    NAMELESS = "nameless"
    """The rows stay unchanged; the member gets a new random number, so that theirs matches nobody."""


@dataclass(frozen=True)
class DataSubject:
    """One member, with all values that link rows to them."""

    member_id: int
    actor: int
    chats: tuple[bytes, ...]
    """Keyed hashes of their chats."""
    allowance_lookup: bytes
    """Primary key of their `FlagAllowance`."""


RowFilter = Callable[[DataSubject], ColumnElement[bool]]


@dataclass(frozen=True)
class InventoryEntry:
    """Rows of one table that are about a member."""

    name: str
    """Its name in message ids (`data-table-<name>`) and in the JSON export."""
    table: Table
    link_columns: tuple[str, ...]
    """Columns that link a row to the person; not exported, and set to NULL to unlink it."""
    row_filter: RowFilter
    """The condition that selects the person's rows."""
    exported_columns: tuple[str, ...]
    """Columns that are exported to the member, in this order."""
    action: ErasureAction
    also_shown: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    """Name to value of referenced rows that are exported as well."""
    blank_on_erase: Mapping[str, Any] = field(default_factory=dict)
    """Column to the value that an erasure writes into rows that stay."""


def plain_name(column: str) -> str:
    """The name of a column without the suffix `_sealed`."""
    return column.removesuffix("_sealed")


def inventory_entry(
    name: str,
    links: str,
    exported: str,
    action: ErasureAction = ErasureAction.DELETED,
    *,
    table: str = "",
    row_filter: RowFilter | None = None,
    also_shown: Mapping[str, ColumnElement[Any]] | None = None,
    blank_on_erase: Mapping[str, Any] | None = None,
) -> InventoryEntry:
    """An entry; `links` and `exported` are column names separated by spaces.

    Without a `row_filter` the first of the `links` holds the member's id.
    """
    table = table or name
    columns = tuple(links.split())
    return InventoryEntry(
        name=name,
        table=TABLES[table],
        link_columns=columns,
        row_filter=row_filter or (lambda person: TABLES[table].c[columns[0]] == person.member_id),
        exported_columns=tuple(exported.split()),
        action=action,
        also_shown=also_shown or {},
        blank_on_erase=blank_on_erase or {},
    )


def of_chat(table: str, column: str) -> RowFilter:
    """Selects rows by the keyed hash of one of the person's chats."""
    return lambda person: TABLES[table].c[column].in_(person.chats)


def via_foreign_key(table: str, column: str, target: str) -> RowFilter:
    """Selects rows that reference one of the person's rows in `target`."""
    columns = TABLES[target].c
    return lambda person: (
        TABLES[table].c[column].in_(select(columns.id).where(columns.member_id == person.member_id))
    )


def referenced_value(table: str, column: str, target: str, wanted: str) -> ColumnElement[Any]:
    """A column of the row that `column` references."""
    referenced = TABLES[target].alias()
    value = select(referenced.c[wanted]).where(referenced.c.id == TABLES[table].c[column])
    return value.correlate(TABLES[table]).scalar_subquery()


def announcement_of(
    table: str, announcement_id: ColumnElement[Any] | None = None
) -> Mapping[str, ColumnElement[Any]]:
    """Exports the label of the announcement that a row references, or of the one with this id."""
    if announcement_id is None:
        announcement_id = TABLES[table].c.announcement_id
    return {"announcement": label_column(announcement_id, TABLES[table])}
