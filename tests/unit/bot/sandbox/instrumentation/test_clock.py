"""The clock that sandbox and bot share."""

from datetime import datetime

import pytest

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.state import SandboxSettings
from tests.support.sandbox_server import SandboxServer, running_sandbox
from tests.support.waiting import begun, in_time, time_limit


def test_a_moved_clock_is_real_time_plus_the_offset() -> None:
    clock = Clock(offset_s=100.0, real_now=lambda: 1_000_000.0)
    clock.advance(-40.5)
    assert (clock.now_s(), clock.offset_s, clock.version) == (1_000_059.5, 59.5, 2)
    assert clock.as_json()["now"] == "1970-01-12T13:47:39.500000+00:00"


async def test_messages_carry_the_moved_time(sandbox: SandboxServer, chat: int) -> None:
    before = (await sandbox.say(chat, "trước"))["date"]
    await sandbox.advance(86_400)
    after = (await sandbox.say(chat, "sau"))["date"]
    assert 86_400 <= after - before <= 86_460


async def test_a_sandbox_can_start_at_another_time() -> None:
    settings = SandboxSettings(token="1:x", clock_offset_s=-3600.0)
    async with running_sandbox(settings) as past, running_sandbox() as present:
        then, now = [
            datetime.fromisoformat((await sandbox.get("/sandbox/clock")).body["now"])
            for sandbox in (past, present)
        ]
    assert 3590 < (now - then).total_seconds() < 3610


async def test_whoever_follows_the_clock_hears_of_a_move_at_once(sandbox: SandboxServer) -> None:
    version = (await sandbox.get("/sandbox/clock")).body["version"]
    following = await begun(sandbox.get(f"/sandbox/clock?after={version}&timeout=60"))
    await sandbox.advance(600)
    told = await in_time(following)
    assert (told.body["version"], told.body["offset_s"]) == (version + 1, 600)


async def test_a_move_that_was_missed_is_told_without_waiting(sandbox: SandboxServer) -> None:
    await sandbox.advance(1.5)
    async with time_limit():
        answer = await sandbox.get("/sandbox/clock?after=1&timeout=60")
    assert answer.body["offset_s"] == 1.5


async def test_without_a_move_the_wait_ends_by_itself(sandbox: SandboxServer) -> None:
    answer = await sandbox.get("/sandbox/clock?after=1&timeout=0.01")
    assert answer.body["version"] == 1


@pytest.mark.parametrize("seconds", [None, "3600", True, 1e15, [], {}], ids=repr)
async def test_a_clock_cannot_be_moved_by_nonsense(sandbox: SandboxServer, seconds: object) -> None:
    answer = await sandbox.post("/sandbox/clock", {"advance_s": seconds})
    assert answer.status == 400
    assert (await sandbox.get("/sandbox/clock")).body["version"] == 1
