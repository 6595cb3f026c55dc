"""One member with a chat on each messenger: joined by a code made in one of them."""

from sqlalchemy import case, delete, update
from sqlmodel import col, select

from storage import moves, people
from storage.announcements import CHANGEABLE
from storage.engine import Tx
from storage.models import (
    Announcement,
    Approval,
    Contact,
    Member,
    MoveCode,
    Proposal,
    Suspension,
)


async def make_code(tx: Tx, contact: Contact) -> str:
    """A fresh code that lets another chat stand beside this one; an older one opens nothing."""
    return await moves.make_code(tx, contact, adds=True)


async def owner_of(tx: Tx, code: MoveCode) -> Member:
    """Whose record the code adds a chat to."""
    contact = await tx.session.get_one(Contact, code.contact_id)
    return await people.get(tx, contact.member_id)


async def is_served(tx: Tx, member_id: int, messenger: str) -> bool:
    """Whether the member has a chat on this messenger already: one on each is enough."""
    return any(one.messenger == messenger for one in await people.contacts_of(tx, member_id))


async def add_chat(tx: Tx, code: MoveCode, messenger: str, chat: str) -> Member | None:
    """Puts a chat beside the one the code was made in; None when the code was used meanwhile.

    What nobody asked for goes on to the earlier chat until the member chooses otherwise.
    """
    member = await owner_of(tx, code)
    taken = delete(MoveCode).where(col(MoveCode.code_lookup) == code.code_lookup)
    if (await tx.session.exec(taken)).rowcount != 1:
        return None
    tx.session.add(
        Contact(
            member_id=people.number_of(member),
            messenger=messenger,
            lookup=people.lookup_of(tx, messenger, chat),
            chat_sealed=people.seal_chat(tx, chat),
            preferred=False,
        )
    )
    await tx.session.flush()
    return member


async def take_along(tx: Tx, given_up: Member, kept: Member) -> None:
    """Before one of two records of a person is given up: what its yes or no counts for is the other's.

    So nobody approves with one record what they wrote with the other, or says yes twice, or decides
    the appeal against a suspension of their own.
    """
    old, new = people.number_of(given_up), people.number_of(kept)
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
