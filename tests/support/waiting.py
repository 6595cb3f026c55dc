"""Waiting in tests: for a condition or an event, however long the machine takes for it.

No test passes or fails by how fast something is. The limit here is reached only by what hangs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.demo.actors import TIMEOUT_S, ExpectationFailed, until

__all__ = [
    "TIMEOUT_MS",
    "TIMEOUT_S",
    "ExpectationFailed",
    "begun",
    "in_time",
    "poll",
    "run_other_tasks",
    "time_limit",
    "until",
    "until_true",
]

_T = TypeVar("_T")

TIMEOUT_MS = TIMEOUT_S * 1000
"""The same for a browser."""
_FIRST_PAUSE_S = 0.005
_LONGEST_PAUSE_S = 0.1
_LOOP_ITERATIONS = 20
"""More than any chain of tasks in the tests needs, each of which wakes up the next."""


def time_limit() -> asyncio.Timeout:
    """A block that must end within `TIMEOUT_S`."""
    return asyncio.timeout(TIMEOUT_S)


async def in_time(awaited: Awaitable[_T]) -> _T:
    """The result of `awaited`, within `TIMEOUT_S`."""
    async with time_limit():
        return await awaited


async def until_true(condition: Callable[[], bool], what: str) -> None:
    """Waits as `until` does, for a condition that can be read without waiting."""

    async def held() -> bool:
        return condition()

    await until(held, what)


async def poll(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits as `until` does, but looks sooner, for what happens within this process.

    The pauses grow, since looking takes processor time from what is waited for.
    """
    pause_s = _FIRST_PAUSE_S
    async with time_limit():
        while not await condition():
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 1.5, _LONGEST_PAUSE_S)


async def begun(work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
    """Starts a task; returns once it waits for something for the first time, or has ended."""
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    return task


async def run_other_tasks() -> None:
    """Lets every other task of the loop run until it waits for time, input or output."""
    for _ in range(_LOOP_ITERATIONS):
        await asyncio.sleep(0)
