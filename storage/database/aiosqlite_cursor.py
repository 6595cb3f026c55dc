"""SQLite's driver, with one change of threads for a statement instead of four.

aiosqlite keeps each connection in a thread of its own and goes there and back for every call: to
open a cursor, to execute, to fetch, to close. Going there costs more than what is done there, so
here a cursor is opened, used and read in one visit.
"""

import asyncio
import os
import sqlite3
import stat
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Self

import aiosqlite

_ROWS_AT_ONCE = 1000
"""How many rows come along with the execution; only a longer answer is asked for again."""

OWNER_ONLY = 0o600
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite writes for one database, by the ending."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_IN_MEMORY = ":memory:"

_Parameters = Sequence[Any]


async def connect(path: str) -> aiosqlite.Connection:
    """Opens a database file, which is made when it is missing; its owner alone may read it."""
    connection = _Connection(partial(_open, path), _ROWS_AT_ONCE)
    # A process that ends must not wait for a thread that waits for work.
    connection._thread.daemon = True
    try:
        return await connection
    except sqlite3.Error:
        # The library tells its thread to end and does not wait: it would outlive whom it reports to.
        await asyncio.to_thread(connection._thread.join)
        raise


def open_to_others(path: Path) -> bool:
    """Whether others than its owner may do anything with a file or with what stands beside it."""
    files = (Path(f"{path}{ending}") for ending in BESIDE)
    return any(_is_open(file) for file in files)


def _open(path: str) -> sqlite3.Connection:
    if path != _IN_MEMORY:
        _shut(path)
    return sqlite3.connect(path, check_same_thread=False)


def _shut(path: str) -> None:
    """Makes an empty file, whose mode SQLite takes over for what it writes beside it, or takes the
    others' rights to one that is there.

    That one is not opened for it: closing it would drop the locks that this process has on it.
    """
    with suppress(OSError):  # of another owner, or not to be made: SQLite says what it cannot do
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        return
    for ending in BESIDE:
        file = Path(f"{path}{ending}")
        with suppress(OSError):
            if _is_open(file):
                file.chmod(OWNER_ONLY)


def _is_open(file: Path) -> bool:
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and bool(mode & _OTHERS)


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
