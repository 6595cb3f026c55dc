"""Quiet hours: the part of every night in which nothing goes out that can wait until morning.

The club has its own, which hold whole lanes of the outbox; a member may set others, which hold that
member's rows. Both are looked at when a row is claimed and again when it is sent, so that whatever
was changed in between counts. What is urgent, and what somebody asked for, never waits.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, update
from sqlmodel import SQLModel

from storage.database.dialect import among
from storage.database.engine import Tx
from storage.models import DeliveryState, Lane
from storage.schedules import next_due

WAITING_LANES = (Lane.VERDICT, Lane.REMINDER, Lane.ANNOUNCEMENT, Lane.DIGEST)
"""What can wait until morning."""
_EVERY_DAY = 0b1111111
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"]
_MEMBER = _TABLES["member"].c


@dataclass(frozen=True)
class QuietHours:
    """A stretch of every night, in minutes after midnight; none at all when both are the same."""

    begins: int
    ends: int
    timezone: ZoneInfo

    def hold_at(self, moment: datetime) -> bool:
        """Whether they hold at this moment; their end is the first minute that is free again."""
        return self.hold_minute(minute_of(moment, self.timezone))

    def hold_minute(self, minute: int) -> bool:
        """The same for a minute after midnight."""
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends

    def end_after(self, moment: datetime) -> datetime:
        """When what would go out at this moment may go: the moment itself, or the next morning."""
        if not self.hold_at(moment):
            return moment
        return next_due(moment, self.ends, _EVERY_DAY, self.timezone)

    def open_lanes(self, moment: datetime) -> Collection[Lane]:
        """The lanes of which something may go out at this moment."""
        held = WAITING_LANES if self.hold_at(moment) else ()
        return [lane for lane in Lane if lane not in held]


NEVER = QuietHours(0, 0, ZoneInfo("UTC"))
"""No quiet hours of the club."""


def minute_of(moment: datetime, timezone: ZoneInfo) -> int:
    """Minutes after midnight."""
    local = moment.astimezone(timezone)
    return local.hour * 60 + local.minute


def is_allowed_now(now: datetime, club: QuietHours) -> ColumnElement[bool]:
    """Neither the club's quiet hours nor the member's own hold this delivery back."""
    theirs = and_(_MEMBER.id == _DELIVERY.c.member_id, _resting(minute_of(now, club.timezone)))
    return and_(
        _DELIVERY.c.lane.in_(club.open_lanes(now)),
        or_(
            _DELIVERY.c.lane.not_in(WAITING_LANES),
            ~exists().where(theirs).correlate(_DELIVERY),
        ),
    )


async def defer(tx: Tx, ids: Collection[int], club: QuietHours) -> set[int]:
    """Of these deliveries, puts those off whose member has quiet hours now; returns them."""
    now = tx.clock.now()
    resting = (
        select(_DELIVERY.c.id, _MEMBER.quiet_until)
        .join(_TABLES["member"], _MEMBER.id == _DELIVERY.c.member_id)
        .where(
            among(tx, _DELIVERY.c.id, ids),
            _DELIVERY.c.lane.in_(WAITING_LANES),
            _resting(minute_of(now, club.timezone)),
        )
    )
    until: dict[int, list[int]] = defaultdict(list)
    for number, minute in (await tx.execute(resting)).all():
        until[minute].append(number)
    for minute, those in until.items():
        morning = next_due(now, minute, _EVERY_DAY, club.timezone)
        off = update(_DELIVERY).where(_DELIVERY.c.id.in_(those))
        await tx.execute(off.values(not_before=morning, changed_at=now))
    return {number for those in until.values() for number in those}


async def reschedule_deferred(tx: Tx, member_id: int) -> None:
    """The member's own quiet hours were changed: what waits for their end is looked at anew."""
    now = tx.clock.now()
    put_off = and_(
        _DELIVERY.c.member_id == member_id,
        _DELIVERY.c.state == DeliveryState.QUEUED,
        _DELIVERY.c.lane.in_(WAITING_LANES),
        # A row with a reason waits for another try, and not for the morning.
        _DELIVERY.c.reason.is_(None),
        _DELIVERY.c.not_before > now,
        _DELIVERY.c.not_before <= now + timedelta(days=1),
    )
    await tx.execute(update(_DELIVERY).where(put_off).values(not_before=now))


def _resting(minute: int) -> ColumnElement[bool]:
    """The member's own quiet hours hold at this minute of the day."""
    begun, open_still = _MEMBER.quiet_from <= minute, _MEMBER.quiet_until > minute
    within_a_day = _MEMBER.quiet_from <= _MEMBER.quiet_until
    held = case((within_a_day, and_(begun, open_still)), else_=or_(begun, open_still))
    return and_(_MEMBER.quiet_from.is_not(None), held)
