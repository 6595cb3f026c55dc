"""Brute-force limit: wrong codes of a chat are counted, and too many make it wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, update

from storage.database import Tx, insert
from storage.members import account_transfer, invites
from storage.models import CodeAttempts, Invite, MoveCode

WRONG_CODES = 10
"""Consecutive wrong codes after which a chat has to wait."""
WAIT = timedelta(hours=1)
BLOCKED_FOR = timedelta(days=30)
"""How long a chat has to wait after a member reported it as foreign."""


@dataclass(frozen=True)
class TooManyAttempts:
    """The chat has tried too many wrong codes; its codes are ignored until `until`."""

    until: datetime


async def attempt(tx: Tx, chat: bytes, code: str) -> Invite | MoveCode | TooManyAttempts | None:
    """The invite or transfer code that a chat (its keyed hash) tries; counts a wrong code.

    None: the code is not valid now; unknown, expired, used up and revoked are not distinguished.
    """
    tries = await tx.session.get(CodeAttempts, chat, populate_existing=True)
    # Both are always looked up, so that the response time reveals nothing.
    invite = await invites.usable(tx, code)
    move = await account_transfer.usable(tx, code)
    if tries and tries.waits_until and tries.waits_until > tx.clock.now():
        return TooManyAttempts(tries.waits_until)
    return invite or move or await _count_wrong(tx, chat)


async def reset_attempts(tx: Tx, chat: bytes) -> None:
    """Deletes the count of a chat that used a valid code."""
    await tx.session.exec(delete(CodeAttempts).where(col(CodeAttempts.lookup) == chat))


async def block(tx: Tx, chat: bytes) -> None:
    """Rejects all codes of this chat for `BLOCKED_FOR`."""
    until = tx.clock.now() + BLOCKED_FOR
    await tx.execute(
        insert(tx, CodeAttempts)
        .values({"lookup": chat, "wrong": 0, "waits_until": until, "updated_at": tx.clock.now()})
        .on_conflict_do_update(index_elements=["lookup"], set_={"waits_until": until})
    )


async def _count_wrong(tx: Tx, chat: bytes) -> TooManyAttempts | None:
    if await _increment(tx, chat) < WRONG_CODES:
        return None
    until = tx.clock.now() + WAIT
    await tx.session.exec(
        update(CodeAttempts)
        .where(col(CodeAttempts.lookup) == chat)
        .values(wrong=0, waits_until=until)
    )
    return TooManyAttempts(until)


async def _increment(tx: Tx, chat: bytes) -> int:
    """Counts one more wrong code; returns the number.

    The database increments, so that concurrent attempts are all counted.
    """
    now = tx.clock.now()
    query = (
        insert(tx, CodeAttempts)
        .values(lookup=chat, wrong=1, updated_at=now)
        .on_conflict_do_update(
            index_elements=["lookup"],
            set_={"wrong": col(CodeAttempts.wrong) + 1, "updated_at": now},
        )
        .returning(col(CodeAttempts.wrong))
    )
    return int((await tx.execute(query)).scalar_one())
