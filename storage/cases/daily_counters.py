"""Daily counters: number of events of each kind on each day, without any link to members.

Refusal: no-disclosure-of-flaggers.
"""

from datetime import date

from sqlmodel import col, func, select

from storage.database import Tx, batch_clock, insert
from storage.models import CounterKind, DailyCounter


async def increment(tx: Tx, kind: CounterKind, day: date) -> None:
    """Adds one to the counter of this kind and day; officers see it from the end of the batch on."""
    row = insert(tx, DailyCounter).values(
        day=day, kind=kind, total=1, withheld=1, withheld_until=tx.batches.end(tx.clock.now())
    )
    changes = {
        "total": col(DailyCounter.total) + 1,
        **batch_clock.withheld_columns(tx, DailyCounter, 1),
    }
    await tx.execute(row.on_conflict_do_update(index_elements=["day", "kind"], set_=changes))


async def since(tx: Tx, day: date) -> dict[CounterKind, int]:
    """The total of each kind from this day on, as officers see it now; 0 for kinds without events."""
    query = (
        select(
            DailyCounter.kind,
            func.sum(col(DailyCounter.total) - batch_clock.withheld_count_column(tx, DailyCounter)),
        )
        .where(DailyCounter.day >= day)
        .group_by(col(DailyCounter.kind))
    )
    totals = {kind: int(total) for kind, total in await tx.all(query)}
    return {kind: totals.get(kind, 0) for kind in CounterKind}
