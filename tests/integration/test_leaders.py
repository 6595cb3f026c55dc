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
    begin,
    everybody_was_told_once,
    has_ended,
    is_under_way,
    memory_of,
    one_more_is_sent,
    some_people,
)
from tests.support.databases import PostgresqlPlace
from tests.support.delivery_processes import Candidate, candidates, leader_among
from tests.support.sandbox_client import TownUnderTest, until

SEED = 15_03_2026
DEATHS = ("killed", "halted", "cut off")
_DELIVERY = 'lease = "2 seconds"\nleadership = "1 second"\nahead_s = 0.05\nbatch = 20'
_PACE = "per_second = 40\nper_chat_s = 0.01"
_END_S = 1200.0

S = DeliveryState


@pytest.fixture
async def home(postgresql_place: PostgresqlPlace, make_home: MakeHome) -> Home:
    await postgresql_place.empty()
    return make_home(database=postgresql_place.url, delivery=_DELIVERY, pace=_PACE)


async def test_a_broadcast_goes_on_when_its_leader_is_killed(
    town: TownUnderTest, home: Home
) -> None:
    await _broadcast(town, home, recipients=100, deaths=DEATHS[:1])


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_fifty_leaders_die_in_one_broadcast(town: TownUnderTest, home: Home) -> None:
    deaths = [kind for kind, _ in zip(cycle(DEATHS), range(50), strict=False)]
    await _broadcast(town, home, recipients=3000, deaths=deaths)


async def _broadcast(
    town: TownUnderTest, home: Home, *, recipients: int, deaths: Sequence[str]
) -> None:
    phones = await some_people(town, recipients)
    async with memory_of(home) as memory:
        numbers = await begin(memory, phones)
        async with candidates(home, 2) as crew:
            await _lose_leaders(memory, crew, deaths)
            await until(lambda: has_ended(memory), "the end of the broadcast", _END_S)
        states = await everybody_was_told_once(memory, dict(zip(numbers, phones, strict=True)))
    print(f"\n{dict(states)}")
    assert states[S.SENT] >= states.total() - 4 * len(deaths)


async def _lose_leaders(memory: Store, crew: list[Candidate], deaths: Sequence[str]) -> None:
    chance, term = random.Random(SEED), 0
    left = list(deaths)
    while left:
        leader, term = await leader_among(memory, crew, after=term - 1)
        await one_more_is_sent(memory)
        await asyncio.sleep(chance.uniform(0, 0.3))
        _lose(leader, left[0])
        if await is_under_way(memory):
            del left[0]
        _, term = await leader_among(memory, crew, after=term)
        await one_more_is_sent(memory)
        leader.process.resume()
        leader.wire.mend()


def _lose(leader: Candidate, death: str) -> None:
    if death == "killed":
        leader.die()
    elif death == "halted":
        leader.process.pause()
    else:
        leader.wire.cut()
