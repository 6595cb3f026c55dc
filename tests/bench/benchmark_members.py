"""Members who only a benchmark has: as many as it likes, in chats that are nowhere."""

from tests.bench.durable_queue import memory
from tests.support import bulk_members

_AT_ONCE = 10_000
_FIRST_CHAT = 1_000_000


def chat_of(member: int) -> str:
    """The chat of one of them."""
    return str(_FIRST_CHAT + member)


async def gather(database: str, size: int) -> None:
    """Members 1 to `size` of an empty club."""
    async with memory(database) as store:
        for first in range(1, size + 1, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, size + 1))
            async with store.write() as tx:
                await bulk_members.settle(tx, {number: chat_of(number) for number in numbers})
