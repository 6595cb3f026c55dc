"""The database engine, and read and write transactions.

See docs/decisions/0022-sqlite-and-postgresql.md.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, overload

from sqlalchemy import CursorResult, Executable, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from storage.database import aiosqlite_cursor, pool_ping
from storage.database.batch_settings import HALF_HOURS, BatchSettings
from storage.database.changes import Changes
from storage.database.clock import Clock
from storage.database.ids import Ids
from storage.database.vault import Vault

_SHORT_TIMEOUTS = {
    # The server ends the session of a silent client, whose locks and lease are free after 9 s.
    "server_settings": {
        "idle_in_transaction_session_timeout": "5000",
        "tcp_keepalives_idle": "3",
        "tcp_keepalives_interval": "1",
        "tcp_keepalives_count": "3",
    },
    # Of the client, in seconds; longer than the longest statement of a job may take.
    "command_timeout": 90.0,
}
_STARTUP_LOCK = 0x6E69656D74696E
"""Key of the advisory lock that processes take one after another at the start."""
_CLOSE_S, _CLOSE_POLL_S = 5.0, 0.01
"""How long `Store.close` waits for connections in use at most, and how often it looks, in seconds."""
_CACHE_KB = 16 << 10
"""Page cache of each SQLite connection, in KiB; the operating system caches the file as well."""


@dataclass(frozen=True)
class DatabaseSettings:
    """The database: an SQLAlchemy URL without a driver, or with the driver that the bot uses."""

    url: str = field(repr=False)  # may carry a password
    pool_size: int = 5
    busy_timeout_s: float = 10.0
    """How long SQLite waits for the lock of another program, in seconds."""


T = TypeVar("T")
Kept = TypeVar("Kept")
Columns = TypeVarTuple("Columns")

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
"""Values of a statement: of one row, or of many that one call changes."""


@dataclass(frozen=True)
class Tx:
    """One transaction, with the key, clock and ids that queries need."""

    session: AsyncSession
    vault: Vault
    clock: Clock
    ids: Ids
    batches: BatchSettings = HALF_HOURS
    """Batches in which officers see what members do."""
    may_write: bool = True

    async def execute(
        self, statement: Executable, parameters: Parameters = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Runs a Core statement in this transaction, once or once for each row of `parameters`.

        Rows are tuples of columns, not objects, and changed objects of the session are not flushed
        first. For objects use `first`, `one` and `all`.
        """
        return await (await self.session.connection()).execute(statement, parameters)

    @overload
    async def first(self, query: Select[*Columns]) -> tuple[*Columns] | None: ...

    @overload
    async def first(self, query: SelectOfScalar[T]) -> T | None: ...

    async def first(self, query: Any) -> Any:
        """The first row of a query; None if there is none."""
        return (await self.session.exec(query)).first()

    @overload
    async def one(self, query: Select[*Columns]) -> tuple[*Columns]: ...

    @overload
    async def one(self, query: SelectOfScalar[T]) -> T: ...

    async def one(self, query: Any) -> Any:
        """The only row of a query.

        Raises:
            NoResultFound, MultipleResultsFound: there is not exactly one.
        """
        return (await self.session.exec(query)).one()

    @overload
    async def all(self, query: Select[*Columns]) -> Sequence[tuple[*Columns]]: ...

    @overload
    async def all(self, query: SelectOfScalar[T]) -> Sequence[T]: ...

    async def all(self, query: Any) -> Any:
        """All rows of a query."""
        return (await self.session.exec(query)).all()

    async def count_changed(self, statement: UpdateBase) -> int:
        """Runs an UPDATE or DELETE; returns the number of rows it matched."""
        return (await self.session.exec(statement)).rowcount

    @property
    def on_postgresql(self) -> bool:
        """Whether the database is PostgreSQL; otherwise it is SQLite."""
        return self.session.get_bind().dialect.name == "postgresql"


