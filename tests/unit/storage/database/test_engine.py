"""Transactions: all or nothing, and times that keep their zone."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import select

from storage.database.engine import DatabaseSettings, Store, open_engine, with_driver
from storage.models import Lease
from tests.support import rows_of
from tests.support.waiting import begun, run_other_tasks


def lease(name: str, until: datetime) -> Lease:
    return Lease(name=name, holder="me", term=1, until=until)


async def names(store: Store) -> list[str]:
    return await rows_of(store, select(Lease.name))


async def test_what_raised_is_not_kept(store: Store) -> None:
    async def write_and_fail() -> None:
        async with store.write() as tx:
            tx.session.add(lease("one", tx.clock.now()))
            await tx.session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await write_and_fail()
    assert await names(store) == []


async def test_writers_do_not_fail_one_another(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.write() as tx:
            tx.session.add(lease(str(number), tx.clock.now()))

    await asyncio.gather(*(write(number) for number in range(20)))
    assert len(await names(store)) == 20


async def test_a_reader_sees_one_moment_while_somebody_writes(store: Store) -> None:
    async with store.write() as tx:
        tx.session.add(lease("one", tx.clock.now()))
        await tx.session.flush()
        assert await names(store) == []
    assert await names(store) == ["one"]


async def test_a_moment_comes_back_in_utc(store: Store) -> None:
    hanoi = timezone(timedelta(hours=7))
    async with store.write() as tx:
        tx.session.add(lease("one", datetime(2026, 3, 15, 7, 0, 0, 123456, tzinfo=hanoi)))
    (until,) = await rows_of(store, select(Lease.until))
    assert until == datetime(2026, 3, 15, 0, 0, 0, 123456, tzinfo=UTC)
    assert until.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    async with store.read() as tx:
        tx.session.add(lease("one", datetime(2026, 3, 15)))  # noqa: DTZ001
        with pytest.raises(StatementError, match="without a time zone"):
            await tx.session.flush()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 10_000),
    ],
)
async def test_sqlite_is_durable_and_forgets_for_good(
    tmp_path: Path, pragma: str, value: object
) -> None:
    engine = open_engine(DatabaseSettings(url=f"sqlite:///{tmp_path}/club.sqlite3"))
    async with engine.connect() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    await engine.dispose()


async def test_sqlite_waits_for_another_program_as_long_as_it_is_told(tmp_path: Path) -> None:
    settings = DatabaseSettings(url=f"sqlite:///{tmp_path}/club.sqlite3", busy_timeout_s=0.25)
    engine = open_engine(settings)
    async with engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA busy_timeout"))).scalar_one() == 250
    await engine.dispose()


async def test_a_read_transaction_of_sqlite_does_not_hold_up_a_writer(store: Store) -> None:
    async with store.read() as tx:
        await tx.session.exec(select(Lease))
        async with store.write() as other:
            other.session.add(lease("one", other.clock.now()))
    assert await names(store) == ["one"]


def test_a_database_the_bot_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        with_driver("mysql://somewhere/club")


def test_a_password_in_the_url_does_not_show() -> None:
    assert "secret" not in repr(DatabaseSettings(url="postgresql://club:secret@localhost/club"))


async def test_closing_waits_for_a_connection_in_use_and_closes_it(
    tmp_path: Path, store: Store
) -> None:
    engine = open_engine(DatabaseSettings(url=f"sqlite:///{tmp_path / 'club.sqlite3'}"))
    own = Store(engine, store.vault, store.clock, store.ids)
    async with own.read() as tx:
        raw = await (await tx.session.connection()).get_raw_connection()
        closing = await begun(own.close())
        await run_other_tasks()
        assert not closing.done()
        connection: Any = raw.driver_connection
    await closing
    with pytest.raises(ValueError, match="no active connection"):
        await connection.execute("SELECT 1")
