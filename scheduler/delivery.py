"""Empties the outbox: claim → send → record (decision 6)."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

import structlog

from handlers.settings import ClubSettings
from scheduler.lease import Leadership
from scheduler.ledger import Ledger
from scheduler.pacing import Pace
from scheduler.progress import Progress
from scheduler.sender import Sender
from scheduler.settings import DeliverySettings
from scheduler.waiting import wait_for
from storage import deliveries, filling, mailings
from storage.deliveries import Claimed
from storage.engine import Store
from storage.leases import LeaseLost, Term

_IDLE_S = 1.0
"""How long the worker rests when nothing is due and nobody nudges it."""

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class DeliveryParts:
    """What the worker works with; all for one messenger account."""

    store: Store
    club: ClubSettings
    sender: Sender
    pace: Pace
    leadership: Leadership
    progress: Progress


class DeliveryWorker:
    """Delivers for one messenger account, as long as this process leads."""

    def __init__(self, parts: DeliveryParts, settings: DeliverySettings) -> None:
        self._store = parts.store
        self._sender = parts.sender
        self._pace = parts.pace
        self._leadership = parts.leadership
        self._progress = parts.progress
        self._settings = settings
        self._messenger = parts.sender.messenger.name
        self._night = parts.club.quiet_hours
        self._ledger = Ledger(parts.store, parts.club, parts.progress.ended)
        self._nudged = asyncio.Event()
        self._moved_on = asyncio.Event()
        self._lines = asyncio.Semaphore(settings.in_flight)
        self._flying: dict[asyncio.Task[None], int] = {}
        self._before_turn = 0
        """How many are marked as being sent and still wait for their turn."""

    @property
    def trouble(self) -> str | None:
        """Why nothing can be sent at all, in a word for `/healthz`; None when all is well."""
        return "token refused" if self._sender.token_refused else None

    def nudge(self) -> None:
        """Something was put into the outbox: look at once."""
        self._nudged.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until `stop`, then brings to an end what is in flight."""
        await self._leadership.renew()
        self._ledger.open()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_up_to(stop))
            leading = group.create_task(self._leadership.run(stop))
            group.create_task(self._progress.run(stop, self._leadership))
            group.create_task(self._ledger.run())
            async with asyncio.TaskGroup() as sends:
                await self._deliver(sends, stop)
                await self._land()
            self._ledger.close()
            await leading
            await self._leadership.give_back()

    async def _wake_up_to(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.nudge()
        self._progress.look()

    async def _deliver(self, sends: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._nudged.clear()
            if not await self._careful_round(sends, stop):
                await wait_for(self._nudged, _IDLE_S)

    async def _careful_round(self, sends: asyncio.TaskGroup, stop: asyncio.Event) -> bool:
        try:
            return await self._round(sends, stop)
        except LeaseLost:
            log.warning("another process delivers now")
            self._leadership.term = None
        except Exception:  # the queue is a table: the next round goes on
            log.exception("delivering was interrupted")
        return False

    async def _round(self, sends: asyncio.TaskGroup, stop: asyncio.Event) -> bool:
        """One look at the outbox; whether there was anything to do."""
        term = self._leadership.term
        if term is None or self._sender.token_refused or self._pace.halted_for_s:
            return False
        filled = await self._fill()
        claimed = await self._claim(term)
        await self._send_all(term, claimed, sends, stop)
        return filled or bool(claimed)

    async def _fill(self) -> bool:
        async with self._store.write() as tx:
            filled = await filling.fill_next_range(tx, members=self._settings.range_members)
        if filled is not None:
            self._progress.look()
        return filled is not None

    async def _claim(self, term: Term) -> list[Claimed]:
        settings = self._settings
        async with self._store.write() as tx:
            await deliveries.recover(tx, lease=settings.lease, in_hand=self._in_hand())
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

    def _in_hand(self) -> Collection[int]:
        return self._ledger.unwritten | set(self._flying.values())

    async def _send_all(
        self, term: Term, rows: list[Claimed], sends: asyncio.TaskGroup, stop: asyncio.Event
    ) -> None:
        while rows:
            room = await self._room()
            if stop.is_set() or self._pace.halted_for_s or self._sender.token_refused:
                return await self._give_back(term, rows)
            group, rows = rows[:room], rows[room:]
            await self._send(term, group, sends)
        return None

    async def _room(self) -> int:
        """Waits until more may be marked as being sent; returns how many.

        Half of what the pace allows is let run down first, so that a commit is for several rows.
        """
        ahead = min(self._pace.allowance(self._settings.ahead_s), self._settings.in_flight)
        while self._before_turn > ahead // 2:
            self._moved_on.clear()
            await self._moved_on.wait()
        return ahead - self._before_turn

    async def _send(self, term: Term, group: list[Claimed], sends: asyncio.TaskGroup) -> None:
        async with self._store.write() as tx:
            going = await deliveries.mark_sending(
                tx,
                term,
                group,
                messenger=self._messenger,
                lease=self._settings.lease,
                night=self._night,
            )
        for row in group:
            if row.id in going:
                self._before_turn += 1
                task = sends.create_task(self._try(term.holder, row))
                self._flying[task] = row.id
                task.add_done_callback(self._landed)

    async def _try(self, holder: str, row: Claimed) -> None:
        async with self._lines:
            self._ledger.add(holder, await self._sender.send(row, self._had_its_turn))

    def _had_its_turn(self) -> None:
        self._before_turn -= 1
        self._moved_on.set()

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flying[task]

    async def _give_back(self, term: Term, rows: list[Claimed]) -> None:
        async with self._store.write() as tx:
            await deliveries.give_back(tx, term.holder, [row.id for row in rows])

    async def _land(self) -> None:
        """Waits for the calls in flight; one that takes too long is cut off and stays uncertain."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=self._settings.stop_s)
        for task in self._flying:
            task.cancel()
