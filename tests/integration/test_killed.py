"""Killed at any moment and started again: every update has its effect exactly once."""

import asyncio
import random
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlmodel import col, func, select

from bot.store.open_store import open_store
from storage.database.clock import SystemClock
from storage.database.engine import Store
from storage.database.schema import is_current
from storage.models import InboxUpdate
from tests.integration.conftest import Home, MakeHome
from tests.support.bot_process import BotProcess
from tests.support.code_guessers import TRIES, all_handled, counted, try_codes
from tests.support.sandbox_client import SandboxTestClient, bot_texts, until


@pytest.fixture
async def club_store(home: Home) -> AsyncIterator[Store]:
    """A look into the club's database from outside the bot."""
    store = open_store(home.settings, SystemClock())
    yield store
    await store.close()


@pytest.fixture(params=[6, pytest.param(60, marks=pytest.mark.torture)])
def kills(request: pytest.FixtureRequest) -> int:
    """How often it is killed while people write: every second time once it has begun to answer."""
    return int(request.param)


@pytest.fixture(params=["polling", "webhook"])
def home(request: pytest.FixtureRequest, make_home: MakeHome) -> Home:
    return make_home(webhook=request.param == "webhook")


async def test_no_update_is_lost_or_counted_twice_however_often_the_bot_is_killed(
    sandbox: SandboxTestClient, home: Home, club_store: Store, kills: int
) -> None:
    strangers = [await sandbox.add_user(f"Người lạ {n}") for n in range(2 * kills)]
    chance, handled = random.Random(15_03_2026), 0
    for kill in range(kills):
        pouring = asyncio.create_task(try_codes(strangers[2 * kill : 2 * kill + 2], 0.04))
        with BotProcess(home.config) as bot:
            if kill % 2:
                await until(partial(_more_were_handled, club_store, handled), "an effect")
            await asyncio.sleep(chance.uniform(0, 0.4))
            bot.kill()
        await pouring
        handled = await _handled(club_store)
    with BotProcess(home.config):
        await until(lambda: all_handled(club_store, strangers), "the end of the inbox")

    async with club_store.read() as tx:
        payloads = (await tx.session.exec(select(InboxUpdate.payload_sealed))).all()
    assert await counted(club_store) == {TRIES: len(strangers)}
    assert payloads == [None] * (TRIES * len(strangers))
    for stranger in strangers:
        assert len(await bot_texts(stranger)) <= TRIES


async def _handled(club_store: Store) -> int:
    """How many updates have had their effect."""
    if not await is_current(club_store.engine):
        return 0  # It was killed before it had made the tables.
    async with club_store.read() as tx:
        done = select(func.count()).where(col(InboxUpdate.handled_at).is_not(None))
        return (await tx.session.exec(done)).one()


async def _more_were_handled(club_store: Store, before: int) -> bool:
    return await _handled(club_store) > before
