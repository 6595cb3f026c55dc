"""Asking a messenger until it answers, while the bot starts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from handlers.messages import MessengerError, RateLimited, Refused, TokenRefused
from scheduler.pacing.event_wait import wait_for

T = TypeVar("T")

log = structlog.stdlib.get_logger()

_REACH_AGAIN_S = 3.0


async def retry_until_reachable(ask: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T | None:
    """What the messenger answers, as soon as it does; None when the bot is to end before.

    Asking twice must do no harm.

    Raises:
        TokenRefused, Refused: it would say the same again.
    """
    while not stop.is_set():
        try:
            return await ask()
        except (TokenRefused, Refused):
            raise
        except MessengerError as error:
            log.warning("the messenger cannot be reached yet", kind=type(error).__name__)
            asked_s = error.retry_after_s if isinstance(error, RateLimited) else 0.0
            await wait_for(stop, max(asked_s, _REACH_AGAIN_S))
    return None
