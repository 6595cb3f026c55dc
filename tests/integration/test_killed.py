"""Killed at any moment and started again: every update has its effect exactly once."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from bot.memory import open_store
from storage.clock import SystemClock
from storage.codes import WRONG_CODES
from storage.engine import Store
from storage.ids import RandomIds
from storage.inbox import oldest
from storage.invites import CODE_LENGTH
from storage.models import CodeAttempts, InboxUpdate
from tests.integration.conftest import Home, MakeHome
from tests.integration.process import BotProcess
from tests.integration.town import Resident, TownUnderTest, answers, until

KILLS = 20
STRANGERS = 40
TRIES = WRONG_CODES - 1
"""Wrong codes are counted up to here: one lost or counted twice would be seen."""


@pytest.fixture
async def memory(home: Home) -> AsyncIterator[Store]:
    """A look into the club's database from outside the bot."""
    store = open_store(home.settings, SystemClock())
    yield store
    await store.close()


@pytest.fixture(params=["polling", "webhook"])
def home(request: pytest.FixtureRequest, make_home: MakeHome) -> Home:
    return make_home(webhook=request.param == "webhook")


async def test_no_update_is_lost_or_counted_twice_however_often_the_bot_is_killed(
    town: TownUnderTest, home: Home, memory: Store
) -> None:
    strangers = [await town.person(f"Người lạ {n}") for n in range(STRANGERS)]
    pouring = asyncio.create_task(_try_codes(strangers))
    chance = random.Random(15_03_2026)
    for _ in range(KILLS):
        with BotProcess(home.config) as bot:
            await asyncio.sleep(chance.uniform(0.3, 1.2))
            bot.kill()
    with BotProcess(home.config):
        await pouring
        await until(lambda: _all_handled(memory), "the end of the inbox")

    async with memory.read() as tx:
        counted = [row.wrong for row in (await tx.session.exec(select(CodeAttempts))).all()]
        payloads = (await tx.session.exec(select(InboxUpdate.payload_sealed))).all()
    assert counted == [TRIES] * STRANGERS
    assert payloads == [None] * (TRIES * STRANGERS)
    for stranger in strangers:
        assert len(await answers(stranger)) <= TRIES


async def _try_codes(strangers: list[Resident]) -> None:
    """A steady stream, everybody in turn, for about as long as the killing takes."""
    for _ in range(TRIES):
        for stranger in strangers:
            code = RandomIds().code(CODE_LENGTH)
            await stranger.town.post(f"chats/{stranger.id}/send", text=code)
            await asyncio.sleep(0.04)


async def _all_handled(memory: Store) -> bool:
    async with memory.read() as tx:
        arrived = (await tx.session.exec(select(InboxUpdate.id))).all()
        return len(arrived) == TRIES * STRANGERS and await oldest(tx) is None
