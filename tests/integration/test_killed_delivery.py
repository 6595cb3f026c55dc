"""Killed at any moment of a broadcast and started again: nobody is forgotten, nobody told twice."""

import asyncio
import random
from functools import partial

import pytest

from storage.engine import Store
from storage.models import DeliveryState
from tests.integration.broadcast import (
    begin,
    everybody_was_told_once,
    has_ended,
    memory_of,
    some_people,
    states_in,
)
from tests.integration.conftest import Home, MakeHome
from tests.integration.process import BotProcess
from tests.integration.town import TownUnderTest, until

SEED = 15_03_2026
_PACE = "per_second = {per_second}\nper_chat_s = 0.01"
_DELIVERY = 'lease = "1 second"\nleadership = "1 second"\nahead_s = 0.02'
"""A worker that was killed keeps its place only for a moment, and marks one row at a time."""
_MORE_S = (0.0, 0.8)
_PATIENCE_S = 120.0
_END_S = 1200.0

S = DeliveryState


async def test_a_broadcast_survives_being_killed_again_and_again(
    town: TownUnderTest, make_home: MakeHome
) -> None:
    home = make_home(delivery=_DELIVERY, pace=_PACE.format(per_second=40))
    await _broadcast_under_fire(town, home, recipients=200, kills=6)


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_a_long_broadcast_survives_two_hundred_kills(
    town: TownUnderTest, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url, delivery=_DELIVERY, pace=_PACE.format(per_second=30))
    await _broadcast_under_fire(town, home, recipients=5000, kills=200)


async def _broadcast_under_fire(
    town: TownUnderTest, home: Home, *, recipients: int, kills: int
) -> None:
    phones = await some_people(town, recipients)
    async with memory_of(home) as memory:
        numbers = await begin(memory, phones)
        await _kill_again_and_again(home, memory, kills)
        with BotProcess(home.config) as bot:
            await until(lambda: has_ended(memory), "the end of the broadcast", _END_S)
            assert await bot.stop(patience_s=10) == 0
        states = await everybody_was_told_once(memory, dict(zip(numbers, phones, strict=True)))
    print({state.value: count for state, count in states.items()})
    assert states[S.SENT] >= 0.95 * recipients


async def _kill_again_and_again(home: Home, memory: Store, kills: int) -> None:
    """Every second kill comes while something is being sent for certain, the others at any time."""
    chance = random.Random(SEED)
    for kill in range(kills):
        begun = (await states_in(memory))[S.SENT]
        with BotProcess(home.config) as bot:
            if kill % 2:
                await until(partial(_has_sent_more, memory, begun), "a message", _PATIENCE_S)
            await asyncio.sleep(chance.uniform(*_MORE_S))
            bot.kill()
    assert not await has_ended(memory)


async def _has_sent_more(memory: Store, begun: int) -> bool:
    return (await states_in(memory))[S.SENT] > begun
