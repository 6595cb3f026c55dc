"""Reads the database for long without a transaction of the update being open."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, TypeVarTuple, cast

from handlers.worker_tasks import Offload
from storage.database import Store

T = TypeVar("T")
Args = TypeVarTuple("Args")


def read_apart(offload: Offload, task: Callable[[Store, *Args], Awaitable[T]], *args: *Args) -> T:
    """The result of a coroutine function of a module that opens its own read transactions.

    Raises:
        OffloadRequired: it has not run yet; the transaction is rolled back, and the handler runs again
            afterwards.
    """
    return cast(T, offload(cast(Any, task), *args))
