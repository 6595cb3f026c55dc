"""Killed at any moment of a broadcast and started again: nobody is forgotten, nobody told twice."""

import asyncio
import random

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
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import TownUnderTest, until

SEED = 15_03_2026
_PACE = "per_second = {per_second}\nper_chat_s = 0.01"
_DELIVERY = 'lease = "1 second"\nleadership = "1 second"\nahead_s = 0.02'
"""A worker that was killed keeps its place only for a moment, and marks one row at a time."""
_MORE_S = (0.0, 0.8)
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
            assert await bot.stop() == 0
        states = await everybody_was_told_once(memory, dict(zip(numbers, phones, strict=True)))
    print({state.value: count for state, count in states.items()})
    assert states[S.SENT] >= 0.95 * states.total()


async def _kill_again_and_again(home: Home, memory: Store, kills: int) -> None:
    """Every second kill comes in the middle of a broadcast for certain, the others at any time."""
    chance, done = random.Random(SEED), 0
    while done < kills:
        with BotProcess(home.config) as bot:
            if done % 2:
                await one_more_is_sent(memory)
            await asyncio.sleep(chance.uniform(*_MORE_S))
            bot.kill()
        done += await is_under_way(memory)
