"""The agenda: when the next thing is due, for every loop of this process. No loop polls by itself.

Each loop has an entry, which says as SQL when its next work is due. One statement asks for all of
them. It is run when something is due, shortly after the database was changed by any process
(`storage.database.changes`), after the clock was moved, and every few seconds in any case.

See docs/decisions/0019-schedules-are-rows.md. APScheduler holds a single job in memory, the look; what is
due are rows. Its timer follows the wall clock and stalls when that is set back, so a watchdog on the
monotonic clock restarts it.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.database import Store
from storage.database.due import Due, Question
from storage.database.event_wait import wait_for

LOOK_EVERY_S = 5.0
"""How long nobody looks at most: a change by a process that was killed right after it is not told."""
CHANGED_AFTER_S = 0.25
"""How long changes are collected before they are looked at."""
_RETRY_S = 1.0
"""When to look again after a failure."""
_LOOK_TIMEOUT_S = 30.0
_WATCHDOG_EVERY_S = 5.0
_STALLED_AFTER_S = 10.0
"""Without a look for this long the scheduler has stalled, unless one is under way."""
_PROBLEM_AFTER_S = 90.0
_LOOK_ID = "look"

log = structlog.stdlib.get_logger()


@dataclass
class Entry:
    """One loop's work: when it is due, and who does it."""

    name: str
    due: Due
    on_due: Callable[[], None]
    """Wakes the loop: its work is due."""
    is_needed: Callable[[], bool] = lambda: True
    """Whether this process does this work now; a follower does not."""
    pause_s: float = 1.0
    """How long the loop has for its work before it is woken again for what is still due."""
    on_done: Callable[[], None] = lambda: None
    """Called after a look that finds the work not due, or not needed."""
    woken_at: float = field(default=float("-inf"), init=False, repr=False)


class Agenda:
    """Wakes every loop of this process when its work is due."""

    def __init__(
        self,
        store: Store,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        watchdog_every_s: float = _WATCHDOG_EVERY_S,
    ) -> None:
        """`watchdog_every_s`: how often to check whether the scheduler has stalled."""
        self._store = store
        self._monotonic = monotonic
        self._watchdog_every_s = watchdog_every_s
        self._entries: list[Entry] = []
        self._questions: dict[tuple[str, ...], Question] = {}
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._is_looking = self._is_changed = self._has_failed = False
        self._next_look = datetime.max.replace(tzinfo=UTC)
        """By the machine's clock, as APScheduler counts."""
        self.last_look = monotonic()
        """When the last look ended, on the monotonic clock."""
        self.looks = 0
        store.changes.listen(self.note_change)

    def add(self, *entries: Entry) -> None:
        """Adds the work of a loop."""
        self._entries += entries

    @property
    def since_last_look_s(self) -> float:
        """Seconds since the last look ended."""
        return self._monotonic() - self.last_look

    @property
    def problem(self) -> str:
        """Why nobody knows what is due, in a few words; empty when it is known."""
        if self.since_last_look_s > _PROBLEM_AFTER_S:
            return f"no look for {self.since_last_look_s:.0f} s"
        return "the database cannot be read" if self._has_failed else ""

    async def run(self, stop: asyncio.Event) -> None:
        """Looks until `stop`."""
        self._scheduler.add_job(
            self._look_and_schedule,
            "interval",
            seconds=LOOK_EVERY_S,
            id=_LOOK_ID,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()
        while not stop.is_set():
            await wait_for(stop, self._watchdog_every_s)
            self.restart_if_stalled()
        self._scheduler.shutdown(wait=False)

    def note_change(self) -> None:
        """Something may have become due: looks soon."""
        if self._is_changed:
            return
        self._is_changed = True
        # What is due sooner than that is not put off.
        if not self._is_looking and _in(CHANGED_AFTER_S) < self._next_look:
            self._schedule(CHANGED_AFTER_S)

    async def _look_and_schedule(self) -> None:
        self._is_looking = True
        try:
            next_s = await self.look()
        finally:
            self._is_looking = False
        self._schedule(min(next_s, CHANGED_AFTER_S) if self._is_changed else next_s)

    def _schedule(self, seconds: float) -> None:
        self._next_look = _in(seconds)
        if self._scheduler.running:
            self._scheduler.modify_job(_LOOK_ID, next_run_time=self._next_look)

    async def look(self) -> float:
        """Wakes every loop whose work is due; returns the seconds until the next look."""
        self._is_changed = False
        try:
            async with asyncio.timeout(_LOOK_TIMEOUT_S):
                waits = await self._look()
        except Exception as error:  # noqa: BLE001 - it is retried
            log.warning("not known what is due, retrying", kind=type(error).__name__)
            self._has_failed = True
            waits = [_RETRY_S]
        else:
            self._has_failed = False
        self.last_look = self._monotonic()
        self.looks += 1
        return max(0.0, min(waits, default=LOOK_EVERY_S))

    async def _look(self) -> list[float]:
        async with self._store.read() as tx:
            found = await self._question().ask(tx)
            now = tx.clock.now()
        waits = [LOOK_EVERY_S]
        for entry in self._entries:
            moment = found.get(entry.name)
            if moment is None or moment > now:
                entry.on_done()
                entry.woken_at = float("-inf")
                if moment is not None:
                    waits.append((moment - now).total_seconds())
            else:
                waits.append(self._wake(entry))
        return waits

    def _question(self) -> Question:
        """The question for the entries that are needed now, which seldom change."""
        needed = {entry.name: entry.due for entry in self._entries if entry.is_needed()}
        names = tuple(needed)
        if names not in self._questions:
            self._questions[names] = Question(needed)
        return self._questions[names]

    def _wake(self, entry: Entry) -> float:
        """Wakes a loop unless it was woken lately; returns the seconds until it may be woken again."""
        since = self._monotonic() - entry.woken_at
        if since < entry.pause_s:
            return entry.pause_s - since
        entry.woken_at = self._monotonic()
        entry.on_due()
        return entry.pause_s

    def restart_if_stalled(self) -> None:
        """Restarts the scheduler when it has stalled, as it does when the wall clock is set back."""
        if self._is_looking or self.since_last_look_s < _STALLED_AFTER_S:
            return
        log.warning("agenda stalled, restarting its clock")
        self._schedule(0.0)


def _in(seconds: float) -> datetime:
    """So many seconds from now, by the machine's clock."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
