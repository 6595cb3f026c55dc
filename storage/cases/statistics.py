"""Statistics of cases for officers: totals by day, without members.

Refusal: no-disclosure-of-flaggers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from storage.cases import daily_counters
from storage.cases.cases import OPEN
from storage.cases.queue import BEGUN_ON
from storage.database import Tx, batch_clock
from storage.models import Case, Category, CounterKind, Verdict

AGES = (1, 3, 7)
"""The days by which open cases are grouped: up to 1, up to 3, up to 7, more."""


@dataclass(frozen=True)
class CaseStatistics:
    """Open cases now, and totals since a day."""

    open: Mapping[Category, tuple[int, ...]]
    """Number of open cases by category and age (`AGES`)."""
    decided: int
    days_to_verdict: float | None
    """Median days from the first flag to the first verdict; None without verdicts."""
    counts: Mapping[CounterKind, int]

    @property
    def answered_at_once(self) -> float | None:
        """Share of the posts sent in that had a verdict already; None when nothing was sent in."""
        at_once = self.counts[CounterKind.ANSWERED_AT_ONCE]
        asked = at_once + self.counts[CounterKind.FLAGGED]
        return at_once / asked if asked else None


async def statistics(tx: Tx, *, today: date, since: date, timezone: ZoneInfo) -> CaseStatistics:
    """Open cases today, and totals from `since` on."""
    days = await _days_to_verdict(tx, since, timezone)
    return CaseStatistics(
        open=await _open(tx, today),
        decided=len(days),
        days_to_verdict=median(days) if days else None,
        counts=await daily_counters.since(tx, since),
    )


async def _open(tx: Tx, today: date) -> Mapping[Category, tuple[int, ...]]:
    query = (
        select(col(Case.category), BEGUN_ON, func.count())
        .where(col(Case.state).in_(OPEN), batch_clock.shown_cases(tx))
        .group_by(col(Case.category), BEGUN_ON)
    )
    found: dict[Category, list[int]] = {}
    for category, begun_on, count in await tx.all(query):
        ages = found.setdefault(category, [0] * (len(AGES) + 1))
        ages[_group((today - begun_on).days)] += count
    return {category: tuple(ages) for category, ages in sorted(found.items())}


def _group(days: int) -> int:
    return next((at for at, most in enumerate(AGES) if days <= most), len(AGES))


async def _days_to_verdict(tx: Tx, since: date, timezone: ZoneInfo) -> list[int]:
    query = (
        select(col(Case.opened_on), col(Verdict.decided_at))
        .join(Verdict, col(Verdict.case_id) == Case.id)
        .where(Verdict.version == 1)
    )
    spans = [(opened_on, at.astimezone(timezone).date()) for opened_on, at in await tx.all(query)]
    return [(on - opened_on) // timedelta(days=1) for opened_on, on in spans if on >= since]
