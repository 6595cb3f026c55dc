"""Chat changes: a chat that used a code waits for confirmation; a done transfer can be undone.

`account_linking.may_confirm` says which chats may confirm; any chat of the member may refuse.
"""

from datetime import datetime, timedelta

from sqlmodel import col, delete, select

from storage.database import Tx, id_of, sealing
from storage.members import members
from storage.models import ChatChange, Contact, MoveCode

CONFIRM_WITHIN = timedelta(hours=1)
"""How long a new chat waits for the confirmation of the chat whose code it used."""
UNDO_WITHIN = timedelta(days=7)
"""How long the replaced chat can undo a transfer."""
_CHAT = "chatchange.chat"


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
    return await _keep(
        tx,
        contact_id=id_of(contact),
        messenger=messenger,
        chat=chat,
        until=tx.clock.now() + UNDO_WITHIN,
        is_done=True,
        added_at=contact.added_at,
    )


async def find(tx: Tx, number: int, *, is_done: bool) -> ChatChange | None:
    """The change of this id, locked; None when it has expired or is not of this kind."""
    query = select(ChatChange).where(
        ChatChange.id == number,
        ChatChange.is_done == is_done,
        ChatChange.expires_at > tx.clock.now(),
    )
    return await tx.first(query.with_for_update().execution_options(populate_existing=True))


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
