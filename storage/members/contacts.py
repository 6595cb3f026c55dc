"""Contacts after delivery errors: chats that cannot be reached, have a new id, or are removed."""

from collections.abc import Collection, Mapping

from sqlalchemy import update
from sqlmodel import col, select

from storage.conversation import generated_files, numbered_choices, state
from storage.database import sealing
from storage.database.engine import Tx
from storage.members import account_transfer, chat_changes, code_attempts, members
from storage.models import Contact, Delivery


async def mark_unreachable(tx: Tx, contact_ids: Collection[int]) -> None:
    """Marks a chat as unreachable: nothing is sent there until the person writes again."""
    await tx.session.exec(
        update(Contact)
        .where(col(Contact.id).in_(contact_ids), col(Contact.unreachable_since).is_(None))
        .values(unreachable_since=tx.clock.now())
    )


async def can_go_elsewhere(tx: Tx, failed: Mapping[int, str]) -> set[int]:
    """Which of these deliveries can go by another messenger than the one each has failed on.

    A second failure is the last. What can go is marked, so that the first is not asked again. What
    is for a given chat goes to that chat only.
    """
    query = (
        select(Delivery, Contact.messenger)
        .join(Contact, col(Contact.member_id) == Delivery.member_id)
        .where(
            col(Delivery.id).in_(failed),
            col(Delivery.failed_via).is_(None),
            col(Delivery.messenger).is_(None),
            col(Contact.unreachable_since).is_(None),
        )
    )
    found = set()
    for row, messenger in (await tx.session.exec(query)).all():
        if row.id is not None and messenger != failed[row.id]:
            row.failed_via = failed[row.id]
            found.add(row.id)
    await tx.session.flush()
    return found


async def move(tx: Tx, contact_id: int, chat: str) -> None:
    """The chat has a new id. One that is known already belongs to somebody, and is left alone."""
    contact = await tx.session.get(Contact, contact_id)
    if contact is None:
        return
    lookup = sealing.chat_lookup(tx, contact.messenger, chat)
    if (await tx.session.exec(select(Contact.id).where(Contact.lookup == lookup))).first() is None:
        members.put_chat(tx, contact, contact.messenger, chat)
        await tx.session.flush()


async def forget(tx: Tx, contact: Contact) -> None:
    """Removes a chat of a member, with its conversation state, lists, files and codes."""
    await state.clear(tx, contact.lookup)
    await numbered_choices.clear(tx, contact.lookup)
    await generated_files.clear(tx, contact.lookup)
    await code_attempts.forget_attempts(tx, contact.lookup)
    await account_transfer.forget(tx, contact)
    await chat_changes.forget(tx, contact)
    await tx.session.delete(contact)
    await tx.session.flush()
