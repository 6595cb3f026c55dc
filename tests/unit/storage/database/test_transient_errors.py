"""What passes by itself is told from what does not."""

import sqlite3
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.transient_errors import is_transient


@pytest.fixture
async def impatient(store: Store, database_url: str) -> AsyncIterator[Store]:
    """The same database, opened by somebody who does not wait for locks."""
    other = open_engine(DatabaseSettings(url=database_url))
    yield Store(other, store.vault, store.clock, store.ids)
    await other.dispose()


async def test_a_lock_that_another_process_holds_passes(store: Store, impatient: Store) -> None:
    async with store.write() as tx:
        await tx.execute(text("DELETE FROM lease"))
        with pytest.raises(DBAPIError) as locked:
            await _write_without_waiting(impatient)
    assert is_transient(locked.value)


async def _write_without_waiting(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        async with store.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.execute("PRAGMA busy_timeout=0")
    async with store.write() as tx:
        await tx.session.connection()  # begins the transaction, which takes the lock on SQLite
        if tx.on_postgresql:
            await tx.execute(text("SET LOCAL lock_timeout = '50ms'"))
            await tx.execute(text("LOCK TABLE lease IN ACCESS EXCLUSIVE MODE"))


async def test_a_mistake_of_ours_does_not_pass(store: Store) -> None:
    with pytest.raises(DBAPIError) as wrong:
        async with store.read() as tx:
            await tx.execute(text("SELECT nothing FROM nowhere"))
    assert not is_transient(wrong.value)


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), RuntimeError("x")])
def test_what_is_no_trouble_of_the_database_does_not_pass(error: Exception) -> None:
    assert not is_transient(error)


async def test_a_database_out_of_reach_passes() -> None:
    engine = open_engine(DatabaseSettings(url="postgresql://nobody@127.0.0.1:1/nothing"))
    with pytest.raises((OSError, DBAPIError)) as away:
        async with engine.connect():
            pass
    await engine.dispose()
    assert is_transient(away.value)


@pytest.mark.parametrize(
    ("code", "is_passing"),
    [
        (sqlite3.SQLITE_FULL, True),
        (sqlite3.SQLITE_IOERR_FSYNC, True),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True),
        (sqlite3.SQLITE_CORRUPT, False),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, False),
    ],
)
def test_sqlites_reasons_are_told_apart(code: int, *, is_passing: bool) -> None:
    cause = sqlite3.OperationalError("anything")
    cause.sqlite_errorcode = code
    assert is_transient(OperationalError("", {}, cause)) is is_passing
