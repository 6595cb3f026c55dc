"""Strangers who try invite codes: each try is counted, so one lost or counted twice would be seen."""

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
from tests.support.sandbox_client import Resident

TRIES = WRONG_CODES - 1
"""Wrong codes are counted up to here."""


async def try_codes(strangers: Sequence[Resident], every_s: float) -> None:
    """A steady stream, everybody in turn."""
    for _ in range(TRIES):
        for stranger in strangers:
            code = RandomIds().code(CODE_LENGTH)
            await stranger.town.post(f"chats/{stranger.id}/send", text=code)
            await asyncio.sleep(every_s)


async def all_handled(memory: Store, strangers: Sequence[Resident], *, others: int = 0) -> bool:
    """Whether every try, and at least so many updates of `others`, came in and had their effect."""
    async with memory.read() as tx:
        arrived = (await tx.session.exec(select(InboxUpdate.id))).all()
        return len(arrived) >= TRIES * len(strangers) + others and await oldest(tx) is None


async def counted(memory: Store) -> Counter[int]:
    """Wrong tries to how many have so many."""
    async with memory.read() as tx:
        return Counter(row.wrong for row in (await tx.session.exec(select(CodeAttempts))).all())
