"""Telegram fails, the disk is full, the database is locked, the clock goes back: all are told once."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from storage.database.engine import Store
from storage.models import Delivery, DeliveryState
from tests.integration.conftest import Home, MakeHome, running
from tests.support.announcements.broadcast import (
    add_reachable_users,
    begin_broadcast,
    check_each_received_once,
    open_store_of,
)
from tests.support.announcements.broadcast import broadcast_has_ended as _has_ended
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, until

SOME, MANY = 40, 1000
_LOCKED_S = 5.0
_AN_HOUR_S = 3600.0
_PACE = "per_second = 400\nper_chat_s = 0.01"

S = DeliveryState
Trouble = Callable[[SandboxTestClient, Home], Awaitable[None]]


def telegram(times: int, **fault: object) -> Trouble:
    """Telegram fails like this so often."""

    async def strike(sandbox: SandboxTestClient, _: Home) -> None:
        await sandbox.inject_fault(method="sendMessage", times=times, **fault)

    return strike


async def a_lock(_: SandboxTestClient, home: Home) -> None:
    """Another program writes into the database for a while."""
    await asyncio.to_thread(_hold, home.folder / "club.sqlite3")


def _hold(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        # Nothing to wait for: that it lasts is the trouble.
        asyncio.run(asyncio.sleep(_LOCKED_S))
    finally:
        other.execute("ROLLBACK")
        other.close()


async def the_clock_back(sandbox: SandboxTestClient, _: Home) -> None:
    """The machine's clock is set back an hour."""
    await sandbox.advance(-_AN_HOUR_S)


TROUBLES: dict[str, tuple[Trouble, int]] = {
    "429 storm": (telegram(5, status=429, retry_after=1), 0),
    "5xx": (telegram(8, status=502), 0),
    "accepted, then dropped": (telegram(4, accept_then_drop=True), 4),
    "slow answers": (telegram(20, delay_s=0.3), 0),
    "locked for 5 s": (a_lock, 0),
    "clock an hour back": (the_clock_back, 0),
}
"""What strikes in the middle of a broadcast, and how many copies are of unknown fate afterwards."""


@pytest.mark.parametrize(("trouble", "unknown"), TROUBLES.values(), ids=TROUBLES)
async def test_everybody_is_told_once_whatever_goes_wrong(
    sandbox: SandboxTestClient, make_home: MakeHome, trouble: Trouble, unknown: int
) -> None:
    await _broadcast_in(trouble, sandbox, make_home(pace=_PACE), SOME, unknown)


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("trouble", "unknown"), TROUBLES.values(), ids=TROUBLES)
async def test_a_thousand_are_told_once_whatever_goes_wrong_again_and_again(
    sandbox: SandboxTestClient, make_home: MakeHome, trouble: Trouble, unknown: int
) -> None:
    await _broadcast_in(trouble, sandbox, make_home(), MANY, 5 * unknown, strikes=5)


async def _broadcast_in(
    trouble: Trouble,
    sandbox: SandboxTestClient,
    home: Home,
    people: int,
    unknown: int,
    strikes: int = 1,
) -> None:
    phones = await add_reachable_users(sandbox, people)
    async with open_store_of(home) as store:
        numbers = await begin_broadcast(store, phones)
        await trouble(sandbox, home)
        async with running(home.settings):
            for _ in range(strikes - 1):
                await trouble(sandbox, home)
            await _end(sandbox, store)
        states = await check_each_received_once(store, dict(zip(numbers, phones, strict=True)))
    assert (states[S.UNCERTAIN], states[S.SENT]) == (unknown, people - unknown)


async def _end(sandbox: SandboxTestClient, store: Store) -> None:
    """Until nothing is left to do; what is put off is brought near by the clock."""

    async def has_ended() -> bool:
        if await _is_put_off(sandbox, store):
            await sandbox.advance_by(seconds=5)
        return await _has_ended(store)

    await until(has_ended, "the end of the broadcast")


async def _is_put_off(sandbox: SandboxTestClient, store: Store) -> bool:
    """Whether something waits for its time, and nothing is under way: that would seem to take long."""
    now = datetime.fromisoformat((await sandbox.get("clock"))["now"])
    async with store.read() as tx:
        each = select(Delivery.state, func.max(Delivery.not_before)).group_by(col(Delivery.state))
        latest = dict((await tx.session.exec(each)).all())
    return not latest.keys() & {S.CLAIMED, S.SENDING} and latest.get(S.QUEUED, now) > now


async def test_a_full_disk_is_waited_for(sandbox: SandboxTestClient, make_home: MakeHome) -> None:
    home = make_home(pace="per_second = 40\nper_chat_s = 0.01")
    phones = await add_reachable_users(sandbox, SOME)
    async with open_store_of(home) as store:
        numbers = await begin_broadcast(store, phones)
        with BotProcess(home.config) as bot:
            await until(lambda: _said(sandbox, 10), "the first messages")
            async with _no_byte_more(bot, home):
                await until(
                    lambda: _in_the_log(home, "results not written, retrying"), "the trouble"
                )
            await until(lambda: _has_ended(store), "the end of the broadcast")
            assert await bot.stop() == 0
        states = await check_each_received_once(store, dict(zip(numbers, phones, strict=True)))
    assert states == {S.SENT: SOME}


@asynccontextmanager
async def _no_byte_more(bot: BotProcess, home: Home) -> AsyncIterator[None]:
    """The bot's files cannot grow, as on a disk that is full."""
    with closing(sqlite3.connect(home.folder / "club.sqlite3", isolation_level=None)) as reader:
        # While somebody reads, the log cannot begin anew in the room that it has.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM member").fetchone()
        size = (home.folder / "club.sqlite3-wal").stat().st_size
        before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, before[1]))
        yield
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)


async def _said(sandbox: SandboxTestClient, count: int) -> bool:
    return len(await sandbox.calls("sendMessage")) >= count


async def _in_the_log(home: Home, word: str) -> bool:
    return word in (home.folder / "bot.log").read_text("utf-8")
