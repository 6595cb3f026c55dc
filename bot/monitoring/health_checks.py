"""Health checks for `/healthz` and `doctor`: each returns what is wrong, or an empty text."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlmodel import select

from bot.workers.pool import Pool
from handlers.messages import MessengerError
from scheduler.agenda import Agenda
from scheduler.delivery.worker import DeliveryWorker
from scheduler.timetable import Timetable
from storage.database import Store
from storage.database.schema import is_current
from storage.inbox import updates

_UPDATE_AGE_MAX = timedelta(minutes=1)
_CACHED_FOR_S = 15.0
"""Seconds that the messenger's answer is cached, to spare the rate limit."""


async def database(store: Store) -> str:
    """Whether the database can be read and has the schema of this release."""
    async with store.read() as tx:
        await tx.session.exec(select(1))
    return "" if await is_current(store.engine) else "of another release: run `niemtin migrate`"


async def clock(agenda: Agenda, timetable: Timetable | None) -> str:
    """Whether it is known what is due, and scheduled jobs succeed where this process runs them."""
    return agenda.problem or (timetable.problem if timetable is not None else "")


async def queue(store: Store, deliveries: Sequence[DeliveryWorker]) -> str:
    """Whether updates are handled in time and the outbox can be sent."""
    async with store.read() as tx:
        oldest = await updates.oldest(tx)
        is_late = oldest is not None and tx.clock.now() - oldest > _UPDATE_AGE_MAX
    problem = next((worker.problem for worker in deliveries if worker.problem), None)
    return problem or ("updates wait for more than a minute" if is_late else "")


async def workers(pool: Pool) -> str:
    """Whether a worker process could be started when one was needed. One that died is replaced."""
    return pool.problem


class MessengerCheck:
    """Whether the messenger answers and accepts the token; its answer is cached.

    One question at a time, and one in a quarter of a minute, also while the messenger hangs and the
    asker gives up, so that no number of them uses up the calls of an account.
    """

    def __init__(self, who_am_i: Callable[[], Awaitable[object]]) -> None:
        self._who_am_i = who_am_i
        self._checked_at = float("-inf")
        self._problem = ""
        self._asking = asyncio.Lock()

    async def __call__(self) -> str:
        async with self._asking:
            if time.monotonic() - self._checked_at > _CACHED_FOR_S:
                self._checked_at, self._problem = time.monotonic(), "no answer"
                self._problem = await self._check()
            return self._problem

    async def _check(self) -> str:
        try:
            await self._who_am_i()
        except MessengerError as error:
            return f"{type(error).__name__}: {error}"
        return ""
