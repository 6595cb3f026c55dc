"""Crash recovery: handles alone each update that was being handled when a process crashed.

A suspect that crashes the process again while it is handled alone is a poison update, and is set
aside (`storage.inbox.poison_updates`). All other updates are handled concurrently.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

import structlog

from storage.database import Store
from storage.database.event_wait import wait_for
from storage.inbox import poison_updates
from storage.inbox.poison_updates import Event
from storage.models import Suspicion

log = structlog.stdlib.get_logger()

_QUIET_S = 5.0
"""Seconds that a suspect waits for replies to others to be sent."""

Retry = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
"""Runs the given work, again after each transient error of the database."""


class ReadersWriterLock:
    """A fair readers-writer lock: many side by side (readers), or one alone (writer).

    The two alternate: a reader that comes while a writer waits, waits for that one only; after it
    all waiting readers go before the next writer. So neither starves.
    """

    def __init__(self) -> None:
        self._side_by_side = 0
        self._alone = False
        self._for_alone: deque[asyncio.Future[None]] = deque()
        self._for_side: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def side_by_side(self) -> AsyncIterator[None]:
        """Holds the lock as a reader: waits while a writer holds it."""
        if self._alone or self._for_alone:
            await self._wait(self._for_side, self._leave_side)
        else:
            self._side_by_side += 1
        try:
            yield
        finally:
            self._leave_side()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Holds the lock as the writer: waits until nobody else holds it."""
        if self._alone or self._side_by_side or self._for_alone:
            await self._wait(self._for_alone, self._leave_alone)
        else:
            self._alone = True
        try:
            yield
        finally:
            self._leave_alone()

    async def _wait(self, queue: deque[asyncio.Future[None]], leave: Callable[[], None]) -> None:
        """Waits in a queue until `_let_in` admits and counts this entry."""
        entry = asyncio.get_running_loop().create_future()
        queue.append(entry)
        try:
            await entry
        except asyncio.CancelledError:
            if entry.cancelled():
                if entry in queue:
                    queue.remove(entry)
                self._let_in(self._for_side, self._for_alone)
            else:
                leave()
            raise

    def _leave_side(self) -> None:
        self._side_by_side -= 1
        self._let_in(self._for_alone, self._for_side)

    def _leave_alone(self) -> None:
        self._alone = False
        self._let_in(self._for_side, self._for_alone)

    def _let_in(self, *queues: deque[asyncio.Future[None]]) -> None:
        """Admits from the first queue that is not empty: one writer, or all readers."""
        if self._alone or self._side_by_side:
            return
        for queue in queues:
            if queue is self._for_alone:
                self._alone = bool(_release(queue, most=1))
            else:
                self._side_by_side = _release(queue, most=len(queue))
            if self._alone or self._side_by_side:
                return


def _release(queue: deque[asyncio.Future[None]], most: int) -> int:
    """How many were let in. A cancelled entry stays in the queue until its task runs again."""
    released = 0
    while queue and released < most:
        entry = queue.popleft()
        if not entry.done():
            entry.set_result(None)
            released += 1
    return released


class CrashRecovery:
    """Admits updates; before a suspect is handled, its attempt is recorded."""

    def __init__(
        self, store: Store, retry: Retry, raise_if_stopping: Callable[[], None] = lambda: None
    ) -> None:
        """`raise_if_stopping` raises when nothing more may be begun."""
        self._store = store
        self._retry = retry
        self._raise_if_stopping = raise_if_stopping
        self._admission = ReadersWriterLock()
        self._tried: Collection[int] = ()
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @asynccontextmanager
    async def admit(
        self, update_ids: Collection[int], suspicion: Suspicion | None
    ) -> AsyncIterator[None]:
        """Holds the lock while the updates of one text are handled.

        On an exception the attempt is withdrawn: they do not count as tried.
        """
        if suspicion not in poison_updates.TO_BE_TRIED:
            async with self._admission.side_by_side():
                self._raise_if_stopping()
                yield
            return
        async with self._admission.alone():
            self._raise_if_stopping()
            await self._begin(update_ids)
            try:
                self._raise_if_stopping()
                yield
            except BaseException:
                await self.withdraw()
                raise
            finally:
                self._tried = ()

    def begin_answer(self) -> None:
        """Counts a reply that is being sent; a suspect that starts meanwhile is not alone."""
        self._answering += 1
        self._quiet.clear()

    def end_answer(self) -> None:
        """Ends the count of a reply that was sent, given up or dropped."""
        self._answering -= 1
        if not self._answering:
            self._quiet.set()

    async def withdraw(self) -> None:
        """Withdraws the attempt in progress: the process ends for another reason."""
        tried, self._tried = self._tried, ()
        if not tried:
            return
        try:
            await self._note(Event.INTERRUPTED, tried)
        except Exception as error:  # noqa: BLE001 - the suspect may get one attempt less
            log.warning(
                "interrupted attempt of a suspect update not recorded", kind=type(error).__name__
            )

    async def _begin(self, update_ids: Collection[int]) -> None:
        """Records the attempt, unless a reply is still being sent: then the suspect is not alone."""
        await wait_for(self._quiet, _QUIET_S)
        if self._answering:
            return
        await self._retry(lambda: self._note(Event.BEGUN_ALONE, update_ids))
        self._tried = update_ids

    async def _note(self, event: Event, update_ids: Collection[int]) -> None:
        async with self._store.write() as tx:
            await poison_updates.note(tx, event, update_ids)
