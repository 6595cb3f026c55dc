"""Somebody else holds the database for too long: it is told of, and made up for afterwards."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import aiohttp
from sqlmodel import col, func, select

from storage.database.engine import Store
from storage.members import members
from storage.models import Lease, Purpose, Role, Slot, SlotOutcome
from tests.integration.conftest import Home, MakeHome
from tests.support.announcements.broadcast import memory_of, some_people
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import Resident, TownUnderTest, until

_BUSY_S = 0.1
"""How long the bot waits for the lock each time."""


async def test_what_was_due_while_the_database_was_locked_is_told_of_and_made_up_for(
    town: TownUnderTest, make_home: MakeHome
) -> None:
    home = make_home(busy_timeout_s=_BUSY_S)
    [officer] = await some_people(town, 1)
    async with memory_of(home) as memory:
        await _is_an_officer(memory, officer)
        # A process of its own: no error of it is made readable for a developer, which takes long.
        with BotProcess(home.config):
            await until(lambda: _somebody_keeps_time(memory), "a leader")
            async with _locked(home):
                await town.later(hours=24)
                await officer.reads("việc theo giờ")
                assert not await _clock_is_well(home)
                assert not await _housekeeping_was_done(memory)
            await officer.reads("Bot đã chạy lại bình thường")
            await until(lambda: _clock_is_well(home), "a clock that is well")
            await until(lambda: _housekeeping_was_done(memory), "what was due")


async def _is_an_officer(memory: Store, phone: Resident) -> None:
    async with memory.write() as tx:
        member = await members.add(
            tx,
            messenger="telegram",
            chat=str(phone.id),
            name="Cán bộ",
            role=Role.OFFICER,
            language="vi",
            area=None,
        )
        await members.agree(tx, member, Purpose.DUTIES, text_version="1", language="vi")


@asynccontextmanager
async def _locked(home: Home) -> AsyncIterator[None]:
    """Another program writes into the database and does not come to an end."""
    file = home.folder / "club.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def _somebody_keeps_time(memory: Store) -> bool:
    async with memory.read() as tx:
        return await tx.session.get(Lease, "timetable") is not None


async def _clock_is_well(home: Home) -> bool:
    health = f"http://127.0.0.1:{home.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(health) as answer:
        return bool((await answer.json())["clock"]["ok"])


async def _housekeeping_was_done(memory: Store) -> bool:
    async with memory.read() as tx:
        done = select(func.count()).where(col(Slot.outcome) == SlotOutcome.DONE)
        return (await tx.session.exec(done)).one() > 0
