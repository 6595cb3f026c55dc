"""The durable queue under load: the delivery worker without a rate limit."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from pydantic import SecretStr
from sqlmodel import func, select

from bot.telegram.account import Account
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.settings import TelegramSettings
from scheduler.agenda import Agenda
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.delivery.sender import Sender
from scheduler.delivery.worker import DeliveryParts, DeliveryWorker
from scheduler.lease import Leadership
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import DeliverySettings, PaceSettings
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.models import Delivery, DeliveryState, Lane, MailingKind, MailingState, Purpose
from storage.outbox import enqueue, recipients
from tests.bench.pinned_process import most_memory_mb
from tests.bench.sample_message import CONNECTIONS, KEY, TEXT, TOKEN
from tests.support.club import SETTINGS as CLUB

UNLIMITED = PaceSettings(per_second=100_000, per_chat_s=0.0)
SETTINGS = DeliverySettings(batch=2500, in_flight=CONNECTIONS)
"""As many rows at a time as leave in `ahead_s` at the speed that is measured."""
_LOOK_S = 0.01
_BY_DAY = replace(CLUB, quiet_begin_minute=0, quiet_end_minute=0)
"""Quiet hours would hold back what is measured at night."""

Run = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Something that goes on until the event is set."""


@dataclass(frozen=True)
class SendResult:
    """The work of a delivery worker, without the time to load the program."""

    messages: int
    took_s: float
    cpu_s: float
    rss_mb: float

    @property
    def per_s(self) -> float:
        return self.messages / self.took_s

    @property
    def cpu_ms(self) -> float:
        return self.cpu_s / self.messages * 1000


@dataclass(frozen=True)
class Enqueued:
    """What it took to add every recipient."""

    took_s: float
    longest_s: float
    """The longest time nobody else could write."""
    rss_mb: float


@asynccontextmanager
async def benchmark_store(database: str) -> AsyncIterator[Store]:
    """An open database."""
    engine = open_engine(DatabaseSettings(url=database))
    store = Store(engine, Vault(KEY), SystemClock(), RandomIds())
    yield store
    await store.close()


async def enqueue_all(database: str) -> Enqueued:
    """One announcement for everybody who agreed, with every recipient added."""
    async with benchmark_store(database) as store:
        await _announce(store)
        began_s, longest_s, complete = time.perf_counter(), 0.0, False
        while not complete:
            range_began_s = time.perf_counter()
            async with store.write() as tx:
                filled = await recipients.fill_next_range(tx, members=SETTINGS.range_members)
            longest_s = max(longest_s, time.perf_counter() - range_began_s)
            complete = filled is None or filled.complete
        return Enqueued(time.perf_counter() - began_s, longest_s, most_memory_mb())


async def _announce(store: Store) -> None:
    async with store.write() as tx:
        await enqueue.open_mailing(
            tx,
            kind=MailingKind.ANNOUNCEMENT,
            subject="bench",
            lane=Lane.ANNOUNCEMENT,
            bodies={"vi": {"text": TEXT}},
            state=MailingState.FILLING,
            purpose=Purpose.ANNOUNCEMENTS,
        )


async def deliver(url: str, chats: int, database: str) -> SendResult:
    """Sends to `chats` of those who are queued, at least; each as safely as ever."""
    pace = RateLimiter(UNLIMITED, time.monotonic)
    async with benchmark_store(database) as store, account_at(url) as messenger:
        assert not await sent(store)
        worker, stop = worker_of(store, messenger, pace), asyncio.Event()
        began_s, cpu_s = time.perf_counter(), time.process_time()
        async with asyncio.TaskGroup() as group:
            group.create_task(run_worker(store, worker, stop))
            while worker.results[DeliveryState.SENT] < chats:  # noqa: ASYNC110 - it only counts
                await asyncio.sleep(_LOOK_S)
            stop.set()
        took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
        return SendResult(await sent(store), took_s, cpu_s, most_memory_mb())


@asynccontextmanager
async def account_at(url: str) -> AsyncIterator[TelegramMessenger]:
    """An account whose messenger is at this address."""
    account = Account(TelegramSettings(token=SecretStr(TOKEN), api_url=url, sandbox=True))
    yield account.messenger
    await account.close()


def worker_of(
    store: Store,
    messenger: TelegramMessenger,
    pace: RateLimiter,
    settings: DeliverySettings = SETTINGS,
) -> DeliveryWorker:
    """A worker put together as in `bot.app`."""
    parts = DeliveryParts(
        store=store,
        club=_BY_DAY,
        sender=Sender(store, messenger, pace, RetryPolicy(settings)),
        rate_limiter=pace,
        leadership=Leadership(store, f"delivery:{messenger.name}", settings.leadership),
        progress=ProgressUpdater(store, _BY_DAY, messenger, pace),
    )
    return DeliveryWorker(parts, settings)


async def run_worker(store: Store, worker: DeliveryWorker, stop: asyncio.Event) -> None:
    """Runs a worker with the agenda that wakes it."""
    agenda = Agenda(store)
    agenda.add(*worker.entries)
    async with asyncio.TaskGroup() as group:
        group.create_task(agenda.run(stop))
        await worker.run(stop)


async def sent(store: Store) -> int:
    """How many have been sent."""
    async with store.read() as tx:
        sent = select(func.count()).where(Delivery.state == DeliveryState.SENT)
        return (await tx.session.exec(sent)).one()
