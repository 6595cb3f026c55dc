"""Empties the outbox: claim → send → record (docs/decisions/0018-durable-outbox.md)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from handlers.conversation.settings import ClubSettings
from scheduler.delivery.progress import ProgressUpdater
from scheduler.delivery.recipients import RecipientFiller
from scheduler.delivery.result_writer import ResultWriter
from scheduler.delivery.sender import Sender
from scheduler.delivery.sender_pool import SenderPool
from scheduler.delivery.unpinning import Unpinner
from scheduler.lease import Leadership
from scheduler.pacing.event_wait import wait_for
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import DeliverySettings
from storage.database.engine import Store, Tx
from storage.database.leases import LeaseLost, LeaseTerm
from storage.models import DeliveryState
from storage.outbox import deliveries, mailings
from storage.outbox.deliveries import Claimed

_IDLE_S = 1.0
"""How long the worker rests when nothing is due and nobody nudges it."""

_LEASES_LOOK = timedelta(seconds=1)
"""How often leases that ran out are looked for at most."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class DeliveryParts:
    """What the worker works with; all for one messenger account."""

    store: Store
    club: ClubSettings
    sender: Sender
    rate_limiter: RateLimiter
    leadership: Leadership
    progress: ProgressUpdater


class DeliveryWorker:
    """Delivers for one messenger account, as long as this process leads."""

    def __init__(self, parts: DeliveryParts, settings: DeliverySettings) -> None:
        self._store = parts.store
        self._sender = parts.sender
        self._pace = parts.rate_limiter
        self._leadership = parts.leadership
        self._progress = parts.progress
        self._settings = settings
        self._messenger = parts.sender.messenger.name
        self._night = parts.club.quiet_hours
        self._ledger = ResultWriter(parts.store, parts.club, parts.progress.ended)
        self._nudged = asyncio.Event()
        self._crew = SenderPool(parts.sender, self._ledger, settings.in_flight)
        as_leader = parts.store.under(parts.leadership.check)
        self._recipients = RecipientFiller(
            as_leader, parts.leadership, settings.range_members, self._someone_was_added
        )
        self._unpinning = Unpinner(
            as_leader, parts.sender.messenger, parts.rate_limiter, parts.leadership
        )
        self._leases_looked_at: datetime | None = None
        self._in_hand: list[Claimed] = []
        """Claimed by the round under way, or by one that was interrupted and has not given it back."""

    @property
    def progress(self) -> ProgressUpdater:
        """Where officers watch what this worker sends."""
        return self._progress

    @property
    def messenger(self) -> str:
        """What it delivers by."""
        return self._messenger

    @property
    def pace(self) -> RateLimiter:
        """How fast it may."""
        return self._pace

    @property
    def results(self) -> Mapping[DeliveryState, int]:
        """What became of the tries of this process, each counted as it ends."""
        return self._ledger.outcomes

    @property
    def problem(self) -> str | None:
        """Why nothing can be sent at all, in a word for `/healthz`; None when all is well."""
        return "token refused" if self._sender.token_refused else None

    def nudge(self) -> None:
        """Something was put into the outbox: look at once."""
        self._nudged.set()
        self._recipients.look()

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until `stop`, then brings to an end what is in flight."""
        await self._leadership.renew()
        self._ledger.open()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_up_to(stop))
            leading = group.create_task(self._leadership.run(stop))
            group.create_task(self._progress.run(stop, self._leadership))
            group.create_task(self._recipients.run(stop))
            group.create_task(self._unpinning.run(stop))
            group.create_task(self._ledger.run())
            self._crew.start(group)
            await self._deliver(stop)
            await self._crew.drain(self._settings.stop_s)
            self._ledger.close()
            await leading
            await self._leadership.give_back()

    async def _wake_up_to(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.nudge()
        self._progress.look()

    def _someone_was_added(self) -> None:
        self._nudged.set()
        self._progress.look()

    async def _deliver(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._nudged.clear()
            if not await self._single_round(stop):
                await wait_for(self._nudged, _IDLE_S)

    async def _single_round(self, stop: asyncio.Event) -> bool:
        try:
            return await self._round(stop)
        except LeaseLost:
            log.warning("another process delivers now")
            self._leadership.term = None
        except Exception:  # the queue is a table: the next round goes on
            log.exception("delivering was interrupted")
        return False

    async def _round(self, stop: asyncio.Event) -> bool:
        """One look at the outbox; whether there was anything to do."""
        term = self._leadership.term
        if term is None or self._sender.token_refused or self._pace.halted_for_s:
            return False
        if self._in_hand:
            await self._give_back(term, self._in_hand)
        self._in_hand = claimed = await self._claim(term)
        await self._send_all(term, claimed, stop)
        self._in_hand = []
        return bool(claimed)

    async def _claim(self, term: LeaseTerm) -> list[Claimed]:
        settings = self._settings
        async with self._store.write() as tx:
            await self._end_leases(tx)
            claimed = await deliveries.claim(
                tx,
                term,
                messenger=self._messenger,
                limit=settings.batch,
                lease=settings.lease,
                night=self._night,
            )
            ended = [] if claimed else await mailings.finish(tx)
        if ended:
            self._progress.ended(ended)
        return claimed

    async def _end_leases(self, tx: Tx) -> None:
        """Looks for leases that ran out, but not with every batch: it goes through all of them."""
        now, before = tx.clock.now(), self._leases_looked_at
        if before is None or not before <= now < before + _LEASES_LOOK:
            in_hand = self._ledger.unwritten | self._crew.in_progress
            await deliveries.recover(tx, lease=self._settings.lease, in_hand=in_hand)
            self._leases_looked_at = now

    async def _send_all(self, term: LeaseTerm, rows: list[Claimed], stop: asyncio.Event) -> None:
        while rows:
            room = await self._capacity()
            if stop.is_set() or self._pace.halted_for_s or self._sender.token_refused:
                return await self._give_back(term, rows)
            group, rows = rows[:room], rows[room:]
            await self._send(term, group)
        return None

    async def _capacity(self) -> int:
        """Waits until more may be marked as being sent; returns how many.

        Half of what the pace allows is let run down first, so that a commit is for several rows.
        """
        ahead = min(self._pace.allowance(self._settings.ahead_s), self._settings.batch)
        await self._crew.wait_for_capacity(ahead // 2)
        return ahead - self._crew.waiting

    async def _send(self, term: LeaseTerm, group: list[Claimed]) -> None:
        async with self._store.write() as tx:
            going = await deliveries.mark_sending(
                tx,
                term,
                group,
                messenger=self._messenger,
                lease=self._settings.lease,
                night=self._night,
            )
        self._crew.submit(term.holder, going)

    async def _give_back(self, term: LeaseTerm, rows: list[Claimed]) -> None:
        async with self._store.write() as tx:
            await deliveries.give_back(tx, term.holder, [row.id for row in rows])
