"""The public list of verdicts: the newest of every case, without members or officers."""

from dataclasses import dataclass

from sqlmodel import col, select

from storage.database import Tx
from storage.models import Case, Verdict

_NEWEST = (
    select(col(Case.code), Verdict)
    .join(Verdict, (col(Verdict.case_id) == Case.id))
    .where(col(Verdict.version) == Case.verdict_version)
)


@dataclass(frozen=True)
class Listed:
    """One verdict and the code of its case."""

    code: str
    verdict: Verdict


async def newest(tx: Tx, *, limit: int, offset: int = 0) -> list[Listed]:
    """One page of the newest verdict of each case, newest first.

    Who wants to know whether more follow asks for one more: a count would read every case.
    """
    rows = await tx.all(
        _NEWEST.order_by(col(Verdict.decided_at).desc(), col(Case.code)).limit(limit).offset(offset)
    )
    return [Listed(code, verdict) for code, verdict in rows]


async def of_case(tx: Tx, code: str) -> list[Listed]:
    """The newest verdict of the case with this code; empty when it has none."""
    rows = await tx.all(_NEWEST.where(col(Case.code) == code))
    return [Listed(code, verdict) for code, verdict in rows]
