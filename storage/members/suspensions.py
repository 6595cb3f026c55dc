"""Suspending a member for a written reason, the appeal, and who decides it.

Refusal: no-suspension-without-appeal.

Whoever writes here holds the member (`storage.members.roles.hold`), so that things come one after another.
"""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select

from storage.cases import cases
from storage.database import sealing
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.members import grants
from storage.models import Appeal, Member, MemberState, Suspension

_REASON = "suspension.reason"
_TEXT = "appeal.text"
_ANSWER = "appeal.answer"


async def suspend(tx: Tx, member: Member, by: Member, reason: str) -> Suspension:
    """From now on the member may not act as one, what they held goes back, what they handed out ends."""
    number = id_of(member)
    made = Suspension(
        member_id=number,
        suspended_by=id_of(by),
        suspended_at=tx.clock.now(),
    )
    await sealing.add(tx, made, reason=reason)
    member.state = MemberState.SUSPENDED
    await cases.give_back_all(tx, number)
    await grants.revoke_invalid(tx, member)
    return made


async def standing(tx: Tx, member_id: int) -> Suspension | None:
    """The suspension a member is under now."""
    query = select(Suspension).where(
        Suspension.member_id == member_id, col(Suspension.lifted_at).is_(None)
    )
    return (await tx.session.exec(query.execution_options(populate_existing=True))).first()


async def lift(tx: Tx, member: Member, by: Member) -> None:
    """The member is one as before; an appeal that was waiting has come to its end with it."""
    suspension = await standing(tx, id_of(member))
    if suspension is not None:
        suspension.lifted_at = tx.clock.now()
        if waiting := await open_appeal(tx, suspension):
            await decide(tx, waiting, by, lifted=True, answer=None)
    member.state = MemberState.ACTIVE
    await tx.session.flush()


async def appeal(tx: Tx, suspension: Suspension, text: str) -> Appeal | None:
    """Puts the member's words before another officer; None while an earlier appeal is waiting."""
    if suspension.id is None or await open_appeal(tx, suspension):
        return None
    made = Appeal(
        suspension_id=suspension.id,
        made_at=tx.clock.now(),
    )
    await sealing.add(tx, made, text=text)
    return made


async def open_appeal(tx: Tx, suspension: Suspension) -> Appeal | None:
    """The appeal that waits for a decision."""
    query = select(Appeal).where(
        Appeal.suspension_id == suspension.id, col(Appeal.decided_at).is_(None)
    )
    return (await tx.session.exec(query.execution_options(populate_existing=True))).first()


async def waiting(tx: Tx, *, limit: int, offset: int) -> list[tuple[Appeal, Suspension]]:
    """Appeals that wait, the oldest first."""
    query = (
        select(Appeal, Suspension)
        .join(Suspension, col(Suspension.id) == Appeal.suspension_id)
        .where(col(Appeal.decided_at).is_(None))
        .order_by(col(Appeal.id))
    )
    rows = await tx.session.exec(query.limit(limit).offset(offset))
    return [(row[0], row[1]) for row in rows.all()]


async def count_waiting(tx: Tx) -> int:
    """How many appeals wait."""
    query = select(func.count()).where(col(Appeal.decided_at).is_(None))
    return (await tx.session.exec(query)).one()


async def find_waiting(tx: Tx, appeal_id: int) -> tuple[Appeal, Suspension] | None:
    """An appeal that waits, as it is now, and what it is about."""
    query = (
        select(Appeal, Suspension)
        .join(Suspension, col(Suspension.id) == Appeal.suspension_id)
        .where(Appeal.id == appeal_id, col(Appeal.decided_at).is_(None))
    )
    row = (await tx.session.exec(query.execution_options(populate_existing=True))).first()
    return (row[0], row[1]) if row else None


async def decide(tx: Tx, found: Appeal, by: Member, *, lifted: bool, answer: str | None) -> None:
    """Ends an appeal; lifting the suspension itself is `lift`."""
    found.decided_at = tx.clock.now()
    found.decided_by = id_of(by)
    found.lifted = lifted
    found.answer_sealed = sealing.seal(tx, _ANSWER, answer, found) if answer else None
    await tx.session.flush()


def reason_of(tx: Tx, suspension: Suspension) -> str:
    """Why the member was suspended."""
    return sealing.opened(tx, _REASON, suspension.reason_sealed, suspension)


def text_of(tx: Tx, found: Appeal) -> str:
    """What the member says to it."""
    return sealing.opened(tx, _TEXT, found.text_sealed, found)


async def erase(tx: Tx, member_id: int) -> None:
    """Nothing is kept of a member's suspensions and appeals; none stands any more."""
    theirs = select(Suspension.id).where(Suspension.member_id == member_id)
    await tx.session.exec(delete(Appeal).where(col(Appeal.suspension_id).in_(theirs)))
    await tx.session.exec(delete(Suspension).where(col(Suspension.member_id) == member_id))


async def purge(tx: Tx, before: datetime) -> int:
    """Forgets suspensions lifted before `before`, and their appeals; returns how many."""
    over = select(Suspension.id).where(col(Suspension.lifted_at) < before)
    await tx.session.exec(delete(Appeal).where(col(Appeal.suspension_id).in_(over)))
    gone = delete(Suspension).where(col(Suspension.lifted_at) < before)
    return (await tx.session.exec(gone)).rowcount
