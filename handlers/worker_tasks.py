"""Heavy work of a handler, computed by worker processes while no transaction is open.

A handler calls `context.offload(task, *args)`. The first time this raises `OffloadRequired`, which
rolls its transaction back; the task is computed, and the handler runs again in a new transaction,
where the same call returns the result. So its writes take effect once.

A task is a function at the top of a module. Its arguments are hashable, and small enough to be
pickled and sent to another process. It depends on its arguments only. Its result is data of the
type that it is declared to return: numbers, text, bytes, sequences, enums, dataclasses of these.

A task that reads the database for long is a coroutine function with the store as its first argument
(`handlers.conversation.read_apart`). It runs in this process, in the same place: between two attempts of the handler.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeVar, TypeVarTuple

import structlog

T = TypeVar("T")
Task = TypeVar("Task", bound=Callable[..., object])
Args = TypeVarTuple("Args")

log = structlog.stdlib.get_logger()

MOST_TASKS = 8
"""Tasks for one update."""


class Cause(StrEnum):
    """Why a worker gave no result."""

    NOT_STARTED = "not started"
    """The system starts no worker process, or it ends before it is ready."""
    DIED = "died"
    OUT_OF_MEMORY = "out of memory"
    TIMED_OUT = "timed out"
    BUSY = "busy"
    """Too many tasks wait."""
    STOPPING = "stopping"
    """The bot is stopping."""


class TaskError(Exception):
    """An error that a task raises for its caller, with a reason; each kind is a direct subclass.

    Any other error leaves a worker as a `RuntimeError` with its name only.
    """


class WorkerFailed(Exception):
    """A task was not computed; whether the same arguments would succeed later is not known."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause)
        self.cause = cause


class Workers(Protocol):
    """Computes tasks outside of the event loop."""

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """The result of the task; what the task itself raises is raised here.

        Raises:
            WorkerFailed: it could not be computed.
        """


class Offload(Protocol):
    """Runs a task for a handler and the functions it calls."""

    def __call__(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """The result of the task; what the task itself raises is raised here.

        Raises:
            OffloadRequired: it is not computed yet; callers must not catch it.
            WorkerFailed: it could not be computed.
        """


def at_once(task: Callable[[*Args], T], *args: *Args) -> T:
    """An `Offload` that computes in place: where nobody else waits, as on the command line."""
    return task(*args)


_LOADED = "stays_loaded"


def leaving_loaded(task: Task) -> Task:
    """Marks a task that leaves much in the memory of its worker, such as a model, for the next time."""
    setattr(task, _LOADED, True)
    return task


def stays_loaded(task: Callable[..., object]) -> bool:
    """Whether the task is marked so."""
    return bool(getattr(task, _LOADED, False))


class OffloadRequired(Exception):
    """The handler needs a result that is not computed yet: roll back, compute, run it again."""

    def __init__(
        self, task: Callable[..., Any], args: tuple[Any, ...], notice: object = None
    ) -> None:
        super().__init__(task.__name__)
        self.task = task
        self.arguments = args
        self.notice = notice
        """What the person is told while it is computed; None for nothing."""


class OffloadsExhausted(Exception):
    """A handler asked for more than `MOST_TASKS`, probably for a new one at each attempt."""


@dataclass(frozen=True)
class _Outcome:
    result: Any = None
    error: Exception | None = None


class Results:
    """Worker results of one update: its handler runs again after each new one and reads the earlier."""

    def __init__(self, workers: Workers, store: object) -> None:
        self._workers = workers
        self._store = store
        self._outcomes: dict[tuple[Callable[..., Any], tuple[Any, ...]], _Outcome] = {}

    def __call__(self, task: Callable[[*Args], T], *args: *Args) -> T:
        outcome = self._outcomes.get((task, args))
        if outcome is None:
            raise OffloadRequired(task, args)
        if outcome.error is not None:
            raise outcome.error
        result: T = outcome.result
        return result

    async def compute(self, required: OffloadRequired) -> None:
        """Computes the task and stores its result or error."""
        key = required.task, required.arguments
        try:
            self._outcomes[key] = _Outcome(await self._run(*key))
        except Exception as error:  # noqa: BLE001 - the handler decides, where it called the task
            self._outcomes[key] = _Outcome(error=error)

    async def _run(self, task: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if iscoroutinefunction(task):
            return await task(self._store, *args)
        return await self._workers.run(task, *args)


def offload_or(offload: Offload, fallback: T, task: Callable[[*Args], T], *args: *Args) -> T:
    """The result of an optional task; `fallback` if the worker fails, which is logged.

    Raises:
        OffloadRequired: it is not computed yet.
    """
    try:
        return offload(task, *args)
    except WorkerFailed as failed:
        log.warning("optional task failed", task=task.__name__, cause=failed.cause)
        return fallback


def announced(offload: Offload, notice: object) -> Offload:
    """As `offload`; whoever waits is told by this notice when a result has to be computed first."""

    def run(task: Callable[[*Args], T], *args: *Args) -> T:
        try:
            return offload(task, *args)
        except OffloadRequired as required:
            raise OffloadRequired(required.task, required.arguments, notice) from None

    return run


async def offloading(
    workers: Workers,
    store: object,
    attempt: Callable[[Offload], Awaitable[T]],
    announce: Callable[[object], None] = lambda _: None,
) -> T:
    """Calls `attempt`, which runs one transaction, until it needs no further result.

    `store` is for tasks that read the database; this module is loaded by worker processes, too, and
    knows none. `announce` gets the notice of a task (`announced`) before this is computed, and must not wait.

    Raises:
        OffloadsExhausted: it needs more than `MOST_TASKS`.
    """
    results = Results(workers, store)
    for _ in range(MOST_TASKS + 1):
        try:
            return await attempt(results)
        except OffloadRequired as required:
            if required.notice is not None:
                announce(required.notice)
            await results.compute(required)
    raise OffloadsExhausted
