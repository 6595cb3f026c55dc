"""Any number of members for benchmarks, with made-up chats."""

from tests.bench.durable_queue import benchmark_store
from tests.support import bulk_members

_AT_ONCE = 10_000
_FIRST_CHAT = 1_000_000


def chat_of(member: int) -> str:
    """The chat of one of them."""
    return str(_FIRST_CHAT + member)


async def add_members(database: str, size: int) -> None:
    """Members 1 to `size` of an empty club."""
    async with benchmark_store(database) as store:
        for first in range(1, size + 1, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, size + 1))
            async with store.write() as tx:
                await bulk_members.add_members(tx, {number: chat_of(number) for number in numbers})
