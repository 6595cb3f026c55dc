"""The delivery worker: claims due deliveries, has them sent, has the results recorded.

See docs/decisions/0018-durable-outbox.md.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from handlers.conversation import ClubSettings
from scheduler.agenda import Entry
from scheduler.delivery.claims import DeliveryClaims
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.recipients import RecipientFiller
from scheduler.delivery.result_writer import ResultWriter
from scheduler.delivery.sender import Sender
from scheduler.delivery.sender_pool import SenderPool
from scheduler.delivery.unpinning import Unpinner
from scheduler.lease import Leadership
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import DeliverySettings
from storage.database import Store
from storage.database.event_wait import wait_for
from storage.database.leases import LeaseLost, LeaseTerm
from storage.models import DeliveryState
from storage.outbox.deliveries import Claimed

_RETRY_DELAY_S = 1.0
"""When a failed round is tried again that had claimed deliveries."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class DeliveryParts:
    """The parts of a worker, all for one messenger account."""

    store: Store
    club: ClubSettings
    sender: Sender
    rate_limiter: RateLimiter
    leadership: Leadership
    progress: ProgressUpdater


class DeliveryWorker:
    """Delivers for one messenger account, while this process leads."""

    def __init__(self, parts: DeliveryParts, settings: DeliverySettings) -> None:
        self._sender = parts.sender
        self._rate_limiter = parts.rate_limiter
        self._leadership = parts.leadership
        self._progress = parts.progress
        self._settings = settings
        self._claims = DeliveryClaims(
            parts.store,
            parts.sender.messenger.name,
            parts.club,
            settings,
            parts.sender.count_messages,
        )
        self._results = ResultWriter(
            parts.store, parts.club, parts.progress.ended, parts.sender.metered
        )
        self._nudged = asyncio.Event()
        self._pool = SenderPool(parts.sender, self._results, settings.in_flight)
        as_leader = parts.store.under(parts.leadership.check)
        self._recipients = RecipientFiller(
            as_leader, parts.leadership, settings.range_members, self._on_recipients_added
        )
        self._unpinner = Unpinner(
            as_leader, parts.sender.messenger, parts.rate_limiter, parts.leadership
        )
        self._claimed: list[Claimed] = []
        """Claimed by the round under way, or by one that failed and has not given them back."""

    @property
    def entries(self) -> Sequence[Entry]:
        """What this worker has to do, and when."""
        leads = self._leadership.is_leader
        return [
            Entry(
                f"deliveries {self.messenger}", self._claims.first_due(), self._nudged.set, leads
            ),
            self._recipients.entry,
            self._progress.entry(self._leadership),
            self._unpinner.entry,
        ]

    @property
    def progress(self) -> ProgressUpdater:
        """Shows officers what this worker sends."""
        return self._progress

    @property
    def messenger(self) -> str:
        """The messenger it delivers through."""
        return self._sender.messenger.name

    @property
    def rate_limiter(self) -> RateLimiter:
        """The rate limiter of its account."""
        return self._rate_limiter

    @property
    def results(self) -> Mapping[DeliveryState, int]:
        """How many attempts of this process ended in each state."""
        return self._results.outcomes

    @property
    def problem(self) -> str | None:
        """Why nothing can be sent, in a few words for `/healthz`; None when it can."""
        return "token refused" if self._sender.token_refused else None

    def nudge(self) -> None:
        """Something was put into the outbox: looks into it at once."""
        self._nudged.set()
        self._recipients.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until `stop`, then waits for the calls in flight and records their results."""
        await self._leadership.renew()
        self._results.open()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_when_stopped(stop))
            leading = group.create_task(self._leadership.run(stop))
            group.create_task(self._progress.run(stop, self._leadership))
            group.create_task(self._recipients.run(stop))
            group.create_task(self._unpinner.run(stop))
            group.create_task(self._results.run())
            self._pool.start(group)
            await self._deliver(stop)
            await self._pool.drain(self._settings.stop_s)
            self._results.close()
            await leading
            await self._leadership.give_back()

    async def _wake_when_stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.nudge()
        self._progress.wake()
        self._unpinner.wake()

    def _on_recipients_added(self) -> None:
        self._nudged.set()
        self._progress.wake()

    async def _deliver(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._nudged.clear()
            if not await self._try_round(stop):
                await wait_for(self._nudged, _RETRY_DELAY_S if self._claimed else None)

    async def _try_round(self, stop: asyncio.Event) -> bool:
        try:
            return await self._round(stop)
        except LeaseLost:
            log.warning("lease lost, another process delivers", messenger=self.messenger)
            self._leadership.term = None
        except Exception:  # the outbox is a table: the next round goes on
            log.exception("delivery round failed, retrying", messenger=self.messenger)
        return False

    async def _round(self, stop: asyncio.Event) -> bool:
        """Claims a batch and has it sent; whether there was anything to send."""
        term = self._leadership.term
        if term is None or self._is_halted:
            return False
        if self._claimed:
            await self._claims.give_back(term, self._claimed)
        in_progress = self._results.unwritten | self._pool.in_progress
        self._claimed, ended = await self._claims.claim(term, in_progress=in_progress)
        if ended:
            self._progress.ended(ended)
        claimed = self._claimed
        await self._send_all(term, claimed, stop)
        self._claimed = []
        return bool(claimed)

    @property
    def _is_halted(self) -> bool:
        return self._sender.token_refused or self._rate_limiter.halted_for_s > 0

    async def _send_all(self, term: LeaseTerm, rows: list[Claimed], stop: asyncio.Event) -> None:
        while rows:
            capacity = await self._wait_for_capacity()
            if stop.is_set() or self._is_halted:
                return await self._claims.give_back(term, rows)
            group, rows = rows[:capacity], rows[capacity:]
            marked_in = self._sender.round
            marked = await self._claims.mark_sending(term, group)
            self._pool.submit(term.holder, marked, marked_in)
        return None

    async def _wait_for_capacity(self) -> int:
        """Waits until more may be marked as being sent; returns how many.

        At most `ahead_s` of the rate limit is marked ahead, since a crash leaves it uncertain; half
        of that is sent first, so that one commit is for several rows.
        """
        ahead = min(self._rate_limiter.allowance(self._settings.ahead_s), self._settings.batch)
        await self._pool.wait_for_capacity(ahead // 2)
        return ahead - self._pool.waiting
