"""Verdicts that wait for a second officer's yes."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from storage.engine import Tx
from storage.models import Case, Proposal


async def propose(tx: Tx, case: Case, officer_id: int, content: Mapping[str, Any]) -> Proposal:
    """This wording waits for another officer from now on; an earlier one of the case is dropped."""
    await drop(tx, case)
    proposal = Proposal(
        case_id=case.id or 0,
        officer_id=officer_id,
        content=dict(content),
        proposed_at=tx.clock.now(),
    )
    tx.session.add(proposal)
    await tx.session.flush()
    return proposal


async def of_case(tx: Tx, case: Case) -> Proposal | None:
    """What waits for a yes in this case."""
    query = select(Proposal).where(Proposal.case_id == case.id)
    return (await tx.session.exec(query)).first()


async def which_have_one(tx: Tx, case_ids: Collection[int]) -> set[int]:
    """Which of these cases have a verdict that waits for a yes."""
    query = select(Proposal.case_id).where(col(Proposal.case_id).in_(case_ids))
    return set((await tx.session.exec(query)).all())


async def drop(tx: Tx, case: Case) -> None:
    """Nothing of this case waits for a yes any more."""
    await tx.session.exec(delete(Proposal).where(col(Proposal.case_id) == case.id))
