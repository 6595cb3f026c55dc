"""Handling alone what may have ended the process before, beside everybody else's updates."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

import structlog

from scheduler.pacing.event_wait import wait_for
from storage.database.engine import Store
from storage.inbox import poison_updates
from storage.inbox.poison_updates import Event
from storage.models import Suspicion

log = structlog.stdlib.get_logger()

_QUIET_S = 5.0
"""How long a suspect waits for answers of others that are still on their way."""

Persistent = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
"""Does something again and again while the database cannot be used."""


class ReadersWriterLock:
    """A fair readers-writer lock: many side by side, or one alone.

    The two take turns: whoever comes while one waits to be alone waits for that one at most, and then
    all of them go before the next that has to be alone.
    """

    def __init__(self) -> None:
        self._side_by_side = 0
        self._alone = False
        self._for_alone: deque[asyncio.Future[None]] = deque()
        self._for_side: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def side_by_side(self) -> AsyncIterator[None]:
        """While nobody is alone."""
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
        """While nobody else is in."""
        if self._alone or self._side_by_side or self._for_alone:
            await self._wait(self._for_alone, self._leave_alone)
        else:
            self._alone = True
        try:
            yield
        finally:
            self._leave_alone()

    async def _wait(self, line: deque[asyncio.Future[None]], leave: Callable[[], None]) -> None:
        """Until whoever goes lets this one in, and has counted it."""
        place = asyncio.get_running_loop().create_future()
        line.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                if place in line:
                    line.remove(place)
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

    def _let_in(self, *lines: deque[asyncio.Future[None]]) -> None:
        """Lets in who waits in the first line where somebody does: one alone, the others together."""
        if self._alone or self._side_by_side:
            return
        for line in lines:
            if line is self._for_alone:
                self._alone = bool(_release(line, most=1))
            else:
                self._side_by_side = _release(line, most=len(line))
            if self._alone or self._side_by_side:
                return


def _release(line: deque[asyncio.Future[None]], most: int) -> int:
    """How many were let in. Who was cancelled is still in the line until their task goes on."""
    released = 0
    while line and released < most:
        place = line.popleft()
        if not place.done():
            place.set_result(None)
            released += 1
    return released


class CrashRecovery:
    """Admits updates; of a suspect it is written down first that it is alone."""

    def __init__(
        self, store: Store, persistent: Persistent, go_on: Callable[[], None] = lambda: None
    ) -> None:
        """`go_on` raises when nothing more is to be begun."""
        self._store = store
        self._persistent = persistent
        self._go_on = go_on
        self._admission = ReadersWriterLock()
        self._tried: Collection[int] = ()
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @asynccontextmanager
    async def admit(
        self, update_ids: Collection[int], suspicion: Suspicion | None
    ) -> AsyncIterator[None]:
        """Until the updates of one text had their effect. Left by an exception, they do not count as
        tried."""
        if suspicion not in poison_updates.TO_BE_TRIED:
            async with self._admission.side_by_side():
                self._go_on()
                yield
            return
        async with self._admission.alone():
            self._go_on()
            await self._begin(update_ids)
            try:
                self._go_on()
                yield
            except BaseException:
                await self.withdraw()
                raise
            finally:
                self._tried = ()

    def begin_answer(self) -> None:
        """An answer is on its way; what is begun meanwhile is not alone."""
        self._answering += 1
        self._quiet.clear()

    def end_answer(self) -> None:
        """That answer was sent, given up or dropped."""
        self._answering -= 1
        if not self._answering:
            self._quiet.set()

    async def withdraw(self) -> None:
        """The process ends for another reason than the update that is alone now."""
        tried, self._tried = self._tried, ()
        if not tried:
            return
        try:
            await self._note(Event.INTERRUPTED, tried)
        except Exception as error:  # noqa: BLE001 - it may be tried once less
            log.warning("could not record an interrupted attempt", kind=type(error).__name__)

    async def _begin(self, update_ids: Collection[int]) -> None:
        """A try that is not alone, since an answer does not get away, does not count."""
        await wait_for(self._quiet, _QUIET_S)
        if self._answering:
            return
        await self._persistent(lambda: self._note(Event.BEGUN_ALONE, update_ids))
        self._tried = update_ids

    async def _note(self, event: Event, update_ids: Collection[int]) -> None:
        async with self._store.write() as tx:
            await poison_updates.note(tx, event, update_ids)
