"""A clock that is moved takes the bot along, and what has become due is looked at."""

import asyncio
from datetime import timedelta

from bot.store.sandbox_clock import SandboxClock
from tests.support.sandbox_server import running_sandbox
from tests.support.waiting import in_time


async def test_who_waits_for_the_time_hears_that_the_clock_was_moved() -> None:
    async with running_sandbox() as sandbox:
        clock = SandboxClock(sandbox.address.url)
        await clock.read()
        moved, stop, before = asyncio.Event(), asyncio.Event(), clock.now()
        async with asyncio.TaskGroup() as group:
            group.create_task(clock.follow(moved.set, stop))
            await sandbox.advance(3600)
            await in_time(moved.wait())
            stop.set()
        assert clock.now() - before >= timedelta(hours=1)
