"""The demo as a person starts it: a process of its own, and the address it prints."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.paths import PROJECT
from tests.support.waiting import in_time, time_limit


@asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """`python -m bot demo`, up and with its club; yields the address it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0",
        cwd=PROJECT, stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        url = await _said(process, re.compile(r"http://\S+"))
        await _said(process, re.compile("The club is there"))
        yield url
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await in_time(process.wait())


async def _said(process: asyncio.subprocess.Process, words: re.Pattern[str]) -> str:
    """What the process says, once it says it."""
    assert process.stdout is not None
    async with time_limit():
        while line := (await process.stdout.readline()).decode():
            if found := words.search(line):
                return found[0]
    raise AssertionError(f"the demo ended before it said {words.pattern}")
