"""The leader dies in the middle of a broadcast: another goes on, and nobody is told twice."""

import asyncio
import random
from collections.abc import Sequence
from itertools import cycle

import pytest

from storage.database.engine import Store
from storage.models import DeliveryState
from tests.integration.conftest import Home, MakeHome
from tests.support.announcements.broadcast import (
    add_reachable_users,
    begin_broadcast,
    broadcast_has_ended,
    check_each_received_once,
    is_under_way_else_begin,
    open_store_of,
    wait_for_next_message,
)
from tests.support.databases import PostgresqlTestDatabase
from tests.support.delivery_processes import DeliveryProcess, delivery_processes, wait_for_leader
from tests.support.sandbox_client import SandboxTestClient, until

SEED = 15_03_2026
DEATHS = ("killed", "halted", "cut off")
_DELIVERY = 'lease = "2 seconds"\nleadership = "1 second"\nahead_s = 0.05\nbatch = 20'
_PACE = "per_second = 40\nper_chat_s = 0.01"
_END_S = 1200.0

S = DeliveryState


@pytest.fixture
async def home(postgresql_test_database: PostgresqlTestDatabase, make_home: MakeHome) -> Home:
    await postgresql_test_database.empty()
    return make_home(database=postgresql_test_database.url, delivery=_DELIVERY, pace=_PACE)


async def test_a_broadcast_goes_on_when_its_leader_is_killed(
    sandbox: SandboxTestClient, home: Home
) -> None:
    await _broadcast(sandbox, home, recipients=100, deaths=DEATHS[:1])


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_fifty_leaders_die_in_one_broadcast(sandbox: SandboxTestClient, home: Home) -> None:
    deaths = [kind for kind, _ in zip(cycle(DEATHS), range(50), strict=False)]
    await _broadcast(sandbox, home, recipients=3000, deaths=deaths)


async def _broadcast(
    sandbox: SandboxTestClient, home: Home, *, recipients: int, deaths: Sequence[str]
) -> None:
    phones = await add_reachable_users(sandbox, recipients)
    async with open_store_of(home) as store:
        numbers = await begin_broadcast(store, phones)
        async with delivery_processes(home, 2) as processes:
            await _lose_leaders(store, processes, deaths)
            await until(lambda: broadcast_has_ended(store), "the end of the broadcast", _END_S)
        states = await check_each_received_once(store, dict(zip(numbers, phones, strict=True)))
    print(f"\n{dict(states)}")
    assert states[S.SENT] >= states.total() - 4 * len(deaths)


async def _lose_leaders(
    store: Store, processes: list[DeliveryProcess], deaths: Sequence[str]
) -> None:
    chance, term = random.Random(SEED), 0
    left = list(deaths)
    while left:
        leader, term = await wait_for_leader(store, processes, after=term - 1)
        await wait_for_next_message(store)
        await asyncio.sleep(chance.uniform(0, 0.3))
        _lose(leader, left[0])
        if await is_under_way_else_begin(store):
            del left[0]
        _, term = await wait_for_leader(store, processes, after=term)
        await wait_for_next_message(store)
        leader.process.resume()
        leader.proxy.close_stalled()


def _lose(leader: DeliveryProcess, death: str) -> None:
    if death == "killed":
        leader.kill_and_restart()
    elif death == "halted":
        leader.process.pause()
    else:
        leader.proxy.stall()
