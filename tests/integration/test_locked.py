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
from tests.support.announcements.broadcast import add_reachable_users, open_store_of
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, until

_BUSY_S = 0.1
"""How long the bot waits for the lock each time."""


async def test_what_was_due_while_the_database_was_locked_is_told_of_and_made_up_for(
    sandbox: SandboxTestClient, make_home: MakeHome
) -> None:
    home = make_home(busy_timeout_s=_BUSY_S)
    [officer] = await add_reachable_users(sandbox, 1)
    async with open_store_of(home) as store:
        await _is_an_officer(store, officer)
        # A process of its own: no error of it is made readable for a developer, which takes long.
        with BotProcess(home.config):
            await until(lambda: _somebody_keeps_time(store), "a leader")
            async with _locked(home):
                await sandbox.advance_by(hours=24)
                await officer.reads("những việc hẹn giờ")
                assert not await _clock_is_well(home)
                assert not await _housekeeping_was_done(store)
            await officer.reads("Bot đã chạy lại bình thường")
            await until(lambda: _clock_is_well(home), "a clock that is well")
            await until(lambda: _housekeeping_was_done(store), "what was due")


async def _is_an_officer(store: Store, phone: SandboxUser) -> None:
    async with store.write() as tx:
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


async def _somebody_keeps_time(store: Store) -> bool:
    async with store.read() as tx:
        return await tx.session.get(Lease, "timetable") is not None


async def _clock_is_well(home: Home) -> bool:
    health = f"http://127.0.0.1:{home.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(health) as answer:
        return bool((await answer.json())["clock"]["ok"])


async def _housekeeping_was_done(store: Store) -> bool:
    async with store.read() as tx:
        done = select(func.count()).where(col(Slot.outcome) == SlotOutcome.DONE)
        return (await tx.session.exec(done)).one() > 0
