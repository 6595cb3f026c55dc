"""Proposed verdicts that wait for the approval of a second officer."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, delete, select

from storage.database import Tx, id_of
from storage.models import Case, Proposal


async def propose(tx: Tx, case: Case, officer_id: int, content: Mapping[str, Any]) -> Proposal:
    """Stores a proposal that waits for another officer; replaces an earlier one of the case."""
    await discard(tx, case)
    proposal = Proposal(
        case_id=id_of(case),
        officer_id=officer_id,
        content=dict(content),
        proposed_at=tx.clock.now(),
    )
    tx.session.add(proposal)
    await tx.session.flush()
    return proposal


async def of_case(tx: Tx, case: Case) -> Proposal | None:
    """The proposal of this case, waiting or given back."""
    return await tx.first(select(Proposal).where(Proposal.case_id == case.id))


async def waiting(tx: Tx, case: Case) -> Proposal | None:
    """The waiting proposal of this case."""
    proposal = await of_case(tx, case)
    return proposal if proposal and proposal.waiting else None


async def give_back(tx: Tx, proposal: Proposal) -> None:
    """Ends the waiting for approval; the author can edit the proposal then."""
    proposal.waiting = False
    await tx.session.flush()


async def discard(tx: Tx, case: Case) -> None:
    """Deletes the proposal of this case."""
    await tx.session.exec(delete(Proposal).where(col(Proposal.case_id) == case.id))
