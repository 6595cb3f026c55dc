"""Waiting for an event with a timeout."""

import asyncio
from contextlib import suppress


async def wait_for(event: asyncio.Event, seconds: float | None) -> None:
    """Returns when the event is set, or after this many seconds; None: however long it takes."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
