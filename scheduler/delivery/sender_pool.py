"""Those who send: so many at a time, each taking up the next delivery that was marked."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from scheduler.delivery.result_writer import ResultWriter
from scheduler.delivery.sender import Sender
from storage.outbox.deliveries import Claimed


class SenderPool:
    """Sends what it is given and hands the outcome to the ledger."""

    def __init__(self, sender: Sender, ledger: ResultWriter, size: int) -> None:
        self._sender = sender
        self._ledger = ledger
        self._size = size
        self._given: asyncio.Queue[tuple[str, Claimed]] = asyncio.Queue()
        self._in_hand: set[int] = set()
        self._members: list[asyncio.Task[None]] = []
        self._moved_on = asyncio.Event()
        self.waiting = 0
        """How many are marked as being sent and still wait for their turn."""

    @property
    def in_progress(self) -> frozenset[int]:
        """Deliveries whose fate is not known yet, but will be."""
        return frozenset(self._in_hand)

    def start(self, group: asyncio.TaskGroup) -> None:
        """Goes to work, as tasks of `group`, until `land`."""
        self._members = [group.create_task(self._work()) for _ in range(self._size)]

    def submit(self, holder: str, rows: Iterable[Claimed]) -> None:
        """These were marked as being sent by the worker `holder`."""
        for row in rows:
            self.waiting += 1
            self._in_hand.add(row.id)
            self._given.put_nowait((holder, row))

    async def wait_for_capacity(self, most: int) -> None:
        """Returns when no more than `most` still wait for their turn."""
        while self.waiting > most:
            self._moved_on.clear()
            await self._moved_on.wait()

    async def drain(self, patience_s: float) -> None:
        """Waits for the calls in flight; one that takes too long is cut off and stays uncertain."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await self._given.join()
        for member in self._members:
            member.cancel()

    async def _work(self) -> None:
        while True:
            holder, row = await self._given.get()
            entry = await self._sender.send(row, self._on_started)
            self._ledger.add(holder, entry)
            self._in_hand.discard(row.id)
            await self._sender.pin(row, entry)
            self._given.task_done()

    def _on_started(self) -> None:
        self.waiting -= 1
        self._moved_on.set()
