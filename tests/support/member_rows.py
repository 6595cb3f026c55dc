"""One member written as rows, as joining leaves them, for half of what the bot's own way costs.

A test's people are most of its set-up. These statements are built once, go past the session, and
do not look for earlier consents of a member who is new.
"""

from collections.abc import Iterable

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.sql.dml import ReturningInsert, Update
from sqlmodel import SQLModel

from storage.database import sealing
from storage.database.engine import Tx
from storage.models import Consent, MemberState, Purpose, Role

_MEMBER, _CONTACT = (SQLModel.metadata.tables[name] for name in ("member", "contact"))


def _adding(table: Table) -> ReturningInsert[tuple[int]]:
    return insert(table).returning(table.c.id)


def _sealing(table: Table, column: str) -> Update:
    return update(table).where(table.c.id == bindparam("row")).values({column: bindparam("sealed")})


_ADD_MEMBER, _NAME = _adding(_MEMBER), _sealing(_MEMBER, "name_sealed")
_ADD_CONTACT, _CHAT = _adding(_CONTACT), _sealing(_CONTACT, "chat_sealed")
_AGREE = insert(Consent)


async def add_member(
    tx: Tx,
    *,
    messenger: str,
    chat: str,
    name: str,
    role: Role,
    language: str,
    area: str | None = None,
    purposes: Iterable[Purpose] = (),
) -> int:
    """A member with one contact and these consents; returns the member's id."""
    now = tx.clock.now()
    told = {"role": role, "state": MemberState.ACTIVE, "language": language, "area": area}
    member = {**told, "name_sealed": b"", "actor": tx.ids.number(), "joined_at": now}
    number: int = (await tx.execute(_ADD_MEMBER, member)).scalar_one()
    contact = {"member_id": number, "messenger": messenger}
    lookup = sealing.chat_lookup(tx, messenger, chat)
    added = await tx.execute(_ADD_CONTACT, {**contact, "lookup": lookup, "chat_sealed": b""})
    row = added.scalar_one()
    sealed_name = sealing.seal(tx, "member.name", name, {"id": number})
    await tx.execute(_NAME, {"row": number, "sealed": sealed_name})
    sealed_chat = sealing.seal(tx, "contact.chat", chat, {**contact, "id": row})
    await tx.execute(_CHAT, {"row": row, "sealed": sealed_chat})
    consent = {"member_id": number, "text_version": "1", "language": language, "given_at": now}
    if consents := [{**consent, "purpose": purpose} for purpose in purposes]:
        await tx.execute(_AGREE, consents)
    return number
