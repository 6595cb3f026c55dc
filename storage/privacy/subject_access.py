"""Subject access (GDPR): exports all data about a member, decrypted, to that member only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.database import Tx, sealing
from storage.database.sealing import bound_columns, owner_in
from storage.models import Member
from storage.privacy.data_inventory import INVENTORY
from storage.privacy.data_inventory_types import DataSubject, InventoryEntry, plain_name
from storage.privacy.erasure import person_of

_MOMENTS = frozenset({"last_interaction_sealed"})
"""Sealed columns that hold a moment."""
Row = Mapping[str, Any]
"""Column name without `_sealed` to value: text, number, datetime, enum or JSON."""


@dataclass(frozen=True)
class DisclosedTable:
    """The rows of one inventory entry."""

    name: str
    rows: tuple[Row, ...] = field(repr=False)


async def disclose(tx: Tx, member: Member) -> list[DisclosedTable]:
    """All data about the member, in the order of `INVENTORY`; entries without rows are left out."""
    person = await person_of(tx, member)
    tables = [DisclosedTable(entry.name, await _rows(tx, entry, person)) for entry in INVENTORY]
    return [table for table in tables if table.rows]


async def _rows(tx: Tx, entry: InventoryEntry, person: DataSubject) -> tuple[Row, ...]:
    columns = [entry.table.c[name] for name in entry.exported_columns]
    beside = [column.label(name) for name, column in entry.also_shown.items()]
    ordered = select(*beside, *columns, *bound_columns(entry.table)).where(entry.row_filter(person))
    return tuple(
        _opened(tx, entry, row)
        for row in (await tx.execute(ordered.order_by(*entry.table.primary_key))).mappings()
    )


def _opened(tx: Tx, entry: InventoryEntry, row: Mapping[Any, Any]) -> Row:
    return {
        plain_name(name): _open(tx, entry, row, name)
        for name in [*entry.also_shown, *entry.exported_columns]
    }


def _open(tx: Tx, entry: InventoryEntry, row: Mapping[Any, Any], column: str) -> Any:
    value = row[column]
    if column == plain_name(column) or value is None:
        return value
    field = f"{entry.table.name}.{plain_name(column)}"
    opened = sealing.opened(tx, field, value, owner_in(entry.table, row))
    return datetime.fromisoformat(opened) if column in _MOMENTS else opened
