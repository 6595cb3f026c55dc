"""Stopping and leaving: what ends at once, what goes, and what stays without a name."""

from sqlalchemy import delete, update
from sqlmodel import col, select

from storage import (
    cases,
    choices,
    contacts,
    grants,
    outbox,
    people,
    questions,
    requests,
    roles,
    steps,
    suspensions,
)
from storage.engine import Tx
from storage.models import (
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


async def stop(tx: Tx, member: Member) -> set[Purpose]:
    """From now on the bot writes nothing of its own accord: nothing queued, promised or agreed to.

    Returns what the member agreed to until now.
    """
    number = people.number_of(member)
    purposes = await people.agreed(tx, number)
    await people.withdraw(tx, number)
    await tx.session.exec(delete(Reminder).where(col(Reminder.member_id) == number))
    await tx.session.exec(
        update(Flag).where(col(Flag.member_id) == number).values(wants_answer=False)
    )
    await questions.erase_of(tx, number, questions.OPEN)
    await _cancel_deliveries(tx, number)
    return purposes


async def resume_answers(tx: Tx, member_id: int) -> None:
    """The member, who had stopped, wants to hear again what becomes of the posts they flagged."""
    mine = col(Flag.member_id) == member_id
    await tx.session.exec(update(Flag).where(mine).values(wants_answer=True))


async def leave(tx: Tx, member: Member) -> None:
    """As `stop`; then name, chats, area, proofs, flags and questions are erased and the role is given up.

    What waits for others and names or quotes them is given up, too.

    What stays names nobody: when consents began and ended, what was delivered, what was shared.
    """
    await stop(tx, member)
    number = people.number_of(member)
    await _forget_chats(tx, number)
    shares = select(Share.id).where(Share.member_id == number)
    await tx.session.exec(delete(Proof).where(col(Proof.share_id).in_(shares)))
    await tx.session.exec(delete(Flag).where(col(Flag.member_id) == number))
    await questions.erase_of(tx, number, tuple(QuestionState))
    await questions.give_back_all(tx, number)
    await cases.give_back_all(tx, number)
    await outbox.give_up_about(tx, number)
    await choices.forget_names(tx)
    await steps.forget_searches(tx)
    await roles.forget_offers(tx, member)
    await suspensions.erase(tx, number)
    await requests.erase(tx, number)
    member.name_sealed = None
    member.area = None
    member.role = Role.MEMBER
    member.state = MemberState.LEFT
    member.left_at = tx.clock.now()
    await grants.end_what_fell(tx, member)


async def _cancel_deliveries(tx: Tx, number: int) -> None:
    # What is on its way this second (`sending`) cannot be called back.
    waiting = (DeliveryState.QUEUED, DeliveryState.CLAIMED)
    await tx.session.exec(
        update(Delivery)
        .where(col(Delivery.member_id) == number, col(Delivery.state).in_(waiting))
        .values(state=DeliveryState.CANCELLED, body_sealed=None, changed_at=tx.clock.now())
    )


async def _forget_chats(tx: Tx, number: int) -> None:
    for contact in await people.contacts_of(tx, number):
        await contacts.forget(tx, contact)
