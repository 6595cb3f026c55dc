"""The timetable: runs the scheduled jobs that are due, while this process leads.

See docs/decisions/0019-schedules-are-rows.md. `scheduler.agenda` says what is due.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import structlog

from scheduler.agenda import Entry
from scheduler.jobs import Job
from scheduler.lease import Leadership
from storage.database.leases import LeaseLost

_JOB_TIMEOUT_S = 60.0
"""A job that takes longer is cancelled and rolled back, and is still due."""

log = structlog.stdlib.get_logger()


class Timetable:
    """Runs jobs one after another, in their order."""

    def __init__(
        self, jobs: Mapping[str, Job], leadership: Leadership, on_work: Callable[[], None]
    ) -> None:
        """`on_work` is called after jobs that did something."""
        self._jobs = jobs
        self._leadership = leadership
        self._on_work = on_work
        self._due: set[str] = set()
        self._woken = asyncio.Event()
        self._failing: set[str] = set()

    @property
    def entries(self) -> Sequence[Entry]:
        """One for each job."""
        return [
            Entry(
                f"job {name}",
                job.due,
                partial(self._note_due, name),
                self._leadership.is_leader,
                on_done=partial(self._failing.discard, name),
            )
            for name, job in self._jobs.items()
        ]

    @property
    def failing(self) -> int:
        """How many jobs failed when they ran last, and are still due."""
        return len(self._failing)

    @property
    def problem(self) -> str:
        """Why scheduled work is not done, in a few words; empty when it is."""
        if self._leadership.is_cut_off:
            return "the database cannot be written"
        return f"not done: {', '.join(sorted(self._failing))}" if self._failing else ""

    def _note_due(self, name: str) -> None:
        self._due.add(name)
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Runs what is due until `stop`, and finishes the job under way."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_when_stopped(stop))
            while not stop.is_set():
                await self._woken.wait()
                self._woken.clear()
                if not stop.is_set():
                    await self.run_due()

    async def _wake_when_stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    async def run_due(self) -> None:
        """Runs the jobs that are due. One that fails is logged, and run again while it is due."""
        due, self._due = self._due, set()
        if any([await self._run_job(name, self._jobs[name]) for name in self._jobs if name in due]):
            self._on_work()

    async def _run_job(self, name: str, job: Job) -> int:
        try:
            async with asyncio.timeout(_JOB_TIMEOUT_S):
                done = await job.run()
        except LeaseLost:
            log.warning("lease lost, another process runs the timetable")
            self._failing.discard(name)
            return 0
        except Exception:  # one failing job must not stop the others
            log.exception("job failed, retrying while it is due", job=name)
            self._failing.add(name)
            return 0
        self._failing.discard(name)
        return done
