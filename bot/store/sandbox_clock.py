"""The sandbox's clock, which can be moved; used by the demo and tests."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import aiohttp

from storage.database import SystemClock

_WAIT_S = 30
_TIMEOUT = aiohttp.ClientTimeout(total=_WAIT_S + 10, connect=5)
_RETRY_DELAY_S = 0.5


class SandboxAway(Exception):
    """No sandbox answers at its address."""


class SandboxClock:
    """The system clock with the offset of the sandbox's clock."""

    def __init__(self, sandbox_url: str) -> None:
        self._url = f"{sandbox_url.rstrip('/')}/sandbox/clock"
        self._real = SystemClock()
        self._offset = timedelta()
        self._version = 0
        self._on_moved: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The system time plus the sandbox's offset, as last read."""
        return self._real.now() + self._offset

    async def read(self) -> None:
        """Reads the offset of the sandbox's clock.

        Raises:
            SandboxAway: it does not answer.
        """
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            await self._ask(http, {})

    async def follow(self, on_moved: Callable[[], None], stop: asyncio.Event) -> None:
        """Follows the sandbox's clock until `stop`; `on_moved` is called after it was moved."""
        self._on_moved = on_moved
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(self._follow())
            await stop.wait()
            following.cancel()

    async def _follow(self) -> None:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            while True:
                try:
                    await self._ask(http, {"after": self._version, "timeout": _WAIT_S})
                except SandboxAway:
                    await asyncio.sleep(_RETRY_DELAY_S)

    async def _ask(self, http: aiohttp.ClientSession, query: dict[str, int]) -> None:
        try:
            async with http.get(self._url, params=query) as answer:
                reading = await answer.json()
            self._offset = timedelta(seconds=float(reading["offset_s"]))
            self._version = int(reading["version"])
            self._on_moved()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise SandboxAway(type(error).__name__) from None
