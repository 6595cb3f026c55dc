"""Killed at any moment of a broadcast and started again: nobody is forgotten, nobody told twice."""

import asyncio
import random

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
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, until

SEED = 15_03_2026
_PACE = "per_second = {per_second}\nper_chat_s = 0.01"
_DELIVERY = 'lease = "1 second"\nleadership = "1 second"\nahead_s = 0.02'
"""A worker that was killed keeps its place only for a moment, and marks one row at a time."""
_MORE_S = (0.0, 0.8)
_END_S = 1200.0

S = DeliveryState


async def test_a_broadcast_survives_being_killed_again_and_again(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home = make_home(delivery=_DELIVERY, pace=_PACE.format(per_second=40))
    await _broadcast_under_fire(sandbox, home, recipients=200, kills=6)


@pytest.mark.torture
@pytest.mark.timeout(3600)
async def test_a_long_broadcast_survives_two_hundred_kills(
    sandbox: SandboxTestClient, make_home: MakeHome, database_url: str
) -> None:
    home = make_home(database=database_url, delivery=_DELIVERY, pace=_PACE.format(per_second=30))
    await _broadcast_under_fire(sandbox, home, recipients=5000, kills=200)


async def _broadcast_under_fire(
    sandbox: SandboxTestClient, home: Home, *, recipients: int, kills: int
) -> None:
    phones = await add_reachable_users(sandbox, recipients)
    async with open_store_of(home) as store:
        numbers = await begin_broadcast(store, phones)
        await _kill_again_and_again(home, store, kills)
        with BotProcess(home.config) as bot:
            await until(lambda: broadcast_has_ended(store), "the end of the broadcast", _END_S)
            assert await bot.stop() == 0
        states = await check_each_received_once(store, dict(zip(numbers, phones, strict=True)))
    print({state.value: count for state, count in states.items()})
    assert states[S.SENT] >= 0.95 * states.total()


async def _kill_again_and_again(home: Home, store: Store, kills: int) -> None:
    """Every second kill comes in the middle of a broadcast for certain, the others at any time."""
    chance, done = random.Random(SEED), 0
    while done < kills:
        with BotProcess(home.config) as bot:
            if done % 2:
                await wait_for_next_message(store)
            await asyncio.sleep(chance.uniform(*_MORE_S))
            bot.kill()
        done += await is_under_way_else_begin(store)
