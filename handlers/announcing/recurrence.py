"""Announcements that come again: the same approved words, each time as an announcement of its own."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.conversation.i18n import Html, Speech
from handlers.conversation.settings import ClubSettings
from handlers.views.announcement import Content, Repeat, pack, unpack
from storage import schedules
from storage.announcements import announcements, recurrences
from storage.database.engine import Tx
from storage.models import (
    Announcement,
    AnnouncementState,
    Repetition,
    Schedule,
    ScheduleKind,
    SlotOutcome,
)

GRACE = timedelta(hours=3)
"""One that is later than this, because the bot was down, is left out: the next will come."""


def lines(say: Speech, content: Content) -> list[Html]:
    """How often it comes again, for whoever writes or approves it."""
    if content.repeat is None or content.repeat_until is None:
        return []
    return [say(f"repeat-{content.repeat.value}", until=say.when(content.repeat_until))]


async def begin(tx: Tx, club: ClubSettings, announcement: Announcement, content: Content) -> None:
    """It goes out for the first time: from now on it comes again, if it is to."""
    if content.repeat is None or content.repeat_until is None or announcement.repeats:
        return
    first = _first(announcement, content) or tx.clock.now()
    local = first.astimezone(club.timezone)
    daily = content.repeat is Repeat.DAILY
    await recurrences.begin(
        tx,
        announcement,
        first=first,
        minute=local.hour * 60 + local.minute,
        days=schedules.EVERY_DAY if daily else 1 << local.weekday(),
        until=content.repeat_until,
        timezone=club.timezone,
    )


def _first(announcement: Announcement, content: Content) -> datetime | None:
    """The time it had; what was approved after it goes out later, and comes again at it."""
    waited = announcement.state is AnnouncementState.SCHEDULED
    return announcement.due_at if waited else content.send_at


def next_time(
    repetition: Repetition, schedule: Schedule, now: datetime, zone: ZoneInfo
) -> datetime:
    """When it comes the next time."""
    return schedules.next_due(max(now, repetition.first), schedule.minute, schedule.days, zone)


async def make_due(tx: Tx, club: ClubSettings) -> int:
    """Makes the announcements whose hour has come round, ready to be sent; returns how many."""
    due = await schedules.due(tx, ScheduleKind.ANNOUNCEMENTS)
    return sum([await _make_slot(tx, club, schedule_id) for schedule_id in due])


async def _make_slot(tx: Tx, club: ClubSettings, schedule_id: int) -> int:
    taken = await schedules.take(tx, schedule_id, club.timezone)
    if taken is None:
        return 0
    _, slot = taken
    if tx.clock.now() - slot.due_at > GRACE:
        slot.outcome = SlotOutcome.SKIPPED
        return 0
    coming = await recurrences.due(tx, schedule_id, slot.due_at)
    made = sum([await _say_again(tx, one, slot.due_at) for one in coming])
    slot.outcome = SlotOutcome.SENT if made else SlotOutcome.EMPTY
    return made


async def _say_again(tx: Tx, repetition: Repetition, moment: datetime) -> bool:
    """One more announcement of the same words; False when that is over."""
    before = await announcements.find(tx, repetition.announcement_id)
    if before is None or before.state not in announcements.PUBLISHED or moment > repetition.until:
        await recurrences.end(tx, repetition)
        return False
    content = unpack((await announcements.version_of(tx, before)).content)
    await announcements.repeat(tx, before, pack(_moved(content, repetition, moment)), moment)
    return True


def _moved(content: Content, repetition: Repetition, moment: datetime) -> Content:
    """The same words, valid for as long after this sending as they were after the first."""
    until = content.valid_until
    return replace(
        content,
        send_at=None,
        repeat=None,
        repeat_until=None,
        corrected=0,
        valid_until=until and until + (moment - repetition.first),
    )
