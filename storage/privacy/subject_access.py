"""Everything that is held of a member, opened, for nobody but that member."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from storage.database import sealing
from storage.database.engine import Tx
from storage.database.sealing import bound_columns, owner_in
from storage.models import Member
from storage.privacy.data_inventory import INVENTORY
from storage.privacy.data_inventory_types import DataSubject, InventoryEntry, plain_name
from storage.privacy.erasure import person_of

Row = Mapping[str, Any]
"""Plain names to values: texts, numbers, moments, enums, and what JSON columns hold."""


@dataclass(frozen=True)
class DisclosedTable:
    """The rows of one holding."""

    name: str
    rows: tuple[Row, ...] = field(repr=False)


async def disclose(tx: Tx, member: Member) -> list[DisclosedTable]:
    """All of it, in the order of the list of holdings; those without rows are left out."""
    person = await person_of(tx, member)
    tables = [
        DisclosedTable(holding.name, await _rows(tx, holding, person)) for holding in INVENTORY
    ]
    return [table for table in tables if table.rows]


async def _rows(tx: Tx, holding: InventoryEntry, person: DataSubject) -> tuple[Row, ...]:
    columns = [holding.table.c[name] for name in holding.exported_columns]
    beside = [column.label(name) for name, column in holding.also_shown.items()]
    bound = bound_columns(holding.table)
    ordered = select(*beside, *columns, *bound).where(holding.row_filter(person))
    rows = await tx.execute(ordered.order_by(*holding.table.primary_key))
    return tuple(_opened(tx, holding, row) for row in rows.mappings())


def _opened(tx: Tx, holding: InventoryEntry, row: Mapping[Any, Any]) -> Row:
    shown = [*holding.also_shown, *holding.exported_columns]
    return {plain_name(name): _open(tx, holding, row, name) for name in shown}


def _open(tx: Tx, holding: InventoryEntry, row: Mapping[Any, Any], column: str) -> Any:
    value = row[column]
    if column == plain_name(column) or value is None:
        return value
    field = f"{holding.table.name}.{plain_name(column)}"
    return sealing.opened(tx, field, value, owner_in(holding.table, row))
