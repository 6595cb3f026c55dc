"""What was in hand when a process ended uncleanly is suspected; only what was alone is convicted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from storage.database.engine import Store
from storage.inbox import chat_leases, poison_updates, updates
from storage.inbox.chat_leases import LENGTH, Capacity
from storage.inbox.poison_updates import TO_BE_TRIED, TRANSITIONS, Event, after
from storage.models import InboxUpdate, Suspicion
from tests.support import ManualClock, in_read, in_write
from tests.unit.storage.inbox.test_updates import arrive

STATES: list[Suspicion | None] = [None, *Suspicion]
ROOM = Capacity(100, 100)


@given(st.lists(st.sampled_from(Event)))
def test_nothing_is_set_aside_that_was_not_begun_alone_twice_and_ended_the_process_each_time(
    events: list[Event],
) -> None:
    state: Suspicion | None = None
    ended_alone = 0
    for event in events:
        was_alone = state in (Suspicion.ALONE, Suspicion.ALONE_AGAIN)
        ended_alone += was_alone and event is Event.ENDED_UNCLEANLY
        state = after(event, state)
        assert (state is Suspicion.TO_SET_ASIDE) is (ended_alone >= 2)


def test_whatever_is_suspected_is_tried_alone_until_it_is_set_aside() -> None:
    for state in STATES:
        left = after(Event.ENDED_UNCLEANLY, after(Event.BEGUN_ALONE, state))
        assert left in TO_BE_TRIED or left is Suspicion.TO_SET_ASIDE


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", STATES)
async def test_what_is_written_down_is_what_the_table_says(
    store: Store, event: Event, state: Suspicion | None
) -> None:
    await arrive(store, "lan", "bao")
    async with store.write() as tx:
        for row in (await tx.session.exec(select(InboxUpdate))).all():
            row.suspicion = state
    async with store.write() as tx:
        if event is Event.ENDED_UNCLEANLY:
            await poison_updates.suspect(tx)
        else:
            await poison_updates.note(tx, event, [1])
            await poison_updates.note(tx, event, [2])
    assert await suspicions(store) == [TRANSITIONS[event].get(state, state)] * 2


async def suspicions(store: Store) -> list[Suspicion | None]:
    found = await in_read(store, updates.waiting, limit=100, per_chat=100)
    return [one.suspicion for one in sorted(found, key=lambda one: one.id)]


async def test_what_had_its_effect_is_suspected_of_nothing(store: Store) -> None:
    await arrive(store, "lan", "bao")
    async with store.write() as tx:
        await poison_updates.suspect(tx)
        await updates.take(tx, [1])
        await updates.skip(tx, [2])
        await poison_updates.suspect(tx)
    async with store.read() as tx:
        rows = (await tx.session.exec(select(InboxUpdate.suspicion))).all()
    assert rows == [None, None]


async def test_a_process_that_had_everything_and_ended_uncleanly_left_suspects(
    store: Store,
) -> None:
    for holder in ("first", "second"):
        await in_write(store, chat_leases.take_exclusive, holder)
        await arrive(store, "lan")
    assert await suspicions(store) == [Suspicion.SUSPECT, None]


async def test_of_each_chat_only_what_came_first_is_suspected(
    store: Store, clock: ManualClock
) -> None:
    first, others = Suspicion.SUSPECT, None
    await arrive(store, "lan", "lan", "bao", "bao", "lan", None, None)
    await in_write(store, poison_updates.suspect)
    assert await suspicions(store) == [first, others, first, others, others, first, first]


async def test_of_each_chat_whose_turn_is_taken_over_only_what_came_first_is_suspected(
    store: Store, clock: ManualClock
) -> None:
    await arrive(store, "lan", "lan", "bao")
    await take(store, "dead")
    clock.advance(seconds=LENGTH.total_seconds())
    found = sorted(await take(store, "living"), key=lambda one: one.id)
    assert [one.suspicion for one in found] == [Suspicion.SUSPECT, None, Suspicion.SUSPECT]
    assert await suspicions(store) == [Suspicion.SUSPECT, None, Suspicion.SUSPECT]


async def test_a_process_that_ended_cleanly_left_none(store: Store) -> None:
    await in_write(store, chat_leases.take_exclusive, "first")
    await arrive(store, "lan")
    async with store.write() as tx:
        await chat_leases.give_back_exclusive(tx, "somebody else")
        await chat_leases.give_back_exclusive(tx, "first")
    await in_write(store, chat_leases.take_exclusive, "second")
    assert await suspicions(store) == [None]


async def take(
    store: Store, holder: str, *, done: tuple[int, ...] = ()
) -> list[updates.WaitingUpdate]:
    return await in_write(store, chat_leases.take, holder, ROOM, done=done)


async def test_who_takes_over_a_dead_processs_turns_suspects_what_waits_there_and_nothing_else(
    store: Store, clock: ManualClock
) -> None:
    await arrive(store, "lan")
    await take(store, "dead")
    clock.advance(seconds=LENGTH.total_seconds())
    await arrive(store, "bao")
    found = await take(store, "living")
    assert [one.suspicion for one in found] == [Suspicion.SUSPECT, None]
    assert await suspicions(store) == [Suspicion.SUSPECT, None]


async def test_a_turn_that_ran_out_and_is_kept_by_its_holder_or_was_given_back_makes_no_suspect(
    store: Store, clock: ManualClock
) -> None:
    await arrive(store, "lan")
    (lan,) = await take(store, "slow")
    clock.advance(seconds=2 * LENGTH.total_seconds())
    assert [one.suspicion for one in await take(store, "slow")] == [None]
    await in_write(store, chat_leases.take, "slow", Capacity(0, 0), done=[lan.slot])
    assert [one.suspicion for one in await take(store, "other")] == [None]
