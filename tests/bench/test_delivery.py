"""How many messages a second one core sends, durably, and what each costs it.

Beside it, in the same run, the same text through what others use, without any durability.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from pydantic import SecretStr
from sqlmodel import select

from bot.telegram.account import Account
from bot.telegram.settings import TelegramSettings
from scheduler.delivery import DeliveryParts, DeliveryWorker
from scheduler.lease import Leadership
from scheduler.outcome import Judge
from scheduler.pacing import Pace
from scheduler.progress import Progress
from scheduler.sender import Sender
from scheduler.settings import DeliverySettings, PaceSettings
from storage import filling, outbox, people
from storage.engine import Store
from storage.models import Delivery, DeliveryState, Lane, MailingKind, MailingState, Purpose, Role
from tests.bench import ways
from tests.bench.conftest import Note
from tests.bench.far_end import far_end
from tests.club import ClubInATest

RECIPIENTS = 2000
LATENCIES_MS = (0, 30)
OTHERS: dict[str, tuple[ways.Way, int]] = {
    "raw aiohttp": (ways.raw_aiohttp, 6000),
    "aiogram": (ways.stock_aiogram, 2000),
    "python-telegram-bot": (ways.stock_python_telegram_bot, 500),
}
"""Each with the number of messages it sends here."""
UNLIMITED = PaceSettings(per_second=100_000, per_chat_s=0.0)
SETTINGS = DeliverySettings(batch=500, in_flight=ways.CONNECTIONS)


@dataclass
class Cost:
    per_s: float
    cpu_ms: float
    """What one message cost this process."""


@pytest.mark.bench
@pytest.mark.timeout(600)
@pytest.mark.parametrize("latency_ms", LATENCIES_MS)
async def test_durable_sends_beside_what_others_do(
    club: ClubInATest, note: Note, latency_ms: int
) -> None:
    database = club.store.engine.dialect.name
    title = f"delivery: {database}, {latency_ms} ms"
    await _crowd(club.store, RECIPIENTS)
    with far_end(latency_ms / 1000) as url:
        async with _worker(club, url) as worker:
            await _fill(club.store)
            costs = {"durable": await _cost(_deliver(club.store, worker), RECIPIENTS)}
        for name, (way, chats) in OTHERS.items():
            costs[name] = await _cost(way(url, chats), chats)
    for name, cost in costs.items():
        note(f"{title}, {name}, per s", cost.per_s)
        note(f"{title}, {name}, CPU ms each", cost.cpu_ms)
    durable = costs["durable"].per_s
    for name in OTHERS:
        note(f"{title}, durable / {name}", durable / costs[name].per_s)
    _note_flat(note, database, latency_ms, {name: cost.per_s for name, cost in costs.items()})


def _note_flat(note: Note, database: str, latency_ms: int, per_s: dict[str, float]) -> None:
    """The figures that are followed from one version to the next: on SQLite."""
    if database == "sqlite" and latency_ms:
        note(f"delivery.per_s_{latency_ms}ms", per_s["durable"])
    elif database == "sqlite":
        note("delivery.durable_to_raw", per_s["durable"] / per_s["raw aiohttp"])
        note("delivery.durable_to_aiogram", per_s["durable"] / per_s["aiogram"])


async def _cost(work: Awaitable[None], messages: int) -> Cost:
    began_s, cpu_s = time.perf_counter(), time.process_time()
    await work
    took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
    return Cost(messages / took_s, cpu_s / messages * 1000)


async def _crowd(store: Store, size: int) -> None:
    async with store.write() as tx:
        for number in range(size):
            member = await people.add(
                tx,
                messenger="telegram",
                chat=str(1_000_000 + number),
                name=f"Hội viên {number}",
                role=Role.MEMBER,
                language="vi",
                area=None,
            )
            purpose = Purpose.ANNOUNCEMENTS
            await people.agree(tx, member, purpose, text_version="1", language="vi")


async def _fill(store: Store) -> None:
    async with store.write() as tx:
        await outbox.open_mailing(
            tx,
            kind=MailingKind.ANNOUNCEMENT,
            subject="bench",
            lane=Lane.ANNOUNCEMENT,
            bodies={"vi": {"text": ways.TEXT}},
            state=MailingState.FILLING,
            purpose=Purpose.ANNOUNCEMENTS,
        )
    complete = False
    while not complete:
        async with store.write() as tx:
            filled = await filling.fill_next_range(tx, members=SETTINGS.range_members)
        complete = filled is None or filled.complete


@asynccontextmanager
async def _worker(club: ClubInATest, url: str) -> AsyncIterator[DeliveryWorker]:
    account = Account(TelegramSettings(token=SecretStr(ways.TOKEN), api_url=url, sandbox=True))
    messenger, store, pace = account.messenger, club.store, Pace(UNLIMITED, time.monotonic)
    parts = DeliveryParts(
        store=store,
        club=club.settings,
        sender=Sender(store, messenger, pace, Judge(SETTINGS)),
        pace=pace,
        leadership=Leadership(store, messenger.name, SETTINGS),
        progress=Progress(store, club.settings, messenger, pace),
    )
    yield DeliveryWorker(parts, SETTINGS)
    await account.close()


async def _deliver(store: Store, worker: DeliveryWorker) -> None:
    """Until nothing is open any more; everything must have arrived."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run(stop))
        while await _open(store):  # noqa: ASYNC110 - it is a row that is waited for
            await asyncio.sleep(0.02)
        stop.set()


async def _open(store: Store) -> bool:
    async with store.read() as tx:
        open_row = select(Delivery.id).where(Delivery.state != DeliveryState.SENT).limit(1)
        return (await tx.session.exec(open_row)).first() is not None
