"""Contacts after delivery errors: chats that cannot be reached, have a new id, or are removed."""

from collections.abc import Collection, Mapping

from sqlmodel import and_, col, func, select, update

from storage.conversation import generated_files, numbered_choices, state
from storage.database import Tx, sealing
from storage.members import account_transfer, chat_changes, code_attempts, interactions, members
from storage.models import Contact, Delivery


async def reachable_on(tx: Tx, messenger: str) -> int:
    """How many chats on this messenger can be reached."""
    query = select(func.count()).where(
        Contact.messenger == messenger, col(Contact.unreachable_since).is_(None)
    )
    return await tx.one(query)


async def mark_unreachable(tx: Tx, contact_ids: Collection[int]) -> None:
    """Marks chats as unreachable: nothing is sent there until the person writes again."""
    await tx.session.exec(
        update(Contact)
        .where(col(Contact.id).in_(contact_ids), col(Contact.unreachable_since).is_(None))
        .values(unreachable_since=tx.clock.now())
    )


async def can_go_elsewhere(tx: Tx, failed: Mapping[int, str]) -> set[int]:
    """Which of these deliveries (id to the messenger it failed on) can use another messenger.

    Marks them with `failed_via`, so that a second failure is final. A delivery to a given chat never
    uses another.
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
    for row, messenger in await tx.all(query):
        if row.id is not None and messenger != failed[row.id]:
            row.failed_via = failed[row.id]
            found.add(row.id)
    await tx.session.flush()
    return found


async def can_write_there(tx: Tx, failed: Collection[int], messengers: Collection[str]) -> set[int]:
    """Which of these deliveries failed on one of these messengers before, where the member may write."""
    query = (
        select(Delivery.id)
        .join(
            Contact,
            and_(
                col(Contact.member_id) == Delivery.member_id,
                col(Contact.messenger) == Delivery.failed_via,
            ),
        )
        .where(
            col(Delivery.id).in_(failed),
            col(Delivery.failed_via).in_(messengers),
            col(Contact.unreachable_since).is_(None),
        )
    )
    return {number for number in await tx.all(query) if number is not None}


async def move(tx: Tx, contact_id: int, chat: str) -> None:
    """Stores the new id of a chat; ignored when the id belongs to another contact already."""
    contact = await tx.session.get(Contact, contact_id)
    if contact is None:
        return
    lookup = sealing.chat_lookup(tx, contact.messenger, chat)
    if await tx.first(select(Contact.id).where(Contact.lookup == lookup)) is None:
        last = interactions.last_of(tx, contact)
        members.put_chat(tx, contact, contact.messenger, chat)
        if last is not None:
            await interactions.note(tx, contact, last)
        await tx.session.flush()


async def delete_contact(tx: Tx, contact: Contact) -> None:
    """Deletes a chat of a member, with its conversation state, choices, files and codes."""
    await state.clear(tx, contact.lookup)
    await numbered_choices.clear(tx, contact.lookup)
    await generated_files.clear(tx, contact.lookup)
    await code_attempts.reset_attempts(tx, contact.lookup)
    await account_transfer.delete_code(tx, contact)
    await chat_changes.delete_of(tx, contact)
    await tx.session.delete(contact)
    await tx.session.flush()
