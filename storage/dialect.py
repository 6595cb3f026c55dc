"""What the two databases do not say alike (decision 9)."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from storage.engine import Tx


def insert(tx: Tx, table: type[SQLModel] | Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do where the row is there already (`ON CONFLICT`)."""
    return postgresql.insert(table) if tx.on_postgresql else sqlite.insert(table)