Condition = Callable[[Tx], Awaitable[None]]
"""Checks a write transaction at its begin; raises when it must not write."""


class Store:
    """Opens transactions, which commit when the block ends and roll back when it raises."""

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
        self.changes = Changes(engine)
        """Changes of this database, by this process and by others."""
        # SQLite has one writer. This lock is fair (first in, first out); SQLite's own polls.
        self._writer: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )
        self._condition = condition
        self._kept: dict[Callable[[Store], Any], Any] = {}
        # Made once: an engine with its own options costs as much as a short transaction.
        self._writing = engine.execution_options(niemtin_writes=True)
        self._reading = engine.execution_options(niemtin_writes=False)

    @property
    def serves_several(self) -> bool:
        """Whether several processes may use the database: PostgreSQL only."""
        return self.engine.dialect.name == "postgresql"

    def under(self, condition: Condition) -> "Store":
        """A store of this database whose write transactions pass `condition` first."""
        same = Store(self.engine, self.vault, self.clock, self.ids, condition, batches=self.batches)
        same._writer, same.changes = self._writer, self.changes
        same._kept = self._kept
        return same

    def kept(self, kind: Callable[["Store"], Kept]) -> Kept:
        """What this process keeps in memory of this database: the one `kind(store)` of this class."""
        if kind not in self._kept:
            self._kept[kind] = kind(self)
        kept: Kept = self._kept[kind]
        return kept

    @asynccontextmanager
    async def write(self, *, quiet: bool = False) -> AsyncIterator[Tx]:
        """A write transaction; on SQLite one at a time in this process.

        A `quiet` one makes nothing due, as the renewal of a lease, and is not told to `changes`.
        """
        async with self._writer, self._session(writes=True) as session, session.begin():
            tx = self._tx(session)
            if self._condition is not None:
                await self._condition(tx)
            yield tx
        if not quiet:
            self.changes.note()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A read transaction: one consistent snapshot, which blocks no writer."""
        async with self._session(writes=False) as session, session.begin():
            yield replace(self._tx(session), may_write=False)

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Any]:
        """The driver's own connection, outside of transactions, while this process writes nothing.

        For statements that must run outside of transactions, such as VACUUM.
        """
        async with self._writer, self.engine.connect() as connection:
            yield (await connection.get_raw_connection()).driver_connection

    def _tx(self, session: AsyncSession) -> Tx:
        return Tx(session, self.vault, self.clock, self.ids, self.batches)

    def _session(self, *, writes: bool) -> AsyncSession:
        return AsyncSession(self._writing if writes else self._reading, expire_on_commit=False)

    async def close(self) -> None:
        """Closes all connections, once those in use are returned to the pool or `_CLOSE_S` is over.

        The pool forgets a connection that is in use while it is disposed of, and nobody closes it.
        """
        pool = self.engine.pool
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110 - the pool has no event
                    await asyncio.sleep(_CLOSE_POLL_S)
        await self.engine.dispose()


def open_engine(settings: DatabaseSettings, *, patient: bool = True) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL.

    Unless it is `patient`, timeouts are short: PostgreSQL ends the session of a process that stopped
    or lost its network within a transaction, and a statement on a dead connection fails.

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
            connect_args={} if patient else _SHORT_TIMEOUTS,
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
    """Mutual exclusion between processes of the club, by an advisory lock; on SQLite there is one.

    For work that processes starting together must not do twice. The lock ends with its connection.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("SELECT pg_advisory_lock(:place)"), {"place": _STARTUP_LOCK})
        try:
            yield
        finally:
            await connection.execute(
                text("SELECT pg_advisory_unlock(:place)"), {"place": _STARTUP_LOCK}
            )


def sqlite_file(settings: DatabaseSettings) -> Path | None:
    """Path of the database file; None for PostgreSQL."""
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
    # IMMEDIATE takes the write lock at the begin: a transaction that reads first and writes later
    # fails with "locked" when another has written in between.
    writes = connection.get_execution_options().get("niemtin_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
