"""Schedules, and their started due times (slots).

See docs/decisions/0019-schedules-are-rows.md.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, ColumnElement, and_
from sqlmodel import col, delete, exists, select

from storage.database import Clock, Tx, insert
from storage.database.due import Due, earliest, if_any, live
from storage.models import Schedule, ScheduleKind, Slot, SlotOutcome

EVERY_DAY = 0b1111111


def next_due(after: datetime, minute: int, days: int, timezone: ZoneInfo) -> datetime:
    """The first moment later than `after` that is `minute` past midnight on one of `days`.

    Each such day has exactly one: where the clocks go forward over it, it comes that much later on
    the clock; where they go back, the first of the two counts.

    Raises:
        ValueError: no day is chosen, or there is no such minute or day.
    """
    if not 0 < days <= EVERY_DAY or not 0 <= minute < 24 * 60:
        raise ValueError(f"no such schedule: minute {minute}, days {days:b}")
    # One day back: where a gap moves a moment past midnight, it belongs to the day before.
    day = after.astimezone(timezone).date() - timedelta(days=1)
    while True:
        moment = _moment(day, minute, timezone)
        if days >> day.weekday() & 1 and moment > after:
            return moment
        day += timedelta(days=1)


def due_times(schedule: Schedule, now: datetime, timezone: ZoneInfo) -> list[datetime]:
    """Every due time of a due schedule up to `now`; all but the last were missed."""
    times = [schedule.next_due_at]
    while (later := next_due(times[-1], schedule.minute, schedule.days, timezone)) <= now:
        times.append(later)
    return times


def _moment(day: date, minute: int, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), timezone).astimezone(UTC)


async def ensure(tx: Tx, kind: ScheduleKind, *, minute: int, days: int, timezone: ZoneInfo) -> None:
    """Makes the schedule, due at its next time, unless it is there already.

    Raises:
        ValueError: no day is chosen, or there is no such minute or day.
    """
    due = next_due(tx.clock.now(), minute, days, timezone)
    values = {"kind": kind, "minute": minute, "days": days, "next_due_at": due}
    await tx.execute(insert(tx, Schedule).values(values).on_conflict_do_nothing())


async def keep_only(tx: Tx, kind: ScheduleKind, *, minute: int, days: int) -> None:
    """Deletes the other schedules of a kind that has only one, after a change of its time."""
    for schedule in await tx.all(select(Schedule).where(Schedule.kind == kind)):
        if (schedule.minute, schedule.days) != (minute, days):
            await tx.session.exec(delete(Slot).where(col(Slot.schedule_id) == schedule.id))
            await tx.session.delete(schedule)
    await tx.session.flush()


def first_due(kind: ScheduleKind) -> Due:
    """When the first schedule of a kind is due."""
    return [earliest(Schedule.next_due_at, col(Schedule.kind) == kind)]


def first_under_way(kind: ScheduleKind) -> Due:
    """At once, if a slot of a kind is started and unfinished."""
    of_kind = select(Schedule.id).where(Schedule.kind == kind)
    is_under_way = col(Slot.outcome) == SlotOutcome.UNDER_WAY
    return [if_any(exists().where(is_under_way, col(Slot.schedule_id).in_(of_kind)))]


def every_day_from(
    clock: Clock, minute: int, timezone: ZoneInfo, condition: ColumnElement[bool]
) -> Due:
    """At once, if the condition holds after this minute of the day; else at that minute."""

    def has_come() -> bool:
        return is_after(clock.now(), minute, timezone)

    def next_time() -> datetime:
        return next_due(clock.now(), minute, EVERY_DAY, timezone)

    return [if_any(and_(live(has_come, Boolean()), condition)), live(next_time)]


def is_after(now: datetime, minute: int, timezone: ZoneInfo) -> bool:
    """Whether this minute of the day has come."""
    local = now.astimezone(timezone)
    return local.hour * 60 + local.minute >= minute


async def due(tx: Tx, kind: ScheduleKind) -> list[int]:
    """The ids of the due schedules of a kind."""
    query = select(Schedule.id).where(Schedule.kind == kind, Schedule.next_due_at <= tx.clock.now())
    rows = await tx.session.exec(query.order_by(col(Schedule.next_due_at)))
    return [number for number in rows.all() if number is not None]


async def take(tx: Tx, schedule_id: int, timezone: ZoneInfo) -> tuple[Schedule, Slot] | None:
    """Starts the latest due time of a schedule and sets the next; returns schedule and slot.

    Earlier missed times are not made up for: each gets a slot with the outcome `SKIPPED`. None when
    the schedule is not due, or another process was first: its transaction is waited for.
    """
    now = tx.clock.now()
    query = select(Schedule).where(Schedule.id == schedule_id, Schedule.next_due_at <= now)
    schedule = await tx.first(query.with_for_update())
    if schedule is None:
        return None
    *missed, due_at = due_times(schedule, now, timezone)
    schedule.next_due_at = next_due(due_at, schedule.minute, schedule.days, timezone)
    await tx.session.flush()
    for moment in missed:
        await _take_slot(tx, schedule_id, moment, SlotOutcome.SKIPPED)
    slot = await _take_slot(tx, schedule_id, due_at, SlotOutcome.UNDER_WAY)
    return (schedule, slot) if slot else None


async def under_way(tx: Tx, kind: ScheduleKind) -> list[int]:
    """The ids of started, unfinished slots of a kind, oldest first."""
    query = (
        select(Slot.id)
        .join(Schedule, col(Schedule.id) == Slot.schedule_id)
        .where(Slot.outcome == SlotOutcome.UNDER_WAY, Schedule.kind == kind)
        .order_by(col(Slot.due_at), col(Slot.id))
    )
    return [number for number in await tx.all(query) if number is not None]


async def lock(tx: Tx, slot_id: int) -> tuple[Schedule, Slot] | None:
    """A slot that is under way, locked until the transaction ends, with its schedule."""
    query = select(Slot).where(Slot.id == slot_id, Slot.outcome == SlotOutcome.UNDER_WAY)
    slot = await tx.first(query.with_for_update())
    return (await tx.session.get_one(Schedule, slot.schedule_id), slot) if slot else None


async def skipped_since(tx: Tx, kind: ScheduleKind, since: datetime) -> list[datetime]:
    """Due times from `since` on that were skipped as too late."""
    query = (
        select(Slot.due_at)
        .join(Schedule, col(Schedule.id) == Slot.schedule_id)
        .where(
            Slot.outcome == SlotOutcome.SKIPPED, Schedule.kind == kind, col(Slot.due_at) >= since
        )
        .distinct()
        .order_by(col(Slot.due_at))
    )
    return list(await tx.all(query))


async def _take_slot(
    tx: Tx, schedule_id: int, due_at: datetime, outcome: SlotOutcome
) -> Slot | None:
    values = {
        "schedule_id": schedule_id,
        "due_at": due_at,
        "outcome": outcome,
        "taken_at": tx.clock.now(),
    }
    slot_id = (
        await tx.execute(
            insert(tx, Slot).values(values).on_conflict_do_nothing().returning(col(Slot.id))
        )
    ).scalar_one_or_none()
    return await tx.session.get_one(Slot, slot_id) if slot_id is not None else None


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes slots that were due before `before`; returns their number."""
    return await tx.count_changed(delete(Slot).where(col(Slot.due_at) < before))
