"""Stopping (opt-out of all messages) and leaving the club (name and content are erased)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, select, update

from storage import questions
from storage.cases import cases
from storage.conversation import numbered_choices, state
from storage.database import Tx, id_of
from storage.meetings import rsvps
from storage.members import contacts, grants, members, roles, suspensions
from storage.models import (
    CaseAnswer,
    Consent,
    Delivery,
    DeliveryState,
    Flag,
    Member,
    MemberState,
    Proof,
    Purpose,
    QuestionState,
    Reminder,
    Role,
    Share,
)
from storage.outbox import enqueue
from storage.privacy import data_requests

UNDO_WITHIN = timedelta(minutes=30)
"""How long a stop can be undone."""


@dataclass(frozen=True)
class Stopped:
    """One stop; its time identifies what it ended."""

    at: datetime
    purposes: frozenset[Purpose]
    """The purposes that the member agreed to before."""


async def stop(tx: Tx, member: Member) -> Stopped:
    """Ends all messages except replies: withdraws consents, cancels deliveries, reminders, answers.

    Returns what `undo_stop` needs to undo it.
    """
    number, now = id_of(member), tx.clock.now()
    purposes = await members.agreed(tx, number)
    await members.withdraw(tx, number, at=now)
    await tx.session.exec(delete(Reminder).where(col(Reminder.member_id) == number))
    await tx.session.exec(
        update(Flag)
        .where(col(Flag.member_id) == number, col(Flag.wants_answer))
        .values(wants_answer=False, stopped_at=now)
    )
    await questions.erase_of(tx, number, questions.OPEN)
    await _cancel_deliveries(tx, number, except_to_given_chats=True)
    return Stopped(now, frozenset(purposes))


async def undo_stop(tx: Tx, member: Member, at: datetime) -> bool:
    """Undoes the stop at the time `at`: restores its consents and the answers to flags.

    A consent is restored with the same text version and language, unless the member has decided
    about its purpose since. Returns False when it is too late, or there was no such stop.
    """
    if not at <= tx.clock.now() < at + UNDO_WITHIN:
        return False
    number = id_of(member)
    ended = await _ended_by(tx, number, at)
    for consent in ended:
        if consent.purpose is not Purpose.DUTIES or member.role.is_officer:
            await _give_again(tx, member, consent)
    stopped = (col(Flag.member_id) == number, col(Flag.stopped_at) == at)
    await tx.session.exec(update(Flag).where(*stopped).values(wants_answer=True, stopped_at=None))
    return bool(ended)


async def purge_stops(tx: Tx) -> None:
    """Clears `Flag.stopped_at` of stops that cannot be undone any more."""
    over = col(Flag.stopped_at) <= tx.clock.now() - UNDO_WITHIN
    await tx.session.exec(update(Flag).where(over).values(stopped_at=None))


async def _ended_by(tx: Tx, number: int, at: datetime) -> list[Consent]:
    query = select(Consent).where(Consent.member_id == number, Consent.withdrawn_at == at)
    return list(await tx.all(query.order_by(col(Consent.id))))


async def _give_again(tx: Tx, member: Member, consent: Consent) -> None:
    since = select(Consent.id).where(
        Consent.member_id == consent.member_id,
        Consent.purpose == consent.purpose,
        col(Consent.id) > consent.id,
    )
    if await tx.first(since) is None:
        await members.agree(
            tx,
            member,
            consent.purpose,
            text_version=consent.text_version,
            language=consent.language,
        )


async def leave(tx: Tx, member: Member) -> None:
    """As `stop`; then erases name, chats, area, proofs, flags, questions, and removes the role.

    Notices to others that name or quote the member are cancelled, too.

    Rows that stay contain no name: times of consents, deliveries, shares.
    """
    await stop(tx, member)
    number = id_of(member)
    await _cancel_deliveries(tx, number, except_to_given_chats=False)
    await _delete_chats(tx, number)
    shares = select(Share.id).where(Share.member_id == number)
    await tx.session.exec(delete(Proof).where(col(Proof.share_id).in_(shares)))
    await tx.session.exec(delete(Flag).where(col(Flag.member_id) == number))
    await tx.session.exec(delete(CaseAnswer).where(col(CaseAnswer.member_id) == number))
    await questions.erase_of(tx, number, tuple(QuestionState))
    await questions.give_back_all(tx, number)
    await cases.give_back_all(tx, number)
    await enqueue.cancel_about(tx, number)
    await numbered_choices.delete_labels(tx)
    await state.delete_searches(tx)
    await roles.delete_offers(tx, member)
    await suspensions.erase(tx, number)
    await data_requests.erase(tx, number)
    await rsvps.erase_of(tx, number)
    member.name_sealed = None
    member.area = None
    member.role = Role.MEMBER
    member.state = MemberState.LEFT
    member.left_at = tx.clock.now()
    await grants.revoke_invalid(tx, member)


async def _cancel_deliveries(tx: Tx, number: int, *, except_to_given_chats: bool) -> None:
    # A delivery in state `sending` cannot be cancelled.
    waiting = [col(Delivery.state).in_(enqueue.UNSENT)]
    if except_to_given_chats:
        # Otherwise an intruder in a chat could stop the warning that goes to the other chats.
        waiting.append(col(Delivery.messenger).is_(None))
    await tx.session.exec(
        update(Delivery)
        .where(col(Delivery.member_id) == number, *waiting)
        .values(state=DeliveryState.CANCELLED, changed_at=tx.clock.now(), **enqueue.EMPTIED)
    )


async def _delete_chats(tx: Tx, number: int) -> None:
    for contact in await members.contacts_of(tx, number):
        await contacts.delete_contact(tx, contact)
