"""Retries work of the intake while the database is unavailable, until the process stops."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from storage.database.backoff import Backoff
from storage.database.event_wait import wait_for
from storage.database.transient_errors import is_transient

T = TypeVar("T")

log = structlog.stdlib.get_logger()

_BACKOFF = Backoff(first_s=0.1, max_s=30.0)


class Stopping(Exception):
    """The process is stopping; unfinished updates stay in the inbox."""


class DatabaseRetry:
    """Retries with back-off after transient errors, and gives up only when the process stops."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Runs `work`, again after each transient error of the database.

        Raises:
            Stopping: the process stopped before it succeeded.
            Exception: any other error of `work`.
        """
        for delay_s in _BACKOFF.delays():
            try:
                return await work()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning(
                    "database unavailable, retrying", kind=type(error).__name__, retry_in_s=delay_s
                )
            await wait_for(self._stop, delay_s)
            self.raise_if_stopping()
        raise AssertionError("the delays never end")

    def raise_if_stopping(self) -> None:
        """Raises:
        Stopping: nothing more may be begun.
        """
        if self._stop.is_set():
            raise Stopping
