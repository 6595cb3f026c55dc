"""Invites: made, tried and used; and how long a chat that guesses codes has to wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from storage.engine import Tx
from storage.ids import as_code
from storage.models import CodeAttempts, Invite, Role

CODE_LENGTH = 10
WRONG_CODES = 10
"""After so many wrong codes in a row a chat has to wait."""
WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class MustWait:
    """The chat has tried too many wrong codes; until `until` no code of it is looked at."""

    until: datetime


async def create(
    tx: Tx, *, role: Role, area: str | None, uses: int, valid_for: timedelta, created_by: int | None
) -> str:
    """Makes an invite and returns its code, which is kept nowhere and cannot be shown again."""
    code = tx.ids.code(CODE_LENGTH)
    tx.session.add(
        Invite(
            code_lookup=_lookup(tx, code),
            role=role,
            area=area,
            uses_left=uses,
            expires_at=tx.clock.now() + valid_for,
            created_by=created_by,
            created_at=tx.clock.now(),
        )
    )
    await tx.session.flush()
    return code


async def attempt(tx: Tx, chat: bytes, code: str) -> Invite | MustWait | None:
    """The invite behind a code that a chat (its keyed hash) tries; a wrong one is counted.

    None says only that the code opens nothing now: unknown, over, used up and revoked are alike.
    """
    tries = await tx.session.get(CodeAttempts, chat, populate_existing=True)
    invite = await _usable(
        tx, code
    )  # looked up even when it will not be used: one answer, one pace
    if tries and tries.waits_until and tries.waits_until > tx.clock.now():
        return MustWait(tries.waits_until)
    if invite is None:
        return await _count_wrong(tx, chat)
    return invite


async def use(tx: Tx, invite: Invite) -> bool:
    """Takes one use of the invite; False when somebody else was quicker with the last one."""
    result = await tx.session.exec(
        update(Invite)
        .where(
            col(Invite.id) == invite.id,
            col(Invite.uses_left) > 0,
            col(Invite.expires_at) > tx.clock.now(),
            col(Invite.revoked_at).is_(None),
        )
        .values(uses_left=col(Invite.uses_left) - 1)
    )
    return result.rowcount == 1


async def forget_attempts(tx: Tx, chat: bytes) -> None:
    """The chat has shown a right code and used it."""
    await tx.session.exec(delete(CodeAttempts).where(col(CodeAttempts.lookup) == chat))


async def _usable(tx: Tx, code: str) -> Invite | None:
    query = select(Invite).where(Invite.code_lookup == _lookup(tx, code))
    invite = (await tx.session.exec(query)).first()
    if invite is None or invite.revoked_at is not None:
        return None
    return invite if invite.uses_left > 0 and invite.expires_at > tx.clock.now() else None


async def _count_wrong(tx: Tx, chat: bytes) -> MustWait | None:
    if await _one_more(tx, chat) < WRONG_CODES:
        return None
    until = tx.clock.now() + WAIT
    await tx.session.exec(
        update(CodeAttempts)
        .where(col(CodeAttempts.lookup) == chat)
        .values(wrong=0, waits_until=until)
    )
    return MustWait(until)


async def _one_more(tx: Tx, chat: bytes) -> int:
    """How many it has been with this one; counted by the database, so that none is lost."""
    insert = postgresql.insert if tx.on_postgresql else sqlite.insert
    now = tx.clock.now()
    query = (
        insert(CodeAttempts)
        .values(lookup=chat, wrong=1, updated_at=now)
        .on_conflict_do_update(
            index_elements=["lookup"],
            set_={"wrong": col(CodeAttempts.wrong) + 1, "updated_at": now},
        )
        .returning(col(CodeAttempts.wrong))
    )
    connection = await tx.session.connection()
    return int((await connection.execute(query)).scalar_one())


def _lookup(tx: Tx, code: str) -> bytes:
    return tx.vault.lookup("invite", as_code(code))
