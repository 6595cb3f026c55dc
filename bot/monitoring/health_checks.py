"""What `/healthz` and `doctor` look at, one function a part."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlmodel import select

from bot.workers.pool import Pool
from handlers.messages import MessengerError
from scheduler.delivery.worker import DeliveryWorker
from scheduler.timetable import Timetable
from storage.database.engine import Store
from storage.database.schema import is_current
from storage.inbox import updates

_QUEUE_PATIENCE = timedelta(minutes=1)
_ASK_AGAIN_S = 15.0
"""How long an answer of the messenger counts: whoever watches health must not use up the pace."""


async def database(store: Store) -> str:
    """Can it be read, and is it of this release?"""
    async with store.read() as tx:
        await tx.session.exec(select(1))
    return "" if await is_current(store.engine) else "of another release: run `niemtin migrate`"


async def clock(timetable: Timetable) -> str:
    """Does anybody still ask what is due, and is it done?"""
    return timetable.problem


async def queue(store: Store, deliveries: Sequence[DeliveryWorker]) -> str:
    """Do updates have their effect in time, and does the outbox go out?"""
    async with store.read() as tx:
        since = await updates.oldest(tx)
        late = since is not None and tx.clock.now() - since > _QUEUE_PATIENCE
    trouble = next((one.problem for one in deliveries if one.problem), None)
    return trouble or ("updates wait for more than a minute" if late else "")


async def workers(pool: Pool) -> str:
    """Could a worker process be started when one was needed? That one died is no trouble: another
    begins.
    """
    return pool.trouble


class MessengerCheck:
    """Does the messenger answer, and does it know the bot?"""

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._asked_at = float("-inf")
        self._wrong = ""

    async def __call__(self) -> str:
        if time.monotonic() - self._asked_at > _ASK_AGAIN_S:
            self._wrong = await self._answer()
            self._asked_at = time.monotonic()
        return self._wrong

    async def _answer(self) -> str:
        try:
            await self._ask()
        except MessengerError as error:
            return f"{type(error).__name__}: {error}"
        return ""
