"""One call or one query of storage in a transaction of its own."""

from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel.sql.expression import SelectOfScalar

from storage.database.engine import Store, Tx

T = TypeVar("T")
P = ParamSpec("P")


async def in_read(
    store: Store, ask: Callable[Concatenate[Tx, P], Awaitable[T]], *args: P.args, **more: P.kwargs
) -> T:
    """Returns what `ask(tx, …)` returns in a read transaction."""
    async with store.read() as tx:
        return await ask(tx, *args, **more)


async def in_write(
    store: Store, work: Callable[Concatenate[Tx, P], Awaitable[T]], *args: P.args, **more: P.kwargs
) -> T:
    """Returns what `work(tx, …)` returns in a write transaction, which is then committed."""
    async with store.write() as tx:
        return await work(tx, *args, **more)


async def rows_of(store: Store, query: SelectOfScalar[T]) -> list[T]:
    """Returns all rows of a query."""
    async with store.read() as tx:
        return list(await tx.all(query))
