"""What delivering teaches about a chat: that it is gone, or that it has moved."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col, select

from storage import people
from storage.engine import Tx
from storage.models import Contact


async def mark_unreachable(tx: Tx, contact_ids: Collection[int]) -> None:
    """Nothing more is sent there until the person writes again. Nothing is deleted."""
    await tx.session.exec(
        update(Contact)
        .where(col(Contact.id).in_(contact_ids), col(Contact.unreachable_since).is_(None))
        .values(unreachable_since=tx.clock.now())
    )


async def move(tx: Tx, contact_id: int, chat: str) -> None:
    """The chat has a new id. One that is known already belongs to somebody, and is left alone."""
    contact = await tx.session.get(Contact, contact_id)
    if contact is None:
        return
    lookup = people.lookup_of(tx, contact.messenger, chat)
    if (await tx.session.exec(select(Contact.id).where(Contact.lookup == lookup))).first() is None:
        contact.lookup = lookup
        contact.chat_sealed = people.seal_chat(tx, chat)
        await tx.session.flush()
