"""The latency of answers while the bot sends a broadcast."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.intake.flood_control import FloodControl, FloodSettings
from bot.intake.processor import UpdateProcessor
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.workers.media_tasks import MediaTasks
from handlers.messages import Address, Answer, Incoming, UpdateKind
from handlers.registry import conversation
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import DeliverySettings, PaceSettings
from storage.database.engine import Store
from tests.bench import benchmark_members, durable_queue
from tests.support.club import SETTINGS as CLUB
from tests.support.inline_workers import InlineWorkers

QUESTIONS = 200
_EVERY_S = 0.1
"""Between an answer and the next question; somebody else asks it. Answers count for the messenger's
limit too: asked faster, they would wait for that and not for the bot."""


@dataclass(frozen=True)
class Latencies:
    """Milliseconds from the moment an update came in until its answer was with the messenger."""

    idle_ms: list[float]
    busy_ms: list[float]
    sent: int
    """How many messages went out to others meanwhile."""


class _RecordingRouter(ReplyRouter):
    """Says which updates have been answered."""

    def __init__(self, sender: ReplySender) -> None:
        super().__init__({"telegram": sender})
        self.answered: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def route(self, incoming: Incoming, answer: Answer) -> None:
        await super().route(incoming, answer)
        self.answered[incoming.update_key].set()


async def measure_latencies(url: str, database: str, per_second: int) -> Latencies:
    """Asks the same of an idle bot and of one that sends `per_second` at the same time."""
    pace = RateLimiter(PaceSettings(per_second=per_second, per_chat_s=0.0), time.monotonic)
    async with (
        durable_queue.benchmark_store(database) as store,
        durable_queue.account_at(url) as messenger,
    ):
        talk = conversation(CLUB)
        office = _RecordingRouter(
            ReplySender(messenger, pace, talk, MediaTasks(InlineWorkers(), [messenger]))
        )
        intake = UpdateProcessor(
            store, talk, office, FloodControl(FloodSettings()), InlineWorkers()
        )
        async with _running(intake.run):
            idle_ms = await _ask(store, intake, office, first=1)
            worker = durable_queue.worker_of(store, messenger, pace, DeliverySettings())
            async with _running(partial(durable_queue.run_worker, store, worker)):
                before = await durable_queue.sent(store)
                busy_ms = await _ask(store, intake, office, first=QUESTIONS + 1)
                sent = await durable_queue.sent(store) - before
    return Latencies(idle_ms, busy_ms, sent)


@asynccontextmanager
async def _running(run: durable_queue.Run) -> AsyncIterator[None]:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run(stop))
        yield
        stop.set()


async def _ask(
    store: Store, intake: UpdateProcessor, office: _RecordingRouter, *, first: int
) -> list[float]:
    waited_ms = []
    for member in range(first, first + QUESTIONS):
        asked = Incoming(
            update_key=str(member),
            sender=Address("telegram", benchmark_members.chat_of(member)),
            kind=UpdateKind.MESSAGE,
            at=store.clock.now(),
            name="Lan",
            text="/trogiup",
            html="/trogiup",
            message_id="1",
        )
        began_s = time.perf_counter()
        await intake.receive([asked])
        await office.answered[asked.update_key].wait()
        waited_ms.append((time.perf_counter() - began_s) * 1000)
        await asyncio.sleep(_EVERY_S)
    return waited_ms
