"""Every row of every table, to check that an action stores nothing."""

from sqlalchemy import select
from sqlmodel import SQLModel

from storage.database.engine import Store


async def all_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, as they are stored, by its name."""
    async with store.read() as tx:
        rows = {}
        for name, table in SQLModel.metadata.tables.items():
            stored = await tx.execute(select(table))
            rows[name] = sorted(map(tuple, stored), key=repr)
        return rows
