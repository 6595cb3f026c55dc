"""One member with a chat on each messenger: joined by a code made in one of them."""

from datetime import timedelta

from sqlalchemy import case, update
from sqlmodel import col, select

from storage.announcements.announcements import CHANGEABLE
from storage.database import sealing
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.members import account_transfer, contacts, members
from storage.models import (
    Announcement,
    Approval,
    Contact,
    Member,
    MoveCode,
    Proposal,
    Suspension,
)

NEW_FOR = timedelta(days=7)
"""How long a chat that came by a code cannot take an older one away."""


async def make_code(tx: Tx, contact: Contact) -> str:
    """A fresh code that lets another chat stand beside this one; an older one opens nothing."""
    return await account_transfer.make_code(tx, contact, adds=True)


async def owner_of(tx: Tx, code: MoveCode) -> Member:
    """Whose record the code adds a chat to."""
    contact = await tx.session.get_one(Contact, code.contact_id)
    return await members.get(tx, contact.member_id)


async def is_served(tx: Tx, member_id: int, messenger: str) -> bool:
    """Whether the member has a chat on this messenger already: one on each is enough."""
    return any(one.messenger == messenger for one in await members.contacts_of(tx, member_id))


async def add_chat(tx: Tx, member: Member, messenger: str, chat: str) -> Contact:
    """Puts a chat beside those the member has.

    What nobody asked for goes on to the earlier chat until the member chooses otherwise.
    """
    added = Contact(
        member_id=id_of(member),
        messenger=messenger,
        lookup=sealing.chat_lookup(tx, messenger, chat),
        preferred=False,
        came_at=tx.clock.now(),
    )
    await sealing.add(tx, added, chat=chat)
    return added


def is_past_undo(tx: Tx, contact: Contact) -> bool:
    """Whether the record began in this chat, or the chat came long enough ago to speak for the member."""
    return contact.came_at is None or contact.came_at <= tx.clock.now() - NEW_FOR


async def may_confirm(tx: Tx, code_chat: Contact) -> set[int]:
    """The chats (ids) that may say yes to one that came by a code of `code_chat`.

    That is `code_chat` itself; while it is new to the record, any of the member's that is not. A new
    chat never says yes, not to its own code either.
    """
    if is_past_undo(tx, code_chat):
        return {id_of(code_chat)}
    chats = await members.contacts_of(tx, code_chat.member_id)
    return {id_of(one) for one in chats if is_past_undo(tx, one)}


def may_take_away(tx: Tx, here: Contact, other: Contact) -> bool:
    """Whether this chat may take the other from the record: not while it came after it, and lately.

    Whoever came in by a code that was not meant for them must not lock the member out.
    """
    if here.came_at is None or is_past_undo(tx, here):
        return True
    return here.id == other.id or (other.came_at is not None and here.came_at <= other.came_at)


async def came_with(tx: Tx, moved: Contact) -> list[Contact]:
    """The chats that came to the record at the time of a move or after it."""
    return [
        one
        for one in await members.contacts_of(tx, moved.member_id)
        if one.id != moved.id and one.came_at and moved.came_at and one.came_at >= moved.came_at
    ]


async def remove_chat(tx: Tx, contact: Contact) -> None:
    """The chat is a stranger's from now on; what nobody asked for goes to one that is left."""
    member_id = contact.member_id
    await contacts.forget(tx, contact)
    left = await members.contacts_of(tx, member_id)
    if left and not any(one.preferred for one in left):
        left[0].preferred = True
    await tx.session.flush()


async def move_contacts(tx: Tx, given_up: Member, kept: Member) -> None:
    """Before one of two records of a person is given up: what its yes or no counts for is the other's.

    So nobody approves with one record what they wrote with the other, or says yes twice, or decides
    the appeal against a suspension of their own.
    """
    old, new = id_of(given_up), id_of(kept)
    written = col(Announcement.state).in_(CHANGEABLE)
    changes = [
        update(Announcement)
        .where(col(Announcement.author_id) == old, written)
        .values(author_id=new),
        update(Proposal).where(col(Proposal.officer_id) == old).values(officer_id=new),
        update(Suspension).where(col(Suspension.suspended_by) == old).values(suspended_by=new),
    ]
    for change in changes:
        await tx.session.exec(change)
    decided = select(Approval.version_id).where(Approval.officer_id == new)
    await tx.session.exec(
        update(Approval)
        .where(col(Approval.officer_id) == old, col(Approval.version_id).not_in(decided))
        .values(officer_id=new)
    )


async def prefer(tx: Tx, member_id: int, messenger: str) -> None:
    """From now on what nobody asked for goes to the member's chat on this messenger."""
    chosen = case((col(Contact.messenger) == messenger, True), else_=False)
    await tx.session.exec(
        update(Contact).where(col(Contact.member_id) == member_id).values(preferred=chosen)
    )
