"""Account transfer: moves a member's record to another chat, by a code made in the old one."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, delete, select

from storage.conversation import generated_files, numbered_choices, state
from storage.database import Tx, as_code, id_of
from storage.members import chat_changes, grants, interactions, members
from storage.members.invites import CODE_LENGTH
from storage.models import ChatChange, Contact, Member, MoveCode

VALID_FOR = timedelta(hours=24)
_KIND = "move"


@dataclass(frozen=True)
class Moved:
    """A transferred member, and the replaced chat."""

    member: Member
    old_messenger: str
    old_chat: str
    change: int
    """Id of the `ChatChange` by which the transfer can be undone."""


async def make_code(tx: Tx, contact: Contact, *, adds: bool = False) -> str:
    """Makes a code for the member of this chat; replaces an older code.

    `adds` adds the new chat instead of replacing this one.
    """
    await delete_code(tx, contact)
    code = tx.ids.code(CODE_LENGTH)
    tx.session.add(
        MoveCode(
            code_lookup=tx.vault.lookup(_KIND, as_code(code)),
            contact_id=id_of(contact),
            expires_at=tx.clock.now() + VALID_FOR,
            adds=adds,
        )
    )
    await tx.session.flush()
    return code


async def usable(tx: Tx, code: str) -> MoveCode | None:
    """The code, if it is valid now."""
    return await tx.first(
        select(MoveCode).where(
            col(MoveCode.code_lookup).in_(tx.vault.lookups(_KIND, as_code(code))),
            MoveCode.expires_at > tx.clock.now(),
            grants.code_stands(),
        )
    )


async def take(tx: Tx, code: MoveCode) -> bool:
    """Deletes the code; False when another transaction used it first."""
    return (
        await tx.count_changed(
            delete(MoveCode).where(col(MoveCode.code_lookup) == code.code_lookup)
        )
        == 1
    )


async def move(tx: Tx, contact: Contact, messenger: str, chat: str) -> Moved:
    """Replaces the chat of the contact.

    Consents, role and suspension belong to the member and stay. Conversation state, numbered choices
    and generated files of the old chat are deleted; its id is kept, sealed, while the transfer can be
    undone from it.
    """
    member = await members.get(tx, contact.member_id)
    old_messenger, old_chat = contact.messenger, members.chat_of(tx, contact)
    change = await chat_changes.note_given_up(tx, contact, old_messenger, old_chat)
    await _put(tx, contact, messenger, chat)
    contact.added_at = tx.clock.now()
    await tx.session.flush()
    return Moved(member, old_messenger, old_chat, id_of(change))


async def take_back(tx: Tx, change: ChatChange) -> Moved:
    """Undoes a transfer; returns the chat that is replaced by the old one.

    `added_at` is restored, so a transfer and its undoing change the age of no chat.
    """
    contact = await chat_changes.contact_of(tx, change)
    member = await members.get(tx, contact.member_id)
    undone = Moved(member, contact.messenger, members.chat_of(tx, contact), id_of(change))
    chat = chat_changes.chat_of(tx, change)
    last = chat_changes.last_interaction_of(tx, change)
    await chat_changes.end(tx, change)
    await _put(tx, contact, change.messenger, chat)
    contact.added_at = change.added_at
    if last is not None:
        await interactions.note(tx, contact, last)
    await tx.session.flush()
    return undone


async def _put(tx: Tx, contact: Contact, messenger: str, chat: str) -> None:
    await state.clear(tx, contact.lookup)
    await numbered_choices.clear(tx, contact.lookup)
    await generated_files.clear(tx, contact.lookup)
    members.put_chat(tx, contact, messenger, chat)
    contact.unreachable_since = None


async def delete_codes_of_member(tx: Tx, member_id: int) -> None:
    """Deletes the codes of all chats of this member."""
    contact_ids = select(Contact.id).where(Contact.member_id == member_id)
    await tx.session.exec(delete(MoveCode).where(col(MoveCode.contact_id).in_(contact_ids)))


async def delete_code(tx: Tx, contact: Contact) -> None:
    """Deletes the code made in this chat, if any."""
    await tx.session.exec(delete(MoveCode).where(col(MoveCode.contact_id) == contact.id))
