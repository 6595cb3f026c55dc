"""Verdicts that wait for a second officer's yes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.models import Case, Proposal


async def propose(tx: Tx, case: Case, officer_id: int, content: Mapping[str, Any]) -> Proposal:
    """This wording waits for another officer from now on; an earlier one of the case is dropped."""
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
    """What was proposed in this case, whether it still waits or was given back."""
    query = select(Proposal).where(Proposal.case_id == case.id)
    return (await tx.session.exec(query)).first()


async def waiting(tx: Tx, case: Case) -> Proposal | None:
    """What waits for a yes in this case."""
    proposal = await of_case(tx, case)
    return proposal if proposal and proposal.waiting else None


async def give_back(tx: Tx, proposal: Proposal) -> None:
    """Nobody is asked any more; its author can go on from there."""
    proposal.waiting = False
    await tx.session.flush()


async def discard(tx: Tx, case: Case) -> None:
    """Nothing of this case waits for a yes any more."""
    await tx.session.exec(delete(Proposal).where(col(Proposal.case_id) == case.id))
