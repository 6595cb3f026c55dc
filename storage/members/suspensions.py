"""Suspensions of members for a written reason, and their appeals.

Refusal: no-suspension-without-appeal.

Writers lock the member first (`storage.members.roles.lock`), so changes are serialized.
"""

from datetime import datetime

from sqlmodel import col, delete, func, select

from storage.cases import cases
from storage.database import Tx, id_of, sealing
from storage.members import grants
from storage.models import Appeal, Member, MemberState, Suspension

_REASON = "suspension.reason"
_TEXT = "appeal.text"
_ANSWER = "appeal.answer"


async def suspend(tx: Tx, member: Member, by: Member, reason: str) -> Suspension:
    """Suspends a member: assigned cases are unassigned, invites and offers they made are revoked."""
    number = id_of(member)
    suspension = Suspension(
        member_id=number,
        suspended_by=id_of(by),
        suspended_at=tx.clock.now(),
    )
    await sealing.add(tx, suspension, reason=reason)
    member.state = MemberState.SUSPENDED
    await cases.give_back_all(tx, number)
    await grants.revoke_invalid(tx, member)
    return suspension


async def standing(tx: Tx, member_id: int) -> Suspension | None:
    """The active suspension of a member, if any."""
    return await tx.first(
        select(Suspension)
        .where(Suspension.member_id == member_id, col(Suspension.lifted_at).is_(None))
        .execution_options(populate_existing=True)
    )


async def lift(tx: Tx, member: Member, by: Member) -> None:
    """Lifts the suspension of a member; a waiting appeal is decided with it."""
    suspension = await standing(tx, id_of(member))
    if suspension is not None:
        suspension.lifted_at = tx.clock.now()
        if waiting := await open_appeal(tx, suspension):
            await decide(tx, waiting, by, lifted=True, answer=None)
    member.state = MemberState.ACTIVE
    await tx.session.flush()


async def appeal(tx: Tx, suspension: Suspension, text: str) -> Appeal | None:
    """Stores an appeal for another officer; None while an earlier one is waiting."""
    if suspension.id is None or await open_appeal(tx, suspension):
        return None
    new_appeal = Appeal(
        suspension_id=suspension.id,
        made_at=tx.clock.now(),
    )
    await sealing.add(tx, new_appeal, text=text)
    return new_appeal


async def open_appeal(tx: Tx, suspension: Suspension) -> Appeal | None:
    """The undecided appeal against a suspension, if any."""
    return await tx.first(
        select(Appeal)
        .where(Appeal.suspension_id == suspension.id, col(Appeal.decided_at).is_(None))
        .execution_options(populate_existing=True)
    )


async def waiting(tx: Tx, *, limit: int, offset: int) -> list[tuple[Appeal, Suspension]]:
    """One page of undecided appeals with their suspensions, oldest first."""
    rows = await tx.session.exec(
        select(Appeal, Suspension)
        .join(Suspension, col(Suspension.id) == Appeal.suspension_id)
        .where(col(Appeal.decided_at).is_(None))
        .order_by(col(Appeal.id))
        .limit(limit)
        .offset(offset)
    )
    return [(row[0], row[1]) for row in rows.all()]


async def count_waiting(tx: Tx) -> int:
    """Number of undecided appeals."""
    return await tx.one(select(func.count()).where(col(Appeal.decided_at).is_(None)))


async def find_waiting(tx: Tx, appeal_id: int) -> tuple[Appeal, Suspension] | None:
    """An undecided appeal, refreshed, with its suspension."""
    row = await tx.first(
        select(Appeal, Suspension)
        .join(Suspension, col(Suspension.id) == Appeal.suspension_id)
        .where(Appeal.id == appeal_id, col(Appeal.decided_at).is_(None))
        .execution_options(populate_existing=True)
    )
    return (row[0], row[1]) if row else None


async def decide(tx: Tx, found: Appeal, by: Member, *, lifted: bool, answer: str | None) -> None:
    """Stores the decision of an appeal; `lift` lifts the suspension itself."""
    found.decided_at = tx.clock.now()
    found.decided_by = id_of(by)
    found.lifted = lifted
    found.answer_sealed = sealing.seal(tx, _ANSWER, answer, found) if answer else None
    await tx.session.flush()


def reason_of(tx: Tx, suspension: Suspension) -> str:
    """The officer's reason of the suspension."""
    return sealing.opened(tx, _REASON, suspension.reason_sealed, suspension)


def text_of(tx: Tx, found: Appeal) -> str:
    """The member's text of the appeal."""
    return sealing.opened(tx, _TEXT, found.text_sealed, found)


async def erase(tx: Tx, member_id: int) -> None:
    """Deletes a member's suspensions and appeals."""
    of_member = select(Suspension.id).where(Suspension.member_id == member_id)
    await tx.session.exec(delete(Appeal).where(col(Appeal.suspension_id).in_(of_member)))
    await tx.session.exec(delete(Suspension).where(col(Suspension.member_id) == member_id))


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes suspensions lifted before `before`, and their appeals; returns their number."""
    expired = select(Suspension.id).where(col(Suspension.lifted_at) < before)
    await tx.session.exec(delete(Appeal).where(col(Appeal.suspension_id).in_(expired)))
    return await tx.count_changed(delete(Suspension).where(col(Suspension.lifted_at) < before))
