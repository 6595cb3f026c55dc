"""Asking a messenger for news, again and again, whatever comes in between."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from handlers.messages import RateLimited, TokenRefused

log = structlog.stdlib.get_logger()

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_TOKEN_PAUSE_S = 60.0

Step = Callable[[], Awaitable[None]]
"""Asks once, and has what came written down."""


async def poll_forever(stop: asyncio.Event, step: Step, trouble: str) -> None:
    """Asks until `stop`; no trouble of the messenger's or the database's ends it, only a line in the log."""
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(_ask(step, trouble))
        await stop.wait()
        asking.cancel()


async def _ask(step: Step, trouble: str) -> None:
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            await step()
            pause_s = _FIRST_PAUSE_S
        except Exception as error:  # noqa: BLE001 - the bot must not go deaf for any reason
            log.warning(trouble, kind=type(error).__name__)
            await asyncio.sleep(_pause_after(error, pause_s))
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)


def _pause_after(error: Exception, usual_s: float) -> float:
    match error:
        case RateLimited():
            return max(usual_s, error.retry_after_s)
        case TokenRefused():
            return _TOKEN_PAUSE_S
        case _:
            return usual_s
