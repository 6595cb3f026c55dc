"""The bot's side of one worker process."""

import asyncio
import signal
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.workers.framing import LENGTH, MOST_BYTES, AnswerStatus, frame
from bot.workers.results import READY, NotAnAnswer, answer_in, result_of
from bot.workers.settings import WorkerSettings
from handlers.worker_tasks import Cause, WorkerFailed

_PROGRAM = Path(__file__).with_name("__main__.py")
_MEGABYTE = 1024 * 1024
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    # Freed memory is returned to the system after a large picture.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "262144",
    # Each thread of a numeric library would reserve memory.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Nothing is written there: a worker cannot write files.
    "MPLCONFIGDIR": "/nonexistent",
}
"""The whole environment of a worker: no token, no key, no address."""
_READY_S = 60.0


class NotStarted(Exception):
    """A worker process could not be started."""


class WorkerProcess:
    """Runs one task at a time."""

    def __init__(
        self, process: Process, asks: StreamWriter, answers: StreamReader, wall_s: float
    ) -> None:
        self._process = process
        self._asks = asks
        self._answers = answers
        self._wall_s = wall_s
        self._asked = 0
        self.kept_for = ""
        """The name of the only task that it runs; empty for all that leave nothing in its memory."""
        self.idle_since = 0.0
        """When its last task ended, on the event loop's clock."""

    @classmethod
    async def start(cls, settings: WorkerSettings) -> "WorkerProcess":
        """Starts a fresh interpreter with only what a worker needs.

        Raises:
            NotStarted: the process did not start or did not become ready.
        """
        memory, task_s = settings.memory_mb * _MEGABYTE, settings.task_s
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", str(_PROGRAM), str(memory), str(task_s),
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
                env=_ENVIRONMENT, cwd="/", process_group=0,
            )  # fmt: skip
        except OSError as error:
            raise NotStarted(type(error).__name__) from error
        if process.stdin is None or process.stdout is None:
            raise NotStarted("without pipes")
        made = cls(process, process.stdin, process.stdout, settings.wall_s)
        try:
            async with asyncio.timeout(_READY_S):
                await made._read(READY)
        except (WorkerFailed, TimeoutError) as error:
            await made.end()
            raise NotStarted(f"exit status {process.returncode} before it was ready") from error
        except asyncio.CancelledError:
            await made.end()
            raise
        return made

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process can take another task."""
        return self._process.returncode is None

    @property
    def exit_status(self) -> int | None:
        """The exit status; negative for a signal, None while the process is running."""
        return self._process.returncode

    @property
    def was_fresh(self) -> bool:
        """Whether the process had no task before its last one."""
        return self._asked == 1

    async def compute(self, task: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """The result of the task; its error is raised here.

        The process is killed after a failure, or when the caller is cancelled.

        Raises:
            WorkerFailed: there is no result.
        """
        result = result_of(task)
        self._asked += 1
        try:
            async with asyncio.timeout(self._wall_s):
                said, value = await self._ask(frame((task, args)), result)
        except TimeoutError:
            await self.end()
            raise WorkerFailed(Cause.TIMED_OUT) from None
        except BaseException:
            await self.end()
            raise
        if said is AnswerStatus.OUT_OF_MEMORY:
            await self.end()
            raise WorkerFailed(Cause.OUT_OF_MEMORY)
        if said is AnswerStatus.RAISED:
            raise value
        return value

    async def end(self) -> None:
        """Kills the process, if it is running, and waits for its end."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        self._asks.close()

    async def _ask(self, request: bytes, result: TypeAdapter[Any]) -> tuple[AnswerStatus, Any]:
        try:
            self._asks.write(request)
            await self._asks.drain()
        except ConnectionError:
            raise WorkerFailed(await self._cause()) from None
        return await self._read(result)

    async def _read(self, result: TypeAdapter[Any]) -> tuple[AnswerStatus, Any]:
        try:
            (length,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
            if length > MOST_BYTES:
                raise NotAnAnswer
            return answer_in(await self._answers.readexactly(length), result)
        except asyncio.IncompleteReadError:
            raise WorkerFailed(await self._cause()) from None
        except NotAnAnswer:
            raise WorkerFailed(Cause.DIED) from None

    async def _cause(self) -> Cause:
        return Cause.TIMED_OUT if await self._process.wait() == -signal.SIGXCPU else Cause.DIED
