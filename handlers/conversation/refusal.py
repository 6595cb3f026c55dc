"""Answers an update whose handler refused after it may have written."""

from collections.abc import Awaitable, Callable

from handlers.conversation.context import Refused
from handlers.messages import Answer
from storage.database import Store, Tx

Handle = Callable[[Tx, Refused | None], Awaitable[Answer]]
"""Handles an update in a transaction: `Conversation.answer`, with what is done in the same one."""


async def in_transaction(store: Store, handle: Handle) -> Answer:
    """The answer, after the commit of its effect; of a refusal only what it counted is written.

    A refusal rolls the transaction back and is answered in a second one. That is rare, and costs all
    other updates less than a savepoint would.
    """
    try:
        async with store.write() as tx:
            return await handle(tx, None)
    except Refused as refused:
        async with store.write() as tx:
            return await handle(tx, refused)
