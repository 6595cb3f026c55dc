"""Recurring announcements: which, on which schedule, and until when."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from storage import schedules
from storage.database import Tx, id_of
from storage.models import Announcement, Recurrence, Schedule, ScheduleKind


async def begin(
    tx: Tx,
    announcement: Announcement,
    *,
    first: datetime,
    minute: int,
    days: int,
    until: datetime,
    timezone: ZoneInfo,
) -> None:
    """Makes an announcement recur at every due time after `first`, up to `until`."""
    kind = ScheduleKind.ANNOUNCEMENTS
    await schedules.ensure(tx, kind, minute=minute, days=days, timezone=timezone)
    hour = select(Schedule.id).where(
        Schedule.kind == kind, Schedule.minute == minute, Schedule.days == days
    )
    schedule_id = await tx.one(hour) or 0
    number = id_of(announcement)
    tx.session.add(
        Recurrence(announcement_id=number, schedule_id=schedule_id, first=first, until=until)
    )
    await tx.session.flush()


async def running(tx: Tx, *, limit: int) -> list[tuple[Recurrence, Schedule]]:
    """Running recurrences with their schedules, oldest first."""
    return [
        (row[0], row[1])
        for row in await tx.all(
            select(Recurrence, Schedule)
            .join(Schedule, col(Schedule.id) == Recurrence.schedule_id)
            .where(col(Recurrence.ended_at).is_(None))
            .order_by(col(Recurrence.id))
            .limit(limit)
        )
    ]


async def due(tx: Tx, schedule_id: int, moment: datetime) -> Sequence[Recurrence]:
    """Running recurrences of this schedule that were first sent before `moment`, locked."""
    query = select(Recurrence).where(
        Recurrence.schedule_id == schedule_id,
        col(Recurrence.ended_at).is_(None),
        Recurrence.first < moment,
    )
    return await tx.all(query.order_by(col(Recurrence.id)).with_for_update())


async def of_announcement(tx: Tx, announcement_id: int) -> tuple[Recurrence, Schedule] | None:
    """The running recurrence of this announcement, locked, with its schedule; None without one."""
    row = await tx.first(
        select(Recurrence, Schedule)
        .join(Schedule, col(Schedule.id) == Recurrence.schedule_id)
        .where(Recurrence.announcement_id == announcement_id, col(Recurrence.ended_at).is_(None))
        .with_for_update(of=Recurrence)
    )
    return (row[0], row[1]) if row else None


async def end(tx: Tx, recurrence: Recurrence) -> None:
    """Ends a recurrence."""
    recurrence.ended_at = tx.clock.now()
    await tx.session.flush()
