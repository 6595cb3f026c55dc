"""Rate limit of a member: flags and searches in a clock hour, counted under a keyed hash."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete

from storage.database import Tx, insert
from storage.models import FlagAllowance

FLAGS_PER_HOUR = 20


async def is_exhausted(tx: Tx, member_id: int) -> bool:
    """Whether the member has used up the flags of this clock hour."""
    row = await tx.session.get(FlagAllowance, lookup_of(tx, member_id), populate_existing=True)
    return row is not None and row.hour_ends_at > tx.clock.now() and row.used >= FLAGS_PER_HOUR


async def count_flag(tx: Tx, member_id: int) -> bool:
    """Counts one flag; False when the limit of this clock hour is reached."""
    return await _count(tx, member_id, col(FlagAllowance.used)) <= FLAGS_PER_HOUR


async def count_search(tx: Tx, member_id: int, most: int) -> bool:
    """Counts one search; False when `most` were counted in this clock hour."""
    return await _count(tx, member_id, col(FlagAllowance.searches)) <= most


async def _count(tx: Tx, member_id: int, column: Any) -> int:
    """Counts one more and returns the count; deletes rows of earlier hours."""
    await purge_past_hours(tx)
    counted = (
        insert(tx, FlagAllowance)
        .values(
            lookup=lookup_of(tx, member_id),
            **{"used": 0, "searches": 0, column.key: 1},
            hour_ends_at=hour_ends_at(tx),
        )
        .on_conflict_do_update(index_elements=["lookup"], set_={column.key: column + 1})
        .returning(column)
    )
    used: int = (await tx.execute(counted)).scalar_one()
    return used


async def purge_past_hours(tx: Tx) -> None:
    """Deletes the counts of hours that are over."""
    await tx.session.exec(
        delete(FlagAllowance).where(col(FlagAllowance.hour_ends_at) <= tx.clock.now())
    )


async def clear_all_hours(tx: Tx) -> None:
    """Deletes all counts, so that the hour begins anew for every member."""
    await tx.session.exec(delete(FlagAllowance))


def hour_ends_at(tx: Tx) -> datetime:
    """When this clock hour ends."""
    return tx.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def lookup_of(tx: Tx, member_id: int) -> bytes:
    """The keyed hash of the member's `FlagAllowance`."""
    return tx.vault.lookup("flag allowance", str(member_id))
