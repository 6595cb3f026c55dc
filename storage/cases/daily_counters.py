"""How often something happened on a day: a number, and nobody's.

Refusal: no-disclosure-of-flaggers.
"""

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from storage.database import batch_clock
from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.models import CounterKind, DailyCounter


async def increment(tx: Tx, what: CounterKind, day: date) -> None:
    """Adds one to a day's counter."""
    until = tx.batches.end(tx.clock.now())
    row = insert(tx, DailyCounter).values(
        day=day, what=what, times=1, withheld=1, withheld_until=until
    )
    more = {
        "times": col(DailyCounter.times) + 1,
        **batch_clock.withheld_columns(tx, DailyCounter, 1),
    }
    counted = row.on_conflict_do_update(index_elements=["day", "what"], set_=more)
    await tx.execute(counted)


async def since(tx: Tx, day: date) -> dict[CounterKind, int]:
    """How often each thing happened from this day on, as officers see it now."""
    seen = func.sum(col(DailyCounter.times) - batch_clock.withheld_count_column(tx, DailyCounter))
    query = (
        select(DailyCounter.what, seen)
        .where(DailyCounter.day >= day)
        .group_by(col(DailyCounter.what))
    )
    counts = {what: int(times) for what, times in (await tx.session.exec(query)).all()}
    return {what: counts.get(what, 0) for what in CounterKind}
