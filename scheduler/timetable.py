"""The clock that asks every second what is due, and nothing else.

See docs/decisions/0019-schedules-are-rows.md.

APScheduler keeps one job in memory: what is due is in the database. Its own timer follows the
machine's clock and stands still when that is set back, so somebody watches over it who counts
seconds instead.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.jobs import Job
from scheduler.pacing.event_wait import wait_for
from storage.database.leases import LeaseLost

_EVERY_S = 1
_DUTY_S = 60.0
"""How long one duty may take before it is cut off; its transaction is undone, and it comes again."""
_WATCH_S = 5.0
_SILENT_S = 10.0
"""After how long without a tick the clock is taken for stopped. A long duty is not silence."""
_TOO_LONG_S = 90.0
"""A silence that no duty explains: longer than the longest may take."""
_JOB = "tick"

log = structlog.stdlib.get_logger()


class Timetable:
    """Runs every duty once a second."""

    def __init__(
        self,
        duties: Mapping[str, Job],
        on_work: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
        leads: Callable[[], bool] = lambda: True,
        *,
        watch_s: float = _WATCH_S,
    ) -> None:
        """While another process `leads`, the clock ticks and nothing is done.

        `watch_s` is the time between two checks whether the clock has stopped.
        """
        self._duties = duties
        self._on_work = on_work
        self._leads = leads
        self._monotonic = monotonic
        self._watch_s = watch_s
        self._clockwork = AsyncIOScheduler(timezone=UTC)
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self.last_tick = monotonic()
        """When the last tick ended, on the monotonic clock."""
        self.ticks = 0
        self._failing: set[str] = set()

    @property
    def silent_for_s(self) -> float:
        """How long ago the last tick ended."""
        return self._monotonic() - self.last_tick

    @property
    def failing(self) -> int:
        """How many duties are due and could not be done."""
        return len(self._failing)

    @property
    def problem(self) -> str:
        """Why what is due is not done, in a few words; empty when all is well."""
        if self.silent_for_s > _TOO_LONG_S:
            return f"no tick for {self.silent_for_s:.0f} s"
        return f"not done: {', '.join(sorted(self._failing))}" if self._failing else ""

    async def run(self, stop: asyncio.Event) -> None:
        """Ticks until `stop`, and ends the tick it is in."""
        self._clockwork.add_job(
            self.tick, "interval", seconds=_EVERY_S, id=_JOB, max_instances=1, coalesce=True
        )
        self._clockwork.start()
        while not stop.is_set():
            await wait_for(stop, self._watch_s)
            self.restart_if_stalled()
        self._clockwork.pause()
        await asyncio.sleep(0)  # A tick that was called begins now.
        await self._at_rest.wait()
        self._clockwork.shutdown(wait=False)

    async def tick(self) -> None:
        """Does everything that is due. What fails is logged and comes again with the next tick."""
        self._at_rest.clear()
        try:
            done = await self._do_all() if self._leads() else self._stand_by()
        finally:
            self._at_rest.set()
        self.last_tick = self._monotonic()
        self.ticks += 1
        if any(done):
            self._on_work()

    def _stand_by(self) -> list[int]:
        # What could not be done here is another process's to do now.
        self._failing.clear()
        return []

    async def _do_all(self) -> list[int]:
        return [await self._do(name, duty) for name, duty in self._duties.items()]

    async def _do(self, name: str, duty: Job) -> int:
        try:
            async with asyncio.timeout(_DUTY_S):
                done = await duty()
        except LeaseLost:
            log.warning("another process does what is due now")
            self._failing.discard(name)
            return 0
        except Exception:  # one duty's trouble must not keep the others from being done
            log.exception("a duty failed and will be tried again", duty=name)
            self._failing.add(name)
            return 0
        self._failing.discard(name)
        return done

    def restart_if_stalled(self) -> None:
        """Sets the clock going again when it has stopped, as it does when the time is set back."""
        if not self._at_rest.is_set() or self.silent_for_s < _SILENT_S:
            return
        log.warning("the timetable had stopped and is set going again")
        self._clockwork.reschedule_job(_JOB, trigger="interval", seconds=_EVERY_S)
        self._clockwork.modify_job(_JOB, next_run_time=datetime.now(UTC))
