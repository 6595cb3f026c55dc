"""The database: one engine, a transaction to read in and a transaction to write in.

See docs/decisions/0022-sqlite-and-postgresql.md.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Executable, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import aiosqlite_cursor, pool_ping
from storage.database.batch_settings import HALF_HOURS, BatchSettings
from storage.database.clock import Clock
from storage.database.ids import Ids
from storage.database.vault import Vault

_IMPATIENCE = {
    # Of the server, with one that went silent in a transaction; a leader's place is free in 9 s.
    "server_settings": {
        "idle_in_transaction_session_timeout": "5000",
        "tcp_keepalives_idle": "3",
        "tcp_keepalives_interval": "1",
        "tcp_keepalives_count": "3",
    },
    # Of ours, with the server; longer than the longest duty may take.
    "command_timeout": 90.0,
}
_BEGINNING = 0x6E69656D74696E
"""Of all locks that an application can name in PostgreSQL, ours."""
_CACHE_KB = 16 << 10
"""What each of SQLite's connections keeps of the file; what is read more often the system keeps."""


@dataclass(frozen=True)
class DatabaseSettings:
    """Where the club's memory is: an SQLAlchemy URL without a driver, or with ours."""

    url: str = field(repr=False)  # may carry a password
    pool_size: int = 5
    busy_timeout_s: float = 10.0
    """How long SQLite waits for another program's write before it gives up."""


Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
"""Values of a statement: of one row, or of many that one call changes."""


@dataclass(frozen=True)
class Tx:
    """One transaction and what every query may need beside it."""

    session: AsyncSession
    vault: Vault
    clock: Clock
    ids: Ids
    batches: BatchSettings = HALF_HOURS
    """When officers see what members do."""
    may_write: bool = True

    async def execute(
        self, statement: Executable, parameters: Parameters = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Runs a Core statement in this transaction, once or once for each row of `parameters`.

        Rows come back as columns, without an object each, and changed objects of the session are
        not flushed first. For objects there is `session.exec`.
        """
        return await (await self.session.connection()).execute(statement, parameters)

    @property
    def on_postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"


Condition = Callable[[Tx], Awaitable[None]]
"""Raises when a transaction must not write."""


class Store:
    """Opens transactions. Committed when the block ends, rolled back when it raises."""

    def __init__(
        self,
        engine: AsyncEngine,
        vault: Vault,
        clock: Clock,
        ids: Ids,
        condition: Condition | None = None,
        *,
        batches: BatchSettings = HALF_HOURS,
    ) -> None:
        self.engine = engine
        self.vault = vault
        self.clock = clock
        self.ids = ids
        self.batches = batches
        # SQLite has one writer. Waiting here is fair and cheap; waiting inside SQLite is neither.
        self._writer: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )
        self._condition = condition
        # Made once: an engine with options of its own costs as much as a short transaction.
        self._writing = engine.execution_options(niemtin_writes=True)
        self._reading = engine.execution_options(niemtin_writes=False)

    @property
    def serves_several(self) -> bool:
        """Whether processes of one club may share it."""
        return self.engine.dialect.name == "postgresql"

    def under(self, condition: Condition) -> "Store":
        """The same memory, but each transaction that writes has to pass `condition` first."""
        same = Store(self.engine, self.vault, self.clock, self.ids, condition, batches=self.batches)
        same._writer = self._writer
        return same

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that may write; on SQLite the only one of this process."""
        async with self._writer, self._session(writes=True) as session, session.begin():
            tx = self._tx(session)
            if self._condition is not None:
                await self._condition(tx)
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A transaction that only reads: one consistent view, nobody is held up."""
        async with self._session(writes=False) as session, session.begin():
            yield replace(self._tx(session), may_write=False)

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Any]:
        """The driver's own connection, in no transaction, while nobody of this process writes.

        For what a database does only outside of transactions, such as VACUUM.
        """
        async with self._writer, self.engine.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection

    def _tx(self, session: AsyncSession) -> Tx:
        return Tx(session, self.vault, self.clock, self.ids, self.batches)

    def _session(self, *, writes: bool) -> AsyncSession:
        return AsyncSession(self._writing if writes else self._reading, expire_on_commit=False)

    async def close(self) -> None:
        await self.engine.dispose()


def open_engine(settings: DatabaseSettings, *, patient: bool = True) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL.

    Unless it is `patient`, PostgreSQL takes the locks back from a process that was halted or cut off
    in the middle of a transaction, and a process whose line is dead does not wait for ever.

    Raises:
        ValueError: the URL names another database.
    """
    url = with_driver(settings.url)
    if url.get_backend_name() == "postgresql":
        # hide_parameters: an error's text must not carry what somebody wrote into a log.
        engine = create_async_engine(
            url,
            pool_size=settings.pool_size,
            hide_parameters=True,
            connect_args={} if patient else _IMPATIENCE,
        )
        pool_ping.enable_lazy_ping(engine)
        return engine
    engine = create_async_engine(
        url,
        async_creator=partial(aiosqlite_cursor.connect, url.database or ":memory:"),
        pool_size=settings.pool_size,
        hide_parameters=True,
    )
    event.listen(
        engine.sync_engine, "connect", partial(_prepare_sqlite, int(settings.busy_timeout_s * 1000))
    )
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


@asynccontextmanager
async def alone(engine: AsyncEngine) -> AsyncIterator[None]:
    """No other process of the club is in such a block meanwhile; on SQLite there is no other.

    For what processes that start together must not do twice. The lock goes with its connection.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("SELECT pg_advisory_lock(:place)"), {"place": _BEGINNING})
        try:
            yield
        finally:
            await connection.execute(
                text("SELECT pg_advisory_unlock(:place)"), {"place": _BEGINNING}
            )


def sqlite_file(settings: DatabaseSettings) -> Path | None:
    """Where the database is; None for PostgreSQL."""
    url = with_driver(settings.url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def with_driver(given: str) -> URL:
    """The URL with the asynchronous driver the bot uses.

    Raises:
        ValueError: neither SQLite nor PostgreSQL.
    """
    url = make_url(given)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    backend = url.get_backend_name()
    if backend not in drivers:
        raise ValueError(f"{backend} is not a database this bot knows: use sqlite or postgresql")
    return url.set(drivername=drivers[backend])


def _prepare_sqlite(
    busy_timeout_ms: int, connection: DBAPIConnection, _record: ConnectionPoolEntry
) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE is issued below.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={busy_timeout_ms}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"cache_size=-{_CACHE_KB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writer takes its lock at once: a reader that later wants to write can only fail with "locked".
    writes = connection.get_execution_options().get("niemtin_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
