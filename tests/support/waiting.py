"""Waiting in tests: for a condition or an event, however long the machine takes for it.

No test passes or fails by how fast something is. The limit here is reached only by what hangs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.demo.actors import PATIENCE_S, NothingCame, until

__all__ = [
    "PATIENCE_MS",
    "PATIENCE_S",
    "NothingCame",
    "begun",
    "holds",
    "patience",
    "poll",
    "run_other_tasks",
    "soon",
    "until",
]

_T = TypeVar("_T")

PATIENCE_MS = PATIENCE_S * 1000
"""The same for a browser."""
_POLL_S = 0.005
_LOOP_ITERATIONS = 20
"""More than any chain of tasks in the tests needs, each of which wakes up the next."""


def patience() -> asyncio.Timeout:
    """A block that must end within `PATIENCE_S`."""
    return asyncio.timeout(PATIENCE_S)


async def soon(awaited: Awaitable[_T]) -> _T:
    """The result of `awaited`, within `PATIENCE_S`."""
    async with patience():
        return await awaited


async def holds(condition: Callable[[], bool], what: str) -> None:
    """Waits as `until` does, for a condition that can be read without waiting."""

    async def held() -> bool:
        return condition()

    await until(held, what)


async def poll(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits as `until` does, but looks 200 times a second, for what happens within this process."""
    async with patience():
        while True:
            if await condition():
                return
            await asyncio.sleep(_POLL_S)


async def begun(work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
    """Starts a task; returns once it waits for something for the first time, or has ended."""
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    return task


async def run_other_tasks() -> None:
    """Lets every other task of the loop run until it waits for time, input or output."""
    for _ in range(_LOOP_ITERATIONS):
        await asyncio.sleep(0)
