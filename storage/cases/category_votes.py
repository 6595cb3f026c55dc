"""The category of a case: what most of those who flagged it say.

A vote shows to officers with its batch, as a flag does: a case that officers see already is counted
when the batch is over.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlmodel import col, select, update

from storage.cases.cases import OPEN
from storage.database import Tx, batch_clock
from storage.database.due import Due, earliest
from storage.models import Case, Category, Flag


async def vote(tx: Tx, case: Case, member_id: int, category: Category) -> bool:
    """Records what a member says about a case they flagged; whether it may be counted now."""
    of_member = (col(Flag.case_id) == case.id, col(Flag.member_id) == member_id)
    await tx.session.exec(update(Flag).where(*of_member).values(category=category))
    if tx.batches.is_at_once or not batch_clock.is_shown(tx, case):
        return True
    case.recount_from = case.recount_from or tx.batches.end(tx.clock.now())
    await tx.session.flush()
    return False


async def count(tx: Tx, case: Case) -> Category:
    """What most of those who flagged the case say, each member once."""
    said = {
        flag.member_id: flag.category
        for flag in await tx.all(select(Flag).where(Flag.case_id == case.id).order_by(col(Flag.id)))
    }
    return most_said(said.values(), case.category)


def most_said(said: Iterable[Category], present: Category) -> Category:
    """The category that most say; `present` among equals. `UNKNOWN` is no vote."""
    votes = Counter(said)
    del votes[Category.UNKNOWN]
    if not votes:
        return Category.UNKNOWN
    most = [category for category in Category if votes[category] == max(votes.values())]
    return present if present in most else most[0]


def first_recount() -> Due:
    """When the first votes have to be counted."""
    return [earliest(Case.recount_from)]


async def claim_recounts(tx: Tx) -> Sequence[Case]:
    """The open cases whose votes have to be counted now, each locked; none is claimed twice."""
    query = select(Case).where(col(Case.recount_from) <= tx.clock.now())
    claimed = await tx.all(
        query.order_by(col(Case.id)).with_for_update().execution_options(populate_existing=True)
    )
    for case in claimed:
        case.recount_from = None
    await tx.session.flush()
    return [case for case in claimed if case.state in OPEN]
