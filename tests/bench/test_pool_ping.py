"""The cost of `pool_pre_ping`: asking PostgreSQL before each transaction whether it is still there."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import col, select, update

from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine, with_driver
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.models import Member
from tests.bench.conftest import Note
from tests.bench.sample_message import KEY

_TRANSACTIONS = 1000
"""Of each kind on each engine. The engines take turns, so that a busy moment counts for both."""


@pytest.mark.bench
async def test_asking_before_each_transaction(durable_postgresql: str, note: Note) -> None:
    settings = DatabaseSettings(url=durable_postgresql)
    always = create_async_engine(
        with_driver(settings.url), pool_size=settings.pool_size, pool_pre_ping=True
    )
    async with _store(open_engine(settings)) as ours, _store(always) as asking:
        for kind, work in (("reading", _read), ("writing", _write)):
            took_ms = await _taking_turns([ours, asking], work)
            note(f"PostgreSQL, {kind}: ms, pool_ping", took_ms[0])
            note(f"PostgreSQL, {kind}: ms, pool_pre_ping", took_ms[1])
            note(f"PostgreSQL, {kind}: pool_pre_ping / pool_ping", took_ms[1] / took_ms[0])


@asynccontextmanager
async def _store(engine: AsyncEngine) -> AsyncIterator[Store]:
    store = Store(engine, Vault(KEY), SystemClock(), RandomIds())
    yield store
    await store.close()


async def _taking_turns(
    stores: list[Store], work: Callable[[Store], Awaitable[None]]
) -> list[float]:
    """The median milliseconds of one transaction on each."""
    took_s: list[list[float]] = [[] for _ in stores]
    for _ in range(_TRANSACTIONS):
        for store, times in zip(stores, took_s, strict=True):
            began_s = time.perf_counter()
            await work(store)
            times.append(time.perf_counter() - began_s)
    return [median(times) * 1000 for times in took_s]


async def _read(store: Store) -> None:
    async with store.read() as tx:
        for number in range(3):
            await tx.session.exec(select(Member).where(Member.id == number))


async def _write(store: Store) -> None:
    async with store.write() as tx:
        await tx.session.exec(select(Member).where(Member.id == 0))
        await tx.session.exec(update(Member).where(col(Member.id) == 0).values(language="vi"))
