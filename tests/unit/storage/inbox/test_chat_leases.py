"""Several processes share one inbox: each chat is one process's at a time."""

from collections.abc import Collection

from storage.database.engine import Store
from storage.inbox import chat_leases, updates
from storage.inbox.chat_leases import LENGTH, Capacity
from storage.inbox.updates import WaitingUpdate
from tests.support import ManualClock, in_write
from tests.unit.storage.inbox.test_updates import arrive

ROOM = Capacity(100, 100)


async def take(
    store: Store, holder: str, *, keep: Collection[int] = (), done: Collection[int] = ()
) -> list[WaitingUpdate]:
    return await in_write(store, chat_leases.take, holder, ROOM, keep=keep, done=done)


def said(found: list[WaitingUpdate]) -> list[str]:
    return [one.payload for one in found]


async def test_what_one_process_answers_is_left_alone_by_the_others(store: Store) -> None:
    await arrive(store, "lan", "lan")
    assert said(await take(store, "a")) == ["lan 0", "lan 1"]
    await arrive(store, "lan", "bao")
    assert said(await take(store, "b")) == ["bao 3"]
    assert said(await take(store, "a")) == ["lan 0", "lan 1", "lan 2"]


async def test_a_turn_outlasts_the_effect_until_it_is_given_back(store: Store) -> None:
    await arrive(store, "lan", "lan")
    first, _ = await take(store, "a")
    assert await in_write(store, updates.take, [first.id])
    assert await take(store, "b") == []
    assert said(await take(store, "a", done=[first.slot])) == ["lan 1"]
    assert await take(store, "b") == []  # there was more for it, so it was kept


async def test_what_was_given_back_is_anybodys(store: Store) -> None:
    await arrive(store, "lan")
    (first,) = await take(store, "a")
    await in_write(store, chat_leases.take, "a", Capacity(0, 0), done=[first.slot])
    assert said(await take(store, "b")) == ["lan 0"]


async def test_nobody_gives_back_what_another_has(store: Store) -> None:
    await arrive(store, "lan")
    (first,) = await take(store, "a")
    await take(store, "b", done=[first.slot])
    assert await take(store, "c") == []


async def test_the_turns_of_a_dead_process_run_out_at_their_end_and_not_before(
    store: Store, clock: ManualClock
) -> None:
    await arrive(store, "lan")
    await take(store, "a")
    clock.advance(seconds=LENGTH.total_seconds() - 0.001)
    assert await take(store, "b") == []
    clock.advance(seconds=0.001)
    assert said(await take(store, "b")) == ["lan 0"]


async def test_a_process_that_lives_keeps_its_turns(store: Store, clock: ManualClock) -> None:
    await arrive(store, "lan")
    (first,) = await take(store, "a")
    for _ in range(4):
        clock.advance(seconds=10)
        await take(store, "a", keep=[first.slot])
        assert await take(store, "b") == []
