"""Recurring announcements: each recurrence is a new announcement with the same approved text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Message
from handlers.notifications import notify
from handlers.views.announcement import Content, Repeat, pack, unpack
from storage import schedules
from storage.announcements import announcements, recurrences, references
from storage.announcements.references import Reference
from storage.database import Tx, id_of
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    Member,
    Recurrence,
    Schedule,
    ScheduleKind,
    SlotOutcome,
)

GRACE = timedelta(hours=3)
"""A recurrence later than this, because the bot was down, is skipped."""


_INTERVAL = {Repeat.DAILY: timedelta(days=1), Repeat.WEEKLY: timedelta(weeks=1)}


def lines(say: Speech, content: Content) -> list[Html]:
    """How often it recurs and until when, for its author and whoever approves it."""
    if content.repeat is None or content.repeat_until is None:
        return []
    recurs = say(f"repeat-{content.repeat.value}", until=say.moment(content.repeat_until))
    if content.valid_until is None:
        return [recurs]
    second = content.valid_until + _INTERVAL[content.repeat]
    return [recurs, say("repeat-validity", until=say.moment(second))]


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
    stored = await tx.session.get_one(Schedule, schedule_id, populate_existing=True)
    missed = schedules.due_times(stored, tx.clock.now(), club.timezone)[:-1]
    claimed = await schedules.take(tx, schedule_id, club.timezone)
    if claimed is None:
        return 0
    schedule, slot = claimed
    if tx.clock.now() - slot.due_at > GRACE:
        slot.outcome = SlotOutcome.SKIPPED
        await _tell_of_missed(tx, club, schedule, [*missed, slot.due_at])
        return 0
    await _tell_of_missed(tx, club, schedule, missed)
    recurrences_due = await recurrences.due(tx, schedule_id, slot.due_at)
    made = [await _repeat(tx, recurrence, slot.due_at) for recurrence in recurrences_due]
    slot.outcome = SlotOutcome.SENT if any(made) else SlotOutcome.EMPTY
    return sum(made)


async def _tell_of_missed(
    tx: Tx, club: ClubSettings, schedule: Schedule, missed: Sequence[datetime]
) -> None:
    """Tells the officers which times were missed, why, and when the next one is."""
    if not missed:
        return
    now = tx.clock.now()
    for recurrence in await recurrences.due(tx, id_of(schedule), missed[-1]):
        original = await announcements.find(tx, recurrence.announcement_id)
        times = [at for at in missed if recurrence.first < at <= recurrence.until]
        if original is None or original.state not in announcements.PUBLISHED or not times:
            continue
        content = unpack((await announcements.version_of(tx, original)).content)
        following = next_time(recurrence, schedule, now, club.timezone)
        label = references.reference(original).label
        write = partial(_missed_notice, recurrence, content.title, times, following, label=label)
        subject = f"missed {original.id} {times[-1]:%Y-%m-%dT%H:%M}"
        await notify(tx, club, await _officers_of(tx, original), subject, write, about=None)


def _missed_notice(
    recurrence: Recurrence,
    title: str,
    times: Sequence[datetime],
    following: datetime,
    say: Speech,
    *,
    label: str,
) -> Message:
    text = say(
        "repeat-missed",
        number=label,
        title=title,
        count=len(times),
        when=say.moment(times[-1]),
        hours=GRACE // timedelta(hours=1),
    )
    is_last = following > recurrence.until
    after = say("repeat-missed-last") if is_last else say("repeat-next", when=say.moment(following))
    return Message(Html(f"{text}\n{after}"))


async def _officers_of(tx: Tx, announcement: Announcement) -> list[Member]:
    """Who hears of an announcement: its author, or every officer once the author is none."""
    officers = await members.officers(tx)
    return [one for one in officers if one.id == announcement.author_id] or list(officers)


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
    repeated = _next_content(content, recurrence, moment)
    await announcements.repeat(tx, original, pack(repeated), moment)
    return True


async def notify_of_copy(
    tx: Tx, club: ClubSettings, announcement: Announcement, content: Content
) -> None:
    """Notifies an officer that a copy of a recurring announcement goes out, which gives it its number.

    Does nothing for any other announcement.
    """
    if announcement.repeats is None:
        return
    original = await references.of(tx, announcement.repeats)
    write = partial(_repeated_notice, original, references.reference(announcement), content)
    readers = await _officers_of(tx, announcement)
    await notify(tx, club, readers, f"repeated {announcement.id}", write, about=None)


def _repeated_notice(
    original: Reference, again: Reference, content: Content, say: Speech
) -> Message:
    """Says which number the copy has and how long it is valid; silent, for it comes every time."""
    text = say("repeat-made", number=original.label, again=again.label, title=content.title)
    until = content.valid_until
    validity = (
        say("repeat-made-until", until=say.moment(until)) if until else say("repeat-made-open")
    )
    return Message(Html(f"{text}\n{validity}"), silent=True)


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
