"""Cases: flagged posts, brought together by what they claim, on their way to a verdict."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from storage.cases import posts, verdict_proposals
from storage.database.engine import Tx
from storage.database.state_machine import transition
from storage.models import Case, CaseState, Verdict

_S = CaseState
OPEN = (_S.NEW, _S.IN_REVIEW, _S.WAITING)
"""Cases that wait for a decision."""
TAKEN = (_S.IN_REVIEW, _S.WAITING)
"""Cases an officer is on."""
TRANSITIONS: Mapping[CaseState, Collection[CaseState]] = {
    _S.NEW: {_S.IN_REVIEW},
    # In review again when handed over; decided again when a case with a verdict is given back.
    _S.IN_REVIEW: {_S.NEW, _S.IN_REVIEW, _S.WAITING, _S.DECIDED, _S.OUT_OF_SCOPE, _S.MERGED},
    _S.WAITING: {_S.NEW, _S.IN_REVIEW, _S.DECIDED, _S.MERGED},
    _S.DECIDED: {_S.IN_REVIEW},
    _S.OUT_OF_SCOPE: set(),
    _S.MERGED: set(),
}


async def with_code(tx: Tx, code: str) -> Case | None:
    """The case people call by this code, or the one it was merged into; for looking at."""
    case = (await tx.session.exec(select(Case).where(Case.code == code))).first()
    return await _where_it_went(tx, case) if case else None


async def numbered(tx: Tx, number: int) -> Case:
    """The case of this number, or the one it was merged into; for looking at."""
    return await _where_it_went(tx, await tx.session.get_one(Case, number))


async def hold(tx: Tx, code: str) -> Case | None:
    """The same, as it is now and held until the end of the transaction, for changing it."""
    case = await with_code(tx, code)
    if case is not None:
        await tx.session.refresh(case, with_for_update=True)
    return case


async def _where_it_went(tx: Tx, case: Case) -> Case:
    while case.merged_into is not None:
        case = await tx.session.get_one(Case, case.merged_into, populate_existing=True)
    return case


async def take(tx: Tx, case: Case, officer_id: int) -> None:
    """Puts an officer on a case that is free, or on a decided one that is looked at anew."""
    transition(TRANSITIONS, case, _S.IN_REVIEW, {_S.NEW, _S.DECIDED})
    case.officer_id = officer_id
    case.taken_at = tx.clock.now()
    await tx.session.flush()


async def give_back(tx: Tx, case: Case) -> None:
    """Frees a case; one that has a verdict is decided as before."""
    transition(TRANSITIONS, case, _S.DECIDED if case.verdict_version else _S.NEW, TAKEN)
    await verdict_proposals.discard(tx, case)
    case.officer_id = case.taken_at = None
    await tx.session.flush()


async def give_back_all(tx: Tx, officer_id: int) -> None:
    """Frees every case this officer is on, for one who is no officer any more."""
    query = select(Case).where(Case.officer_id == officer_id, col(Case.state).in_(TAKEN))
    ordered = query.order_by(col(Case.id)).with_for_update()
    for case in (await tx.session.exec(ordered.execution_options(populate_existing=True))).all():
        await give_back(tx, case)


async def wait_for_source(tx: Tx, case: Case) -> None:
    """The officer who is on it cannot go on until a source has answered."""
    transition(TRANSITIONS, case, _S.WAITING)
    await tx.session.flush()


async def go_on(tx: Tx, case: Case) -> None:
    """The source has answered, or is not waited for any longer."""
    transition(TRANSITIONS, case, _S.IN_REVIEW, {_S.WAITING})
    await tx.session.flush()


async def hand_over(tx: Tx, case: Case, officer_id: int) -> None:
    """Another officer is on it from now on; a verdict that was proposed is proposed no more."""
    transition(TRANSITIONS, case, _S.IN_REVIEW, TAKEN)
    await verdict_proposals.discard(tx, case)
    case.officer_id = officer_id
    case.taken_at = tx.clock.now()
    await tx.session.flush()


async def close_out_of_scope(tx: Tx, case: Case) -> None:
    """Closes a case that is no checkable fact; nothing of the post stays.

    Refusal: no-flags-of-opinion.
    """
    transition(TRANSITIONS, case, _S.OUT_OF_SCOPE)
    await posts.erase(tx, case)
    _close(tx, case)
    await tx.session.flush()


async def decide(tx: Tx, case: Case, verdict: Verdict) -> None:
    """Closes a case with a verdict, the first or a newer one."""
    transition(TRANSITIONS, case, _S.DECIDED, {_S.IN_REVIEW})
    await verdict_proposals.discard(tx, case)
    tx.session.add(verdict)
    case.verdict_version = verdict.version
    _close(tx, case)
    await tx.session.flush()


def _close(tx: Tx, case: Case) -> None:
    case.officer_id = case.taken_at = case.shown_from = None
    case.closed_at = tx.clock.now()


async def newest_verdict(tx: Tx, case: Case) -> Verdict | None:
    """The verdict that holds now."""
    query = select(Verdict).where(Verdict.case_id == case.id)
    return (await tx.session.exec(query.order_by(col(Verdict.version).desc()))).first()
