"""SQLite's driver, with one change of threads for a statement instead of four.

aiosqlite keeps each connection in a thread of its own and goes there and back for every call: to
open a cursor, to execute, to fetch, to close. Going there costs more than what is done there, so
here a cursor is opened, used and read in one visit.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

_ROWS_AT_ONCE = 1000
"""How many rows come along with the execution; only a longer answer is asked for again."""

_Parameters = Sequence[Any]


async def connect(path: str) -> aiosqlite.Connection:
    """Opens a database file."""
    connector = partial(sqlite3.connect, path, check_same_thread=False)
    connection = _Connection(connector, _ROWS_AT_ONCE)
    # A process that ends must not wait for a thread that waits for work.
    connection._thread.daemon = True
    try:
        return await connection
    except sqlite3.Error:
        # The library tells its thread to end and does not wait: it would outlive whom it reports to.
        await asyncio.to_thread(connection._thread.join)
        raise


class _Connection(aiosqlite.Connection):
    def cursor(self) -> Any:
        """A cursor that does not yet exist in SQLite."""
        return _Cursor(self)

    async def rollback(self) -> None:
        """Rolls back where there is something to roll back; after a commit there is nothing."""
        if self.in_transaction:
            await super().rollback()

    async def visit(self, work: Any, *arguments: Any) -> Any:
        """Does the work in the connection's thread."""
        execute: Callable[..., Awaitable[Any]] = self._execute
        return await execute(work, *arguments)


class _Cursor:
    """What SQLAlchemy asks of an asynchronous cursor (`AsyncIODBAPICursor`)."""

    arraysize = 1

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self._more = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    @property
    def description(self) -> Any:
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return None if self._cursor is None else self._cursor.lastrowid

    async def execute(self, statement: str, parameters: _Parameters = ()) -> Self:
        """Executes, and brings the first rows along."""
        await self._connection.visit(self._executed, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[_Parameters]) -> Self:
        self._cursor = await self._connection.visit(
            self._connection._conn.executemany, statement, parameters
        )
        return self

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        if self._more and len(self._rows) < wanted:
            await self._connection.visit(self._read, self._cursor, max(wanted, _ROWS_AT_ONCE))
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchall(self) -> list[Any]:
        if self._more:
            await self._connection.visit(self._read, self._cursor, None)
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Goes to the thread only when rows were left unread: SQLite is done with the others."""
        if self._more and self._cursor is not None:
            await self._connection.visit(self._cursor.close)
        self._rows, self._more = [], False

    def _executed(self, statement: str, parameters: _Parameters) -> None:
        self._cursor = cursor = self._connection._conn.execute(statement, parameters)
        self._rows, self._more = [], False
        if cursor.description is not None:
            self._read(cursor, _ROWS_AT_ONCE)

    def _read(self, cursor: sqlite3.Cursor, count: int | None) -> None:
        rows = cursor.fetchall() if count is None else cursor.fetchmany(count)
        self._rows += rows
        self._more = count is not None and len(rows) == count
