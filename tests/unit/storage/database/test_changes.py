"""A change is told to this process and to others, and a lease that is renewed is none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.models import ClubSetting
from tests.support.waiting import until_true

_END_LISTENERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND (query LIKE 'LISTEN%' OR query = 'SELECT 1' OR query LIKE 'NOTIFY%')"
)


class Listener:
    """Counts the changes it was told of."""

    def __init__(self, store: Store) -> None:
        self.heard = 0
        store.changes.listen(self._hear)

    def _hear(self) -> None:
        self.heard += 1


@pytest.fixture
async def other(store: Store, database_url: str) -> AsyncIterator[Store]:
    """The database as another process has it open."""
    engine = open_engine(DatabaseSettings(url=database_url))
    made = Store(engine, store.vault, store.clock, store.ids)
    yield made
    await made.close()


@asynccontextmanager
async def watching(*stores: Store) -> AsyncIterator[None]:
    """These processes notice each other's changes, once each has begun to."""
    stop = asyncio.Event()
    listeners = [Listener(store) for store in stores]
    async with asyncio.TaskGroup() as group:
        for store in stores:
            group.create_task(store.changes.run(stop))
        try:
            for listener in listeners:
                await until_true(partial(_has_heard, listener), "the first look")
            yield
        finally:
            stop.set()


def _has_heard(listener: Listener) -> bool:
    return listener.heard > 0


async def write(store: Store, name: str) -> None:
    async with store.write() as tx:
        tx.session.add(ClubSetting(name=name, value=""))


async def test_what_this_process_commits_is_told_at_once(store: Store) -> None:
    listener = Listener(store)
    await write(store, "one")
    assert listener.heard == 1


async def test_what_is_rolled_back_read_or_renewed_is_no_change(store: Store) -> None:
    listener = Listener(store)
    with pytest.raises(ZeroDivisionError):
        async with store.write():
            raise ZeroDivisionError
    async with store.read():
        pass
    async with store.write(quiet=True):
        pass
    assert listener.heard == 0


async def test_a_store_under_a_condition_tells_the_same_listeners(store: Store) -> None:
    async def holds(_: object) -> None:
        """Nothing is wrong."""

    listener = Listener(store)
    await write(store.under(holds), "one")
    assert listener.heard == 1


async def test_what_another_process_commits_is_noticed(store: Store, other: Store) -> None:
    async with watching(store, other):
        for number in range(3):
            listener = Listener(store)
            await write(other, f"{number}")
            await until_true(partial(_has_heard, listener), "the change of another process")


async def test_an_own_change_comes_back_from_nowhere(store: Store, other: Store) -> None:
    if not store.serves_several:
        return  # SQLite's number counts the commits of other connections of this process, too
    async with watching(store, other):
        mine, others = Listener(store), Listener(other)
        await write(store, "one")
        await until_true(partial(_has_heard, others), "the change at the other process")
        await write(other, "two")
        await until_true(lambda: mine.heard > 1, "the change of the other process")
        assert mine.heard == 2


async def test_a_connection_that_was_lost_is_opened_again(store: Store, other: Store) -> None:
    if not store.serves_several:
        return  # a file is not lost
    async with watching(store, other):
        listener = Listener(store)
        with capture_logs() as logs:
            async with other.write(quiet=True) as tx:
                await tx.execute(_END_LISTENERS)
            await until_true(lambda: len(logs) >= 2, "both connections being lost")
        await until_true(partial(_has_heard, listener), "the new connection")
        again = Listener(store)
        await write(other, "one")
        await until_true(partial(_has_heard, again), "the change of the other process")
