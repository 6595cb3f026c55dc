"""All processes together speak no faster than one may."""

import random
from collections import defaultdict, deque

from storage.database.engine import Store
from storage.outbox import rate_shares
from storage.outbox.rate_shares import IDLE_LENGTH, LENGTH
from tests.support import ManualClock, in_write

RATE = 25
SEED = 15_03_2026


async def lease(store: Store, holder: str, wants: int) -> int:
    granted = await in_write(store, rate_shares.lease, "telegram", holder, rate=RATE, wants=wants)
    return granted.share


async def test_a_process_that_is_alone_has_it_all(store: Store) -> None:
    assert await lease(store, "a", 0) == RATE


async def test_what_one_lets_go_is_another_s_a_second_later(
    store: Store, clock: ManualClock
) -> None:
    await lease(store, "delivery", 1000)
    assert await lease(store, "web", 1000) == 0
    assert await lease(store, "delivery", 1000) == 12
    clock.advance(seconds=0.999)
    assert await lease(store, "web", 1000) == 0
    clock.advance(seconds=0.001)
    assert await lease(store, "web", 1000) == 13


async def test_who_wants_little_leaves_the_rest_and_keeps_room_for_an_answer(
    store: Store, clock: ManualClock
) -> None:
    for _ in range(3):
        clock.advance(seconds=1)
        shares = [await lease(store, "delivery", 1000), await lease(store, "web", 0)]
    assert shares == [22, 3]


async def test_the_share_of_a_dead_process_is_free_at_its_end_and_not_before(
    store: Store, clock: ManualClock
) -> None:
    await lease(store, "a", 1000)
    clock.advance(seconds=LENGTH.total_seconds() + 0.999)
    assert await lease(store, "b", 1000) == 0
    clock.advance(seconds=0.001)
    assert await lease(store, "b", 1000) == RATE


async def test_what_was_given_back_counts_for_one_more_second(
    store: Store, clock: ManualClock
) -> None:
    await lease(store, "a", 1000)
    await in_write(store, rate_shares.give_back, "telegram", "a")
    assert await lease(store, "b", 1000) == 0
    clock.advance(seconds=1)
    assert await lease(store, "b", 1000) == RATE


async def test_a_limit_by_the_minute_is_another_s_a_minute_later(
    store: Store, clock: ManualClock
) -> None:
    async def lease_by_minute(holder: str) -> int:
        granted = await in_write(
            store, rate_shares.lease, "zalo_oa", holder, rate=80, wants=1000, window_s=60.0
        )
        return granted.share

    assert await lease_by_minute("a") == 80
    clock.advance(seconds=LENGTH.total_seconds() + 59.999)
    assert await lease_by_minute("b") == 0
    clock.advance(seconds=0.001)
    assert await lease_by_minute("b") == 80
    await in_write(store, rate_shares.give_back, "zalo_oa", "b", window_s=60.0)
    clock.advance(seconds=59.999)
    assert await lease_by_minute("a") == 0
    clock.advance(seconds=0.001)
    assert await lease_by_minute("a") == 80


async def test_in_no_second_are_all_shares_together_more_than_the_rate(
    store: Store, clock: ManualClock
) -> None:
    chance = random.Random(SEED)
    recent: dict[str, deque[tuple[float, int]]] = defaultdict(deque)
    for step in range(80):
        clock.advance(seconds=0.25)
        holder = chance.choice("abc")
        share = await lease(store, holder, chance.choice((0, 3, 10, 1000)))
        recent[holder].append((step * 0.25, share))
        assert sum(_most(used, step * 0.25) for used in recent.values()) <= RATE


def _most(used: deque[tuple[float, int]], now: float) -> int:
    """The largest share that counted within the last second."""
    while len(used) > 1 and used[1][0] <= now - 1:
        used.popleft()
    return max(share for _, share in used)


async def test_what_the_messenger_asked_one_process_holds_for_all(
    store: Store, clock: ManualClock
) -> None:
    until = clock.now() + LENGTH
    await in_write(
        store, rate_shares.lease, "telegram", "a", rate=RATE, wants=0, halted_until=until
    )
    granted = await in_write(store, rate_shares.lease, "telegram", "b", rate=RATE, wants=0)
    assert granted.halted_until == until


async def test_an_idle_holder_keeps_the_least_share_for_a_minute(
    store: Store, clock: ManualClock
) -> None:
    granted = await in_write(
        store, rate_shares.lease, "telegram", "a", rate=RATE, wants=0, is_idle=True
    )
    assert granted.share == RATE // 4
    clock.advance(seconds=IDLE_LENGTH.total_seconds() + 0.999)
    most = await in_write(store, rate_shares.lease, "telegram", "b", rate=RATE, wants=RATE)
    assert most.share == RATE - RATE // 4
    clock.advance(seconds=0.001)
    everything = await in_write(store, rate_shares.lease, "telegram", "b", rate=RATE, wants=RATE)
    assert everything.share == RATE
