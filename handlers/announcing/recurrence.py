"""Recurring announcements: each recurrence is a new announcement with the same approved text."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.conversation import ClubSettings, Html, Speech
from handlers.views.announcement import Content, Repeat, pack, unpack
from storage import schedules
from storage.announcements import announcements, recurrences
from storage.database import Tx
from storage.models import (
    Announcement,
    AnnouncementState,
    Recurrence,
    Schedule,
    ScheduleKind,
    SlotOutcome,
)

GRACE = timedelta(hours=3)
"""A recurrence later than this, because the bot was down, is skipped."""


def lines(say: Speech, content: Content) -> list[Html]:
    """How often it recurs and until when, for its author and whoever approves it."""
    if content.repeat is None or content.repeat_until is None:
        return []
    return [say(f"repeat-{content.repeat.value}", until=say.moment(content.repeat_until))]


async def begin(tx: Tx, club: ClubSettings, announcement: Announcement, content: Content) -> None:
    """Starts the recurrence of an announcement that is sent for the first time, if it has one."""
    if content.repeat is None or content.repeat_until is None or announcement.repeats:
        return
    first = _first_time(announcement, content) or tx.clock.now()
    local = first.astimezone(club.timezone)
    await recurrences.begin(
        tx,
        announcement,
        first=first,
        minute=local.hour * 60 + local.minute,
        days=schedules.EVERY_DAY if content.repeat is Repeat.DAILY else 1 << local.weekday(),
        until=content.repeat_until,
        timezone=club.timezone,
    )


def _first_time(announcement: Announcement, content: Content) -> datetime | None:
    """The planned time of the first sending, also if the approval came later."""
    was_scheduled = announcement.state is AnnouncementState.SCHEDULED
    return announcement.due_at if was_scheduled else content.send_at


def next_time(
    recurrence: Recurrence, schedule: Schedule, now: datetime, zone: ZoneInfo
) -> datetime:
    """The next time of the recurrence, after `now`."""
    return schedules.next_due(max(now, recurrence.first), schedule.minute, schedule.days, zone)


async def make_due(tx: Tx, club: ClubSettings) -> int:
    """Creates the announcements that are due, ready to be sent; returns how many."""
    due = await schedules.due(tx, ScheduleKind.ANNOUNCEMENTS)
    return sum([await _make_slot(tx, club, schedule_id) for schedule_id in due])


async def _make_slot(tx: Tx, club: ClubSettings, schedule_id: int) -> int:
    claimed = await schedules.take(tx, schedule_id, club.timezone)
    if claimed is None:
        return 0
    _, slot = claimed
    if tx.clock.now() - slot.due_at > GRACE:
        slot.outcome = SlotOutcome.SKIPPED
        return 0
    recurrences_due = await recurrences.due(tx, schedule_id, slot.due_at)
    count = sum([await _repeat(tx, recurrence, slot.due_at) for recurrence in recurrences_due])
    slot.outcome = SlotOutcome.SENT if count else SlotOutcome.EMPTY
    return count


async def _repeat(tx: Tx, recurrence: Recurrence, moment: datetime) -> bool:
    """Creates one announcement with the same text; if the recurrence is over, ends it: False."""
    original = await announcements.find(tx, recurrence.announcement_id)
    if (
        original is None
        or original.state not in announcements.PUBLISHED
        or moment > recurrence.until
    ):
        await recurrences.end(tx, recurrence)
        return False
    content = unpack((await announcements.version_of(tx, original)).content)
    await announcements.repeat(
        tx, original, pack(_next_content(content, recurrence, moment)), moment
    )
    return True


def _next_content(content: Content, recurrence: Recurrence, moment: datetime) -> Content:
    """The content of the next recurrence: it is valid for as long after its sending as the first one was."""
    until = content.valid_until
    return replace(
        content,
        send_at=None,
        repeat=None,
        repeat_until=None,
        corrected=0,
        valid_until=until and until + (moment - recurrence.first),
    )
