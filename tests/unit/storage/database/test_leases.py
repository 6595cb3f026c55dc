"""Only one process does what only one may do."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.database import leases
from storage.database.engine import Store, Tx
from storage.database.leases import LeaseLost, LeaseTerm
from storage.models import Lease
from tests.support import ManualClock, in_read, in_write, rows_of
from tests.support.databases import others_wait

LENGTH = timedelta(seconds=15)


async def take(store: Store, holder: str) -> LeaseTerm | None:
    return await in_write(store, leases.take, "delivery", holder, LENGTH)


async def check(store: Store, term: LeaseTerm) -> None:
    await in_read(store, leases.check, term)


async def test_the_first_to_come_leads_and_the_second_waits(store: Store) -> None:
    assert await take(store, "a") == LeaseTerm("delivery", "a", 1)
    assert await take(store, "b") is None


async def test_whoever_leads_keeps_the_same_term(store: Store, clock: ManualClock) -> None:
    for _ in range(4):
        assert await take(store, "a") == LeaseTerm("delivery", "a", 1)
        clock.advance(seconds=10)


async def test_a_lease_runs_out_at_its_end_and_not_before(store: Store, clock: ManualClock) -> None:
    await take(store, "a")
    clock.advance(seconds=14.999)
    assert await take(store, "b") is None
    clock.advance(seconds=0.001)
    assert await take(store, "b") == LeaseTerm("delivery", "b", 2)


async def test_a_leader_that_was_replaced_may_write_nothing(
    store: Store, clock: ManualClock
) -> None:
    old = await take(store, "a")
    assert old is not None
    await check(store, old)
    clock.advance(seconds=15)
    await take(store, "b")
    with pytest.raises(LeaseLost):
        await check(store, old)


async def test_a_leader_that_comes_back_has_a_new_term(store: Store, clock: ManualClock) -> None:
    old = await take(store, "a")
    assert old is not None
    clock.advance(seconds=15)
    await take(store, "b")
    clock.advance(seconds=15)
    assert await take(store, "a") == LeaseTerm("delivery", "a", 3)
    with pytest.raises(LeaseLost):
        await check(store, old)


async def test_a_leader_that_slept_keeps_its_place_when_nobody_took_it(
    store: Store, clock: ManualClock
) -> None:
    await take(store, "a")
    clock.advance(hours=3)
    assert await take(store, "a") == LeaseTerm("delivery", "a", 1)


async def test_a_place_given_back_is_free_at_once(store: Store) -> None:
    term = await take(store, "a")
    assert term is not None
    await in_write(store, leases.give_back, term)
    assert await take(store, "b") == LeaseTerm("delivery", "b", 2)


async def test_who_was_replaced_cannot_give_the_others_place_away(
    store: Store, clock: ManualClock
) -> None:
    old = await take(store, "a")
    assert old is not None
    clock.advance(hours=1)
    assert await take(store, "b") == LeaseTerm("delivery", "b", 2)
    await in_write(store, leases.give_back, old)
    assert await take(store, "c") is None


async def test_a_clock_set_back_does_not_make_a_dead_leader_last(
    store: Store, clock: ManualClock
) -> None:
    await take(store, "a")
    clock.advance(hours=-1)
    assert await take(store, "b") == LeaseTerm("delivery", "b", 2)


@pytest.mark.parametrize(("behind_s", "term"), [(0.001, None), (15, None), (15.001, 2)])
async def test_a_lease_is_not_taken_by_a_process_that_read_its_clock_a_little_earlier(
    store: Store, clock: ManualClock, behind_s: float, term: int | None
) -> None:
    """It waited for the row, or its machine's clock is behind."""
    await take(store, "a")
    clock.advance(seconds=-behind_s)
    taken = await take(store, "b")
    assert (taken and taken.number) == term


async def test_what_is_written_under_a_condition_is_written_only_while_it_holds(
    store: Store, clock: ManualClock
) -> None:
    old = await take(store, "a")
    assert old is not None

    async def still(tx: Tx) -> None:
        await leases.check(tx, old)

    led = store.under(still)
    async with led.write() as tx:
        await leases.take(tx, "first", "a", LENGTH)
    clock.advance(seconds=15)
    await take(store, "b")
    with pytest.raises(LeaseLost):
        async with led.write() as tx:
            await leases.take(tx, "second", "a", LENGTH)
    names = await rows_of(store, select(Lease.name).order_by(Lease.name))
    assert names == ["delivery", "first"]


async def test_nobody_takes_over_while_something_is_written_under_the_old_term(
    store: Store, clock: ManualClock
) -> None:
    old = await take(store, "a")
    assert old is not None
    done: list[str] = []

    async def follow() -> None:
        assert await take(store, "b")
        done.append("another leads")

    async with asyncio.TaskGroup() as group, store.write() as tx:
        await leases.check(tx, old)
        clock.advance(seconds=15)
        group.create_task(follow())
        await others_wait(tx)
        done.append("written")
    assert done == ["written", "another leads"]
