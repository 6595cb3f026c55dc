"""Pool of worker processes: started on demand, replaced when one dies, ended when idle."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog

from bot.workers.settings import WorkerSettings
from bot.workers.worker_process import NotStarted, WorkerProcess
from handlers.worker_tasks import Args, Cause, T, WorkerFailed, stays_loaded

log = structlog.stdlib.get_logger()

WAITING_MAX = 64
"""Tasks that wait for a worker; more are refused."""
DONE = "done"
"""The outcome of a task that returned, or raised an error of its own."""


class Pool:
    """Implements `handlers.worker_tasks.Workers`.

    A task that leaves much in a worker's memory has one worker of its own: on top of it, what another
    task needs for a moment would be too much, and a second such worker would take the place of the one
    that all other tasks need.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._slots = asyncio.Semaphore(settings.count)
        self._loaded_slot = asyncio.Semaphore(1)
        """Of the tasks that stay loaded; taken before one of all slots."""
        self._idle: list[WorkerProcess] = []
        self.busy: list[WorkerProcess] = []
        """Workers that run a task now."""
        self.waiting = 0
        """Tasks that wait for a worker."""
        self.outcomes: Counter[str] = Counter()
        """How many tasks ended so far, by `DONE` or the cause of the failure."""
        self._closed = False
        self.problem = ""
        """Why no worker could be started, the last time one was needed; empty if it could."""

    @property
    def running(self) -> int:
        """How many worker processes are running."""
        return len(self.pids)

    @property
    def pids(self) -> list[int]:
        """The process ids of all workers."""
        return [one.pid for one in (*self._idle, *self.busy) if one.is_alive]

    def state(self) -> dict[str, int]:
        """How many processes are running and busy, and how many tasks wait."""
        return {"running": self.running, "busy": len(self.busy), "waiting": self.waiting}

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """Runs a task in a worker; see `Workers.run`."""
        try:
            result: T = await self._run(task, args)
        except WorkerFailed as failure:
            self.outcomes[failure.cause] += 1
            log.warning("worker task failed", task=_name(task), cause=str(failure.cause))
            raise
        except Exception:
            self.outcomes[DONE] += 1
            raise
        self.outcomes[DONE] += 1
        return result

    async def _run(self, task: Callable[..., T], args: tuple[object, ...]) -> T:
        if self.waiting >= WAITING_MAX:
            raise WorkerFailed(Cause.BUSY)
        self.waiting += 1
        async with AsyncExitStack() as held:
            try:
                if stays_loaded(task):
                    await held.enter_async_context(self._loaded_slot)
                await held.enter_async_context(self._slots)
            finally:
                self.waiting -= 1
            return await self._compute(task, args)

    async def _compute(self, task: Callable[..., T], args: tuple[object, ...]) -> T:
        """Retries a failed task in a fresh worker, if the one before had run other tasks."""
        while True:
            worker = await self._take(_name(task) if stays_loaded(task) else "")
            try:
                result: T = await worker.compute(task, args)
            except WorkerFailed as failure:
                if self._closed:
                    raise WorkerFailed(Cause.STOPPING) from failure
                log.warning("worker process ended", exit_status=worker.exit_status)
                if worker.was_fresh or failure.cause is Cause.TIMED_OUT:
                    raise
            else:
                return result
            finally:
                self._give_back(worker)

    async def _take(self, kept_for: str) -> WorkerProcess:
        """Returns an idle worker that is kept for this, or a new one; raises once the pool is closed."""
        if self._closed:
            raise WorkerFailed(Cause.STOPPING)
        for worker in [one for one in reversed(self._idle) if one.kept_for == kept_for]:
            self._idle.remove(worker)
            if worker.is_alive:
                self.busy.append(worker)
                return worker
            await worker.end()
        while self._idle and len(self._idle) + len(self.busy) >= self._settings.count:
            await self._idle.pop(0).end()
        try:
            worker = await WorkerProcess.start(self._settings)
        except NotStarted as error:
            self.problem = f"no worker can be started: {error}"
            log.error("worker process not started", reason=str(error))  # noqa: TRY400
            raise WorkerFailed(Cause.NOT_STARTED) from error
        if self._is_closed():  # The pool was closed while the process was starting.
            await worker.end()
            raise WorkerFailed(Cause.STOPPING)
        self.problem = ""
        worker.kept_for = kept_for
        self.busy.append(worker)
        return worker

    def _is_closed(self) -> bool:
        return self._closed

    def _give_back(self, worker: WorkerProcess) -> None:
        self.busy.remove(worker)
        if worker.is_alive:
            worker.idle_since = asyncio.get_running_loop().time()
            self._idle.append(worker)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator["Pool"]:
        """Ends all processes with the block; waiting tasks fail, and no process is started any more."""
        ending = asyncio.create_task(self._end_idle())
        try:
            yield self
        finally:
            self._closed = True
            ending.cancel()
            with suppress(asyncio.CancelledError):
                await ending
            for worker in [*self._idle, *self.busy]:
                await worker.end()
            self._idle.clear()

    async def _end_idle(self) -> None:
        idle_s = self._settings.idle.total_seconds()
        while True:
            await asyncio.sleep(idle_s / 2)
            now = asyncio.get_running_loop().time()
            over = [one for one in self._idle if now - one.idle_since >= idle_s]
            self._idle = [one for one in self._idle if one not in over]
            for worker in over:
                await worker.end()


def _name(task: Callable[..., object]) -> str:
    """The name in the log; of a partial the name of its function."""
    return str(getattr(getattr(task, "func", task), "__name__", type(task).__name__))
