"""Quiet hours: the part of every night in which deliveries that can wait are held back.

The club's quiet hours hold back whole lanes of the outbox; a member's own hold back that member's
rows. Both are checked when a row is claimed and again when it is sent, so a change in between takes
effect. Urgent lanes and answers to requests are never held back.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, update
from sqlmodel import SQLModel

from storage.database import Tx, among
from storage.models import DeliveryState, Lane
from storage.schedules import next_due

WAITING_LANES = (Lane.VERDICT, Lane.REMINDER, Lane.ANNOUNCEMENT, Lane.DIGEST)
"""Lanes that wait until the quiet hours end."""
_EVERY_DAY = 0b1111111
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"]
_MEMBER = _TABLES["member"].c


@dataclass(frozen=True)
class QuietHours:
    """Daily quiet hours, in minutes after midnight; none when begin and end are equal."""

    begins: int
    ends: int
    timezone: ZoneInfo

    def hold_at(self, moment: datetime) -> bool:
        """Whether this moment is in quiet hours; the end itself is not."""
        return self.hold_minute(minute_of(moment, self.timezone))

    def hold_minute(self, minute: int) -> bool:
        """Whether this minute after midnight is in quiet hours."""
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends

    def end_after(self, moment: datetime) -> datetime:
        """The earliest time to send from this moment on: the moment itself, or the end of quiet hours."""
        if not self.hold_at(moment):
            return moment
        return next_due(moment, self.ends, _EVERY_DAY, self.timezone)

    def next_end(self, moment: datetime) -> datetime | None:
        """When the quiet hours end that hold at this moment; None when none do."""
        return self.end_after(moment) if self.hold_at(moment) else None

    def open_lanes(self, moment: datetime) -> Collection[Lane]:
        """The lanes that may be sent at this moment."""
        quiet_lanes = WAITING_LANES if self.hold_at(moment) else ()
        return [lane for lane in Lane if lane not in quiet_lanes]


NEVER = QuietHours(0, 0, ZoneInfo("UTC"))
"""No quiet hours of the club."""


def minute_of(moment: datetime, timezone: ZoneInfo) -> int:
    """Minutes after midnight."""
    local = moment.astimezone(timezone)
    return local.hour * 60 + local.minute


def is_allowed_now(now: datetime, club: QuietHours) -> ColumnElement[bool]:
    """The delivery is not held back by the quiet hours of the club or of the member."""
    resting_member = and_(
        _MEMBER.id == _DELIVERY.c.member_id, _resting(minute_of(now, club.timezone))
    )
    return and_(
        _DELIVERY.c.lane.in_(club.open_lanes(now)),
        or_(
            _DELIVERY.c.lane.not_in(WAITING_LANES),
            ~exists().where(resting_member).correlate(_DELIVERY),
        ),
    )


async def defer(tx: Tx, ids: Collection[int], club: QuietHours) -> set[int]:
    """Defers the deliveries whose member has quiet hours now to their end; returns their ids."""
    now = tx.clock.now()
    resting_rows = (
        select(_DELIVERY.c.id, _MEMBER.quiet_until)
        .join(_TABLES["member"], _MEMBER.id == _DELIVERY.c.member_id)
        .where(
            among(tx, _DELIVERY.c.id, ids),
            _DELIVERY.c.lane.in_(WAITING_LANES),
            _resting(minute_of(now, club.timezone)),
        )
    )
    ids_by_end: dict[int, list[int]] = defaultdict(list)
    for number, minute in (await tx.execute(resting_rows)).all():
        ids_by_end[minute].append(number)
    for minute, ids_of_end in ids_by_end.items():
        morning = next_due(now, minute, _EVERY_DAY, club.timezone)
        rows = update(_DELIVERY).where(_DELIVERY.c.id.in_(ids_of_end))
        await tx.execute(rows.values(not_before=morning, changed_at=now))
    return {number for ids_of_end in ids_by_end.values() for number in ids_of_end}


async def reschedule_deferred(tx: Tx, member_id: int) -> None:
    """Makes a member's deferred deliveries due now, after their quiet hours were changed."""
    now = tx.clock.now()
    deferred = and_(
        _DELIVERY.c.member_id == member_id,
        _DELIVERY.c.state == DeliveryState.QUEUED,
        _DELIVERY.c.lane.in_(WAITING_LANES),
        # A row with a reason waits for its next attempt, not for the end of quiet hours.
        _DELIVERY.c.reason.is_(None),
        _DELIVERY.c.not_before > now,
        _DELIVERY.c.not_before <= now + timedelta(days=1),
    )
    await tx.execute(update(_DELIVERY).where(deferred).values(not_before=now))


def _resting(minute: int) -> ColumnElement[bool]:
    """The member has quiet hours of their own at this minute of the day."""
    has_begun, not_over = _MEMBER.quiet_from <= minute, _MEMBER.quiet_until > minute
    is_quiet = case(
        (_MEMBER.quiet_from <= _MEMBER.quiet_until, and_(has_begun, not_over)),
        else_=or_(has_begun, not_over),
    )
    return and_(_MEMBER.quiet_from.is_not(None), is_quiet)
