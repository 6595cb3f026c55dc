"""Heavy work of a handler, computed by worker processes while no transaction is open.

A handler calls `context.offload(task, *args)`. The first time this raises `OffloadRequired`, which rolls
its transaction back; the task is computed, and the handler begins anew in another transaction, where
the same call returns the result. So a handler reads the same before and after, and writes once.

A task is a function at the top of a module. Its arguments are hashable, and small enough to be
pickled and sent to another process. It knows nothing but its arguments. Its result is data of the type
that it is declared to return: numbers, text, bytes, sequences, enums, dataclasses of these.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar, TypeVarTuple

T = TypeVar("T")
Args = TypeVarTuple("Args")

MOST_TASKS = 8
"""Tasks for one update."""


class Cause(StrEnum):
    """Why a worker gave no result."""

    NOT_STARTED = "not started"
    """The system lets no worker process begin, or it ends before it is ready."""
    DIED = "died"
    OUT_OF_MEMORY = "out of memory"
    TIMED_OUT = "timed out"
    BUSY = "busy"
    """Too many other tasks wait already."""
    STOPPING = "stopping"
    """The bot ends, and its workers with it."""


class TaskError(Exception):
    """What a task raises for its caller, with a reason in words; each kind is a direct subclass.

    Of any other error only the name comes out of a worker, as a `RuntimeError`.
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
            WorkerFailed: there is none.
        """


class Offload(Protocol):
    """How a handler, and what it calls, has a task computed."""

    def __call__(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """The result of the task; what the task itself raises is raised here.

        Raises:
            OffloadRequired: it is not known yet; to be let through.
            WorkerFailed: there will be none.
        """


def at_once(task: Callable[[*Args], T], *args: *Args) -> T:
    """An `Offload` that computes in place: where nobody else waits, as on the command line."""
    return task(*args)


class OffloadRequired(Exception):
    """The handler needs a result that is not known yet: roll back, compute, begin anew."""

    def __init__(self, task: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__(task.__name__)
        self.task = task
        self.arguments = args


class OffloadsExhausted(Exception):
    """A handler asked for more than `MOST_TASKS`, probably for another one at each try."""


@dataclass(frozen=True)
class _Outcome:
    result: Any = None
    error: Exception | None = None


class Results:
    """What was computed for one update: an `Offload` that knows more at each try."""

    def __init__(self) -> None:
        self._outcomes: dict[tuple[Callable[..., Any], tuple[Any, ...]], _Outcome] = {}

    def __call__(self, task: Callable[[*Args], T], *args: *Args) -> T:
        outcome = self._outcomes.get((task, args))
        if outcome is None:
            raise OffloadRequired(task, args)
        if outcome.error is not None:
            raise outcome.error
        result: T = outcome.result
        return result

    async def compute(self, required: OffloadRequired, workers: Workers) -> None:
        """From now on the result is known, or what went wrong instead."""
        key = required.task, required.arguments
        try:
            self._outcomes[key] = _Outcome(await workers.run(required.task, *required.arguments))
        except Exception as error:  # noqa: BLE001 - the handler decides, where it called the task
            self._outcomes[key] = _Outcome(error=error)


async def offloading(workers: Workers, attempt: Callable[[Offload], Awaitable[T]]) -> T:
    """Calls `attempt`, in which a transaction begins and ends, until it needs nothing more computed.

    Raises:
        OffloadsExhausted: it needs more than `MOST_TASKS`.
    """
    results = Results()
    for _ in range(MOST_TASKS + 1):
        try:
            return await attempt(results)
        except OffloadRequired as required:
            await results.compute(required, workers)
    raise OffloadsExhausted
