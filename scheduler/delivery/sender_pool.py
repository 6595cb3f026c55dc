"""Concurrent senders: a fixed number of tasks that take deliveries from a queue."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from scheduler.delivery.result_writer import ResultWriter
from scheduler.delivery.sender import Sender
from storage.outbox.deliveries import Claimed


class SenderPool:
    """Sends what is submitted and hands the outcomes to the result writer."""

    def __init__(self, sender: Sender, results: ResultWriter, size: int) -> None:
        self._sender = sender
        self._results = results
        self._size = size
        self._queue: asyncio.Queue[tuple[str, Claimed, int]] = asyncio.Queue()
        self._in_progress: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._started = asyncio.Event()
        self.waiting = 0
        """Deliveries that are marked as being sent and wait for a sender or the rate limiter."""

    @property
    def in_progress(self) -> frozenset[int]:
        """Deliveries whose outcome is not known yet, but will be."""
        return frozenset(self._in_progress)

    def start(self, group: asyncio.TaskGroup) -> None:
        """Starts the senders, as tasks of `group`, until `drain`."""
        self._tasks = [group.create_task(self._work()) for _ in range(self._size)]

    def submit(self, holder: str, rows: Iterable[Claimed], marked_in: int) -> None:
        """Queues deliveries that the worker `holder` marked as being sent, in this `Sender.round`."""
        for row in rows:
            self.waiting += 1
            self._in_progress.add(row.id)
            self._queue.put_nowait((holder, row, marked_in))

    async def wait_for_capacity(self, waiting_max: int) -> None:
        """Returns when at most `waiting_max` deliveries wait."""
        while self.waiting > waiting_max:
            self._started.clear()
            await self._started.wait()

    async def drain(self, timeout_s: float) -> None:
        """Waits for the calls in flight; one that takes longer is cancelled and stays uncertain."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._queue.join()
        for task in self._tasks:
            task.cancel()

    async def _work(self) -> None:
        while True:
            holder, row, marked_in = await self._queue.get()
            outcome = await self._sender.send(row, self._on_started, marked_in)
            self._results.add(holder, outcome)
            self._in_progress.discard(row.id)
            await self._sender.pin(row, outcome)
            self._queue.task_done()

    def _on_started(self) -> None:
        self.waiting -= 1
        self._started.set()
