"""Waiting in tests: for what has to happen, however long the machine takes for it.

No test passes or fails by how fast something is. The limit here is reached only by what hangs.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.demo.actors import PATIENCE_S, NothingCame, until

__all__ = ["PATIENCE_MS", "PATIENCE_S", "NothingCame", "holds", "patience", "soon", "until"]

_T = TypeVar("_T")

PATIENCE_MS = PATIENCE_S * 1000
"""The same for a browser."""


def patience() -> asyncio.Timeout:
    """Around what must come to its end."""
    return asyncio.timeout(PATIENCE_S)


async def soon(awaited: Awaitable[_T]) -> _T:
    """What comes of it."""
    async with patience():
        return await awaited


async def holds(condition: Callable[[], bool], what: str) -> None:
    """As `until`, for what can be seen without waiting."""

    async def held() -> bool:
        return condition()

    await until(held, what)
