"""The public list of verdicts: the newest of every case, without members or officers."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from storage.database import Tx
from storage.models import Case, Verdict


@dataclass(frozen=True)
class Listed:
    """One verdict and the code of its case."""

    code: str
    verdict: Verdict


async def newest(tx: Tx, *, limit: int, offset: int = 0) -> list[Listed]:
    """One page of the newest verdict of each case, newest first."""
    rows = await tx.all(
        select(col(Case.code), Verdict)
        .join(Verdict, (col(Verdict.case_id) == Case.id))
        .where(col(Verdict.version) == Case.verdict_version)
        .order_by(col(Verdict.decided_at).desc(), col(Case.code))
        .limit(limit)
        .offset(offset)
    )
    return [Listed(code, verdict) for code, verdict in rows]


async def count(tx: Tx) -> int:
    """Number of cases with a verdict."""
    return await tx.one(select(func.count()).select_from(Case).where(col(Case.verdict_version) > 0))
