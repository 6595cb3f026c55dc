"""The timetable: runs every job once a second; each job does what is due in the database.

See docs/decisions/0019-schedules-are-rows.md.

APScheduler holds a single job in memory, the tick; schedules are rows. Its timer follows the wall
clock and stalls when that is set back, so a watchdog on the monotonic clock restarts it.
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
_JOB_TIMEOUT_S = 60.0
"""A job that takes longer is cancelled, rolled back and run again with the next tick."""
_WATCHDOG_EVERY_S = 5.0
_STALLED_AFTER_S = 10.0
"""Without a tick for this long the scheduler has stalled, unless a job is running."""
_PROBLEM_AFTER_S = 90.0
"""Longer than a job may take, so that no running job explains it."""
_TICK_ID = "tick"

log = structlog.stdlib.get_logger()


class Timetable:
    """Runs every job once a second, while this process leads."""

    def __init__(
        self,
        jobs: Mapping[str, Job],
        on_work: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
        may_lead: Callable[[], bool] = lambda: True,
        *,
        watchdog_every_s: float = _WATCHDOG_EVERY_S,
    ) -> None:
        """`on_work` is called after a tick that did something. A follower ticks and does nothing.

        `watchdog_every_s`: how often to check whether the scheduler has stalled.
        """
        self._jobs = jobs
        self._on_work = on_work
        self._may_lead = may_lead
        self._monotonic = monotonic
        self._watchdog_every_s = watchdog_every_s
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._idle = asyncio.Event()
        self._idle.set()
        self.last_tick = monotonic()
        """When the last tick ended, on the monotonic clock."""
        self.ticks = 0
        self._failing: set[str] = set()

    @property
    def since_last_tick_s(self) -> float:
        """Seconds since the last tick ended."""
        return self._monotonic() - self.last_tick

    @property
    def failing(self) -> int:
        """How many jobs failed in the last tick."""
        return len(self._failing)

    @property
    def problem(self) -> str:
        """Why scheduled work is not done, in a few words; empty when it is."""
        if self.since_last_tick_s > _PROBLEM_AFTER_S:
            return f"no tick for {self.since_last_tick_s:.0f} s"
        return f"not done: {', '.join(sorted(self._failing))}" if self._failing else ""

    async def run(self, stop: asyncio.Event) -> None:
        """Ticks until `stop`, and finishes the tick under way."""
        self._scheduler.add_job(
            self.tick, "interval", seconds=_EVERY_S, id=_TICK_ID, max_instances=1, coalesce=True
        )
        self._scheduler.start()
        while not stop.is_set():
            await wait_for(stop, self._watchdog_every_s)
            self.restart_if_stalled()
        self._scheduler.pause()
        await asyncio.sleep(0)  # A tick that is scheduled already starts now.
        await self._idle.wait()
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Runs every job. A job that fails is logged and run again with the next tick."""
        self._idle.clear()
        try:
            done = await self._run_all() if self._may_lead() else self._follow()
        finally:
            self._idle.set()
        self.last_tick = self._monotonic()
        self.ticks += 1
        if any(done):
            self._on_work()

    def _follow(self) -> list[int]:
        # The leader runs the jobs that failed here.
        self._failing.clear()
        return []

    async def _run_all(self) -> list[int]:
        return [await self._run_job(name, job) for name, job in self._jobs.items()]

    async def _run_job(self, name: str, job: Job) -> int:
        try:
            async with asyncio.timeout(_JOB_TIMEOUT_S):
                done = await job()
        except LeaseLost:
            log.warning("lease lost, another process runs the timetable")
            self._failing.discard(name)
            return 0
        except Exception:  # one failing job must not stop the others
            log.exception("job failed, retrying with the next tick", job=name)
            self._failing.add(name)
            return 0
        self._failing.discard(name)
        return done

    def restart_if_stalled(self) -> None:
        """Restarts the scheduler when it has stalled, as it does when the wall clock is set back."""
        if not self._idle.is_set() or self.since_last_tick_s < _STALLED_AFTER_S:
            return
        log.warning("timetable stalled, restarting it")
        self._scheduler.reschedule_job(_TICK_ID, trigger="interval", seconds=_EVERY_S)
        self._scheduler.modify_job(_TICK_ID, next_run_time=datetime.now(UTC))
