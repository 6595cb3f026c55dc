"""The poll loop and the first calls at start: both retry with back-off until the messenger answers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from handlers.messages import Incoming, MessengerError, RateLimited, Refused, TokenRefused
from storage.database.backoff import Backoff
from storage.database.event_wait import wait_for

T = TypeVar("T")

log = structlog.stdlib.get_logger()

_POLL_BACKOFF = Backoff(first_s=0.5, max_s=30.0)
_STARTUP_BACKOFF = Backoff(first_s=0.5, max_s=3.0)
"""Shorter delays: an operator waits for the bot to start."""
_TOKEN_REFUSED_DELAY_S = 60.0

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Stores updates; they may be confirmed to the messenger once it returns."""
Step = Callable[[], Awaitable[None]]
"""Polls once and stores the updates that came."""


async def poll_forever(stop: asyncio.Event, step: Step, failure: str) -> None:
    """Polls until `stop`. An error never ends it: `failure` is logged and the poll is retried."""
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(_poll(step, failure))
        await stop.wait()
        polling.cancel()


async def _poll(step: Step, failure: str) -> None:
    failures = 0
    while True:
        try:
            await step()
            failures = 0
        except Exception as error:  # noqa: BLE001 - polling must go on after any error
            delay_s = _delay_s(error, _POLL_BACKOFF.delay_s(failures))
            failures += 1
            log.warning(failure, kind=type(error).__name__, retry_in_s=delay_s)
            await asyncio.sleep(delay_s)


async def retry_until_reachable(call: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T | None:
    """Returns what the messenger answers once it does; None when `stop` is set before.

    `call` must be idempotent.

    Raises:
        TokenRefused, Refused: a retry would get the same answer.
    """
    for backoff_s in _STARTUP_BACKOFF.delays():
        if stop.is_set():
            break
        try:
            return await call()
        except (TokenRefused, Refused):
            raise
        except MessengerError as error:
            delay_s = _delay_s(error, backoff_s)
            log.warning("messenger unreachable", kind=type(error).__name__, retry_in_s=delay_s)
            await wait_for(stop, delay_s)
    return None


def _delay_s(error: Exception, backoff_s: float) -> float:
    match error:
        case RateLimited():
            return max(backoff_s, error.retry_after_s)
        case TokenRefused():
            return _TOKEN_REFUSED_DELAY_S
        case _:
            return backoff_s
