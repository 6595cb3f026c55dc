"""Cases: flagged posts with the same claim, and their state machine from flag to verdict."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import col, select

from storage.cases import posts, reporter_questions, verdict_proposals
from storage.database import Tx
from storage.database.state_machine import transition
from storage.models import Case, CaseState, Verdict

_S = CaseState
OPEN = (_S.NEW, _S.IN_REVIEW, _S.WAITING)
"""States of a case without a decision."""
TAKEN = (_S.IN_REVIEW, _S.WAITING)
"""States of a case that is assigned to an officer."""
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
    """The case with this code, or the one it was merged into; not locked."""
    case = await tx.first(select(Case).where(Case.code == code))
    return await _where_it_went(tx, case) if case else None


async def numbered(tx: Tx, number: int) -> Case:
    """The case with this id, or the one it was merged into; not locked."""
    return await _where_it_went(tx, await tx.session.get_one(Case, number))


async def lock(tx: Tx, code: str) -> Case | None:
    """The same case, refreshed and locked until the end of the transaction."""
    case = await with_code(tx, code)
    if case is not None:
        await tx.session.refresh(case, with_for_update=True)
    return case


async def _where_it_went(tx: Tx, case: Case) -> Case:
    while case.merged_into is not None:
        case = await tx.session.get_one(Case, case.merged_into, populate_existing=True)
    return case


async def take(tx: Tx, case: Case, officer_id: int, on: date) -> None:
    """Assigns a new case, or a decided one for a new review, to an officer.

    The deadline of a new review counts from `on`, the day in the club's time zone.
    """
    if case.state is _S.DECIDED:
        case.reopened_on, case.reminded_on = on, None
    transition(TRANSITIONS, case, _S.IN_REVIEW, {_S.NEW, _S.DECIDED})
    case.officer_id = officer_id
    case.taken_at = tx.clock.now()
    await tx.session.flush()


async def give_back(tx: Tx, case: Case) -> None:
    """Unassigns a case; one that has a verdict is decided again."""
    transition(TRANSITIONS, case, _S.DECIDED if case.verdict_version else _S.NEW, TAKEN)
    await verdict_proposals.discard(tx, case)
    case.officer_id = case.taken_at = None
    await tx.session.flush()


async def give_back_all(tx: Tx, officer_id: int) -> None:
    """Unassigns all cases of a person who is no longer an officer."""
    query = select(Case).where(Case.officer_id == officer_id, col(Case.state).in_(TAKEN))
    for case in await tx.all(
        query.order_by(col(Case.id)).with_for_update().execution_options(populate_existing=True)
    ):
        await give_back(tx, case)


async def wait_for_source(tx: Tx, case: Case) -> None:
    """Marks a case as waiting for the answer of a source."""
    transition(TRANSITIONS, case, _S.WAITING)
    await tx.session.flush()


async def go_on(tx: Tx, case: Case) -> None:
    """Ends the waiting for a source."""
    transition(TRANSITIONS, case, _S.IN_REVIEW, {_S.WAITING})
    await tx.session.flush()


async def hand_over(tx: Tx, case: Case, officer_id: int) -> None:
    """Assigns a case to another officer; a proposed verdict is discarded."""
    transition(TRANSITIONS, case, _S.IN_REVIEW, TAKEN)
    await verdict_proposals.discard(tx, case)
    case.officer_id = officer_id
    case.taken_at = tx.clock.now()
    await tx.session.flush()


async def close_out_of_scope(tx: Tx, case: Case) -> None:
    """Closes a case that is not a checkable fact, and erases its posts, and what was asked of them.

    Refusal: no-flags-of-opinion.
    """
    transition(TRANSITIONS, case, _S.OUT_OF_SCOPE)
    await posts.erase(tx, case)
    await reporter_questions.erase(tx, case)
    _close(tx, case)
    await tx.session.flush()


async def decide(tx: Tx, case: Case, verdict: Verdict) -> None:
    """Closes a case with its first or a newer verdict."""
    transition(TRANSITIONS, case, _S.DECIDED, {_S.IN_REVIEW})
    await verdict_proposals.discard(tx, case)
    await reporter_questions.close(tx, case)
    tx.session.add(verdict)
    case.verdict_version = verdict.version
    _close(tx, case)
    await tx.session.flush()


def _close(tx: Tx, case: Case) -> None:
    case.officer_id = case.taken_at = case.shown_from = None
    case.closed_at = tx.clock.now()


async def newest_verdict(tx: Tx, case: Case) -> Verdict | None:
    """The present verdict of a case."""
    query = select(Verdict).where(Verdict.case_id == case.id)
    return await tx.first(query.order_by(col(Verdict.version).desc()))


async def verdict_of_version(tx: Tx, case: Case, version: int) -> Verdict | None:
    """One version of the verdict of a case."""
    query = select(Verdict).where(Verdict.case_id == case.id, Verdict.version == version)
    return await tx.first(query)
