"""Account linking: one member with a chat on each messenger, linked by a code made in one."""

from datetime import timedelta

from sqlmodel import case, col, select, update

from storage.announcements.announcements import CHANGEABLE
from storage.database import Tx, id_of, sealing
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
"""How long a chat that was added by a code cannot remove an older one."""


async def make_code(tx: Tx, contact: Contact) -> str:
    """Makes a code that adds another chat to this member; replaces an older code."""
    return await account_transfer.make_code(tx, contact, adds=True)


async def owner_of(tx: Tx, code: MoveCode) -> Member:
    """The member to whom the code adds a chat."""
    contact = await tx.session.get_one(Contact, code.contact_id)
    return await members.get(tx, contact.member_id)


async def is_served(tx: Tx, member_id: int, messenger: str) -> bool:
    """Whether the member has a chat on this messenger already; there is at most one on each."""
    return any(one.messenger == messenger for one in await members.contacts_of(tx, member_id))


async def add_chat(tx: Tx, member: Member, messenger: str, chat: str) -> Contact:
    """Adds a chat to a member.

    It is not preferred: messages other than replies go to the earlier chat until the member chooses.
    """
    added = Contact(
        member_id=id_of(member),
        messenger=messenger,
        lookup=sealing.chat_lookup(tx, messenger, chat),
        preferred=False,
        added_at=tx.clock.now(),
    )
    await sealing.add(tx, added, chat=chat)
    return added


def is_past_undo(tx: Tx, contact: Contact) -> bool:
    """Whether the member joined in this chat, or it was added at least `NEW_FOR` ago."""
    return contact.added_at is None or contact.added_at <= tx.clock.now() - NEW_FOR


async def may_confirm(tx: Tx, code_chat: Contact) -> set[int]:
    """The contact ids that may confirm a chat that used a code of `code_chat`.

    That is `code_chat` itself or, while it is new, every other chat of the member that is not new. A
    new chat never confirms, not even its own code.
    """
    if is_past_undo(tx, code_chat):
        return {id_of(code_chat)}
    chats = await members.contacts_of(tx, code_chat.member_id)
    return {id_of(one) for one in chats if is_past_undo(tx, one)}


def may_take_away(tx: Tx, here: Contact, other: Contact) -> bool:
    """Whether the chat `here` may remove the other: not if it was added later, and recently.

    An intruder who used a stolen code must not lock the member out.
    """
    if here.added_at is None or is_past_undo(tx, here):
        return True
    return here.id == other.id or (other.added_at is not None and here.added_at <= other.added_at)


async def added_since(tx: Tx, moved: Contact) -> list[Contact]:
    """The chats that were added at the time of a transfer or after it."""
    return [
        one
        for one in await members.contacts_of(tx, moved.member_id)
        if one.id != moved.id and one.added_at and moved.added_at and one.added_at >= moved.added_at
    ]


async def remove_chat(tx: Tx, contact: Contact) -> None:
    """Removes a chat of a member; if it was the preferred one, another becomes preferred."""
    member_id = contact.member_id
    await contacts.delete_contact(tx, contact)
    left = await members.contacts_of(tx, member_id)
    if left and not any(one.preferred for one in left):
        left[0].preferred = True
    await tx.session.flush()


async def move_contacts(tx: Tx, given_up: Member, kept: Member) -> None:
    """Hands authorship and decisions of one record of a person to their other record.

    Called before the first is deleted, so that nobody approves their own text, approves twice, or
    decides the appeal against their own suspension.
    """
    old, new = id_of(given_up), id_of(kept)
    changes = [
        update(Announcement)
        .where(col(Announcement.author_id) == old, col(Announcement.state).in_(CHANGEABLE))
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


async def prefer(tx: Tx, member_id: int, messenger: str | None) -> None:
    """Makes the chat on this messenger the preferred one, for messages other than replies.

    None: no chat is preferred; each message goes by the cheapest messenger.
    """
    await tx.session.exec(
        update(Contact)
        .where(col(Contact.member_id) == member_id)
        .values(preferred=case((col(Contact.messenger) == messenger, True), else_=False))
    )
