"""Who wrote in a chat: their member, their contact and the step of the chat, in one query."""

from dataclasses import dataclass

from sqlmodel import SQLModel, bindparam, col, select

from storage.conversation.state import StoredStep
from storage.database import Tx
from storage.models import Contact, Member

_STEP = SQLModel.metadata.tables["step"]
# Built once, as every update runs it.
_BY_CHAT = (
    select(Member, Contact, _STEP.c.name, _STEP.c.data_sealed)
    .join(Contact, col(Contact.member_id) == Member.id)
    .outerjoin(_STEP, _STEP.c.lookup == bindparam("newest"))
    .where(col(Contact.lookup).in_(bindparam("lookups", expanding=True)))
)


@dataclass(frozen=True)
class Sender:
    """The person of a chat, in any state of their membership."""

    member: Member
    contact: Contact
    step: StoredStep | None
    """The step of the chat, its data sealed; None without one."""


async def find(tx: Tx, messenger: str, chat: str) -> Sender | None:
    """The person of this chat; None for an unknown chat, which may have a step all the same."""
    lookups = tx.vault.lookups("contact", messenger, chat)
    given = {"lookups": lookups, "newest": lookups[0]}
    row = (await tx.session.exec(_BY_CHAT, params=given)).first()
    if row is None:
        return None
    member, contact, name, data_sealed = row
    return Sender(member, contact, None if name is None else StoredStep(name, data_sealed))
