"""Empty databases for tests: one on SQLite and one on PostgreSQL for each xdist worker.

They are emptied before each test and not created anew: creating one costs more than most tests, and
an engine keeps its cache of compiled queries.
"""

import asyncio
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database.engine import DatabaseSettings, Store, Tx, open_engine
from storage.database.schema import upgrade
from tests.support.waiting import run_other_tasks, until

_SHAPE = """
SELECT (SELECT string_agg(version_num, ',') FROM alembic_version),
       (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'),
       (SELECT sum(hashtext(format('%s.%s.%s.%s', relname, attname, atttypid, atttypmod))::bigint)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND attnum > 0 AND NOT attisdropped)
"""
"""Query that returns the schema as text, to detect tests that changed it."""

_EMPTY = """
DO $$ DECLARE place text; filled boolean; BEGIN
  FOR place IN SELECT format('%I', tablename) FROM pg_tables
               WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || place || ')' INTO filled;
    IF filled THEN EXECUTE 'DELETE FROM ' || place; END IF;
  END LOOP;
  FOR place IN SELECT format('%I', sequencename) FROM pg_sequences
               WHERE last_value IS NOT NULL LOOP
    EXECUTE 'ALTER SEQUENCE ' || place || ' RESTART';
  END LOOP;
END $$
"""


class SqliteTestDatabase:
    """A file that is copied from a template with the schema."""

    def __init__(self, folder: Path) -> None:
        self.template, self._path = folder / "template.sqlite3", folder / "club.sqlite3"
        finish(_migrate(f"sqlite:///{self.template}"))
        self.engine = open_engine(DatabaseSettings(url=self.url))
        event.listen(self.engine.sync_engine, "connect", without_waiting_for_the_disk)

    @property
    def url(self) -> str:
        """The database's URL for `open_store`."""
        return f"sqlite:///{self._path}"

    async def empty(self) -> None:
        """Copies the template to a new file; connections to the old file stay valid."""
        self._take_away()
        shutil.copy(self.template, self._path)

    async def leave(self) -> None:
        """Closes the connections, since the next test has another file."""
        await self.engine.dispose()

    def _take_away(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)


class PostgresqlTestDatabase:
    """A database on the server that all xdist workers share."""

    def __init__(self, server: URL, worker: str) -> None:
        self._server = server
        self._name, template = f"club_{worker}", f"template_{worker}"
        self.template, self._how = self._url_of(template), f"TEMPLATE {template}"
        finish(self._execute(f"CREATE DATABASE {template}"))
        finish(_migrate(self.template))
        finish(self._make())
        self.engine = open_engine(DatabaseSettings(url=self.url))
        self._ours: set[int] = set()
        event.listen(self.engine.sync_engine, "connect", self._remember)
        self._shape = finish(self._shaped())

    @property
    def url(self) -> str:
        """The database's URL for `open_store`."""
        return self._url_of(self._name)

    async def empty(self) -> None:
        """Deletes all rows; creates the database again if a test changed the schema."""
        async with self.engine.begin() as connection:
            same = await _shape_of(connection) == self._shape
            if same:
                # Transactions of a killed process would still lock the tables.
                await connection.execute(text(_ALONE), {"ours": [*self._ours]})
                # Triggers protect the audit log, and tables reference each other.
                await connection.execute(text("SET LOCAL session_replication_role = replica"))
                await connection.execute(text(_EMPTY))
        if not same:
            await self.engine.dispose()
            await self._execute(f"DROP DATABASE {self._name} WITH (FORCE)")
            await self._make()

    async def leave(self) -> None:
        """Keeps the connections, whose prepared statements the next test uses again."""

    def _remember(self, connection: DBAPIConnection, _record: object) -> None:
        driven: Any = connection.driver_connection
        self._ours.add(driven.get_server_pid())

    async def _shaped(self) -> Any:
        async with self.engine.connect() as connection:
            shape = await _shape_of(connection)
        await self.engine.dispose()
        return shape

    async def _make(self) -> None:
        await self._execute(f"CREATE DATABASE {self._name} {self._how}")

    async def _execute(self, statement: str) -> None:
        await execute(self._url_of("postgres"), statement)

    def _url_of(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)


_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND (state <> 'idle' OR NOT pid = ANY (:ours))
"""


async def _shape_of(connection: AsyncConnection) -> Any:
    return (await connection.execute(text(_SHAPE))).one()


def in_use(store: Store) -> int:
    """How many connections of the pool are checked out."""
    pool = store.engine.pool
    assert isinstance(pool, AsyncAdaptedQueuePool)
    return pool.checkedout()


def without_waiting_for_the_disk(connection: DBAPIConnection, _record: object) -> None:
    """Turns fsync off: most tests do not depend on durability."""
    connection.cursor().execute("PRAGMA synchronous=OFF")


def finish(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine to its end in a thread, since this fixture is not asynchronous."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def others_wait(tx: Tx, *, count: int = 1) -> None:
    """Waits until `count` other transactions wait for a lock of this one.

    On SQLite the others wait for the only writer before they begin.
    """
    if not tx.on_postgresql:
        await run_other_tasks()
        return

    async def are_waiting() -> bool:
        await tx.execute(text("SELECT pg_stat_clear_snapshot()"))
        return int((await tx.execute(_WAITING)).scalar_one()) >= count

    await until(are_waiting, "whoever waits for this transaction")


_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def execute(url: str, statement: str) -> None:
    """Executes one statement outside a transaction."""
    engine: AsyncEngine = open_engine(DatabaseSettings(url=url)).execution_options(
        isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def _migrate(url: str) -> None:
    engine = open_engine(DatabaseSettings(url=url))
    await upgrade(engine)
    await engine.dispose()
