"""Users who try wrong invite codes. Each try is counted, so a lost or repeated update shows."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from sqlmodel import select

from storage.database.engine import Store
from storage.database.ids import RandomIds
from storage.inbox.updates import oldest
from storage.members.code_attempts import WRONG_CODES
from storage.members.invites import CODE_LENGTH
from storage.models import CodeAttempts, InboxUpdate
from tests.support.sandbox_client import SandboxUser
from tests.support.transactions import rows_of

TRIES = WRONG_CODES - 1
"""Wrong codes are counted up to here."""


async def try_codes(strangers: Sequence[SandboxUser], every_s: float) -> None:
    """All of them try one code after the other, in turn."""
    for _ in range(TRIES):
        for stranger in strangers:
            code = RandomIds().code(CODE_LENGTH)
            await stranger.sandbox.post(f"chats/{stranger.id}/send", text=code)
            await asyncio.sleep(every_s)


async def all_handled(store: Store, strangers: Sequence[SandboxUser], *, others: int = 0) -> bool:
    """Whether every try, and at least so many updates of `others`, came in and had their effect."""
    async with store.read() as tx:
        arrived = await tx.all(select(InboxUpdate.id))
        return len(arrived) >= TRIES * len(strangers) + others and await oldest(tx) is None


async def all_counted_anew(store: Store, strangers: Sequence[SandboxUser]) -> bool:
    """Whether the tries of each stand under the newest key; they move with its next update."""
    async with store.read() as tx:
        newest = {tx.vault.lookups("contact", "telegram", str(one.id))[0] for one in strangers}
        return newest == set(await tx.all(select(CodeAttempts.lookup)))


async def counted(store: Store) -> Counter[int]:
    """A number of wrong tries to how many users have it."""
    rows = await rows_of(store, select(CodeAttempts))
    return Counter(row.wrong for row in rows)
