"""Chat changes: a chat that used a code waits for confirmation; a done transfer can be undone.

`account_linking.may_confirm` says which chats may confirm; any chat of the member may refuse.
"""

from datetime import datetime, timedelta

from sqlmodel import col, delete, select

from storage.database import Tx, id_of, sealing
from storage.members import interactions, members
from storage.models import ChatChange, Contact, MoveCode

CONFIRM_WITHIN = timedelta(hours=1)
"""How long a new chat waits for the confirmation of the chat whose code it used."""
UNDO_WITHIN = timedelta(days=7)
"""How long the replaced chat can undo a transfer."""
_CHAT = "chatchange.chat"
_INTERACTION = "chatchange.last_interaction"


async def ask(tx: Tx, code: MoveCode, messenger: str, chat: str) -> ChatChange:
    """Stores a chat that waits for confirmation; replaces one that used a code of the same chat."""
    await _delete_waiting(tx, code.contact_id)
    return await _keep(
        tx,
        contact_id=code.contact_id,
        adds=code.adds,
        messenger=messenger,
        chat=chat,
        until=tx.clock.now() + CONFIRM_WITHIN,
    )


async def note_given_up(tx: Tx, contact: Contact, messenger: str, chat: str) -> ChatChange:
    """Stores a transferred chat, from which the transfer can be undone."""
    change = await _keep(
        tx,
        contact_id=id_of(contact),
        messenger=messenger,
        chat=chat,
        until=tx.clock.now() + UNDO_WITHIN,
        is_done=True,
        added_at=contact.added_at,
    )
    if (last := interactions.last_of(tx, contact)) is not None:
        change.last_interaction_sealed = sealing.seal(tx, _INTERACTION, last.isoformat(), change)
    return change


async def find(tx: Tx, number: int, *, is_done: bool) -> ChatChange | None:
    """The change of this id, locked; None when it has expired or is not of this kind."""
    query = select(ChatChange).where(
        ChatChange.id == number,
        ChatChange.is_done == is_done,
        ChatChange.expires_at > tx.clock.now(),
    )
    return await tx.first(query.with_for_update().execution_options(populate_existing=True))


def last_interaction_of(tx: Tx, change: ChatChange) -> datetime | None:
    """When somebody last wrote in a replaced chat; None if it is unknown."""
    sealed = change.last_interaction_sealed
    return (
        datetime.fromisoformat(sealing.opened(tx, _INTERACTION, sealed, change)) if sealed else None
    )


def asked_at(change: ChatChange) -> datetime:
    """When the chat that waits used the code."""
    return change.expires_at - CONFIRM_WITHIN


async def replaced_of(tx: Tx, member_id: int, messenger: str) -> list[ChatChange]:
    """The replaced chats of a member on this messenger."""
    query = (
        select(ChatChange)
        .join(Contact, col(Contact.id) == ChatChange.contact_id)
        .where(
            Contact.member_id == member_id,
            ChatChange.messenger == messenger,
            col(ChatChange.is_done),
        )
    )
    return list(await tx.all(query))


def chat_of(tx: Tx, change: ChatChange) -> str:
    """The messenger's id of the waiting or replaced chat."""
    return sealing.opened(tx, _CHAT, change.chat_sealed, change)


async def contact_of(tx: Tx, change: ChatChange) -> Contact:
    """The contact that it changes."""
    return await tx.session.get_one(Contact, change.contact_id, populate_existing=True)


async def end(tx: Tx, change: ChatChange) -> None:
    """Deletes a change, and later changes of the same contact."""
    since = (col(ChatChange.contact_id) == change.contact_id, col(ChatChange.id) >= change.id)
    await tx.session.exec(delete(ChatChange).where(*since))


async def delete_of(tx: Tx, contact: Contact) -> None:
    """Deletes all changes of this contact."""
    await tx.session.exec(delete(ChatChange).where(col(ChatChange.contact_id) == contact.id))


async def delete_waiting(tx: Tx, member_id: int) -> None:
    """Deletes the changes that wait for a confirmation by this member."""
    for contact in await members.contacts_of(tx, member_id):
        await _delete_waiting(tx, id_of(contact))


async def _delete_waiting(tx: Tx, contact_id: int) -> None:
    waiting = (col(ChatChange.contact_id) == contact_id, col(ChatChange.is_done).is_(False))
    await tx.session.exec(delete(ChatChange).where(*waiting))


async def _keep(
    tx: Tx,
    *,
    contact_id: int,
    messenger: str,
    chat: str,
    until: datetime,
    adds: bool = False,
    is_done: bool = False,
    added_at: datetime | None = None,
) -> ChatChange:
    change = ChatChange(
        contact_id=contact_id,
        adds=adds,
        is_done=is_done,
        messenger=messenger,
        added_at=added_at,
        expires_at=until,
    )
    await sealing.add(tx, change, chat=chat)
    return change
