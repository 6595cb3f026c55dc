"""Answers an update whose handler refused after it may have written."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from handlers.conversation.context import Refused
from storage.database import Store, Tx

T = TypeVar("T")


async def in_transaction(store: Store, handle: Callable[[Tx, Refused | None], Awaitable[T]]) -> T:
    """What `handle` returns, which calls `Conversation.answer`, after the commit of its effect.

    A refusal rolls the transaction back, and is answered in a second one that writes only what
    `Context.keep` wrote. Refusals are rare, and this costs all other updates less than a savepoint.
    """
    try:
        async with store.write() as tx:
            return await handle(tx, None)
    except Refused as refused:
        async with store.write() as tx:
            return await handle(tx, refused)
