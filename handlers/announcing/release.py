"""Releases an approved announcement: sends it, schedules it, or expires it if it is over.

`scheduler.delivery.worker` sends what is in the outbox.
"""

from collections.abc import Callable
from datetime import datetime

from handlers.announcing import apply_correction, recurrence, send_time
from handlers.announcing.delivered_copy import delivered
from handlers.authenticity import record
from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Button, Message
from handlers.notifications import in_every_language, notify
from handlers.views.announcement import Content, member_copy, unpack
from storage.announcements import announcements, references
from storage.database import Tx, id_of
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    Lane,
    MailingKind,
    MailingState,
    Member,
    Purpose,
)
from storage.outbox import enqueue
from storage.outbox.metering import Allowance


def is_over(content: Content, now: datetime) -> bool:
    """Whether its *valid until* has passed."""
    return content.valid_until is not None and content.valid_until <= now


async def send_due(tx: Tx, club: ClubSettings) -> int:
    """Sends announcements that are due and expires those that are over; returns how many it sent.

    One indexed query when nothing is due.
    """
    due = await announcements.due(tx)
    for announcement in due:
        if announcement.state is AnnouncementState.SCHEDULED:
            await release(tx, club, announcement)
        else:
            await _expire(tx, club, announcement)
    return sum(announcement.state is AnnouncementState.SENDING for announcement in due)


async def release(tx: Tx, club: ClubSettings, announcement: Announcement) -> None:
    """Sends, schedules or expires an approved announcement; applies an approved correction."""
    content = await _content(tx, announcement)
    if is_over(content, tx.clock.now()):
        await _expire(tx, club, announcement)
    elif announcement.corrects_id:
        await apply_correction.begin(tx, club, announcement, content)
    elif (start := _start_time(tx, club, announcement, content)) > tx.clock.now():
        wait_until(announcement, start)
    else:
        await begin(tx, club, announcement)


def _start_time(
    tx: Tx, club: ClubSettings, announcement: Announcement, content: Content
) -> datetime:
    """The earliest time to send it: now if its scheduled time has come."""
    now = tx.clock.now()
    was_scheduled = announcement.state is AnnouncementState.SCHEDULED
    requested = now if was_scheduled else send_time.requested_time(content, now)
    return send_time.earliest_start(club, content, requested, at_night=announcement.at_night)


def wait_until(announcement: Announcement, start: datetime) -> None:
    """Schedules an approved announcement for `start`."""
    if announcement.state is not AnnouncementState.SCHEDULED:
        announcements.transition(announcement, AnnouncementState.SCHEDULED)
    announcement.due_at = start


async def begin(tx: Tx, club: ClubSettings, announcement: Announcement) -> None:
    """Opens the one mailing of this announcement; the delivery worker adds the recipients."""
    content = await _content(tx, announcement)
    await recurrence.begin(tx, club, announcement, content)
    await announcements.go_out(tx, announcement)
    which = references.reference(announcement)
    await recurrence.notify_of_copy(tx, club, announcement, content)
    await record.announcement_went_out(tx, club, which, announcement.version, content)
    await enqueue.open_mailing(
        tx,
        kind=MailingKind.ANNOUNCEMENT,
        subject=str(which.id),
        announcement_id=which.id,
        lane=Lane.URGENT if content.urgent else Lane.ANNOUNCEMENT,
        bodies=in_every_language(club, lambda say: delivered(member_copy(content, which, say))),
        state=MailingState.FILLING,
        purpose=Purpose.DUTIES if content.officers_only else Purpose.ANNOUNCEMENTS,
        areas=content.areas,
        first=content.first,
        spending=Allowance(which.id, content.from_quota, content.paid_most),
        valid_until=content.valid_until,
        watcher_id=announcement.author_id,
        pinned=content.urgent,
    )


def status_text(say: Speech, announcement: Announcement) -> Html:
    """The state of an announcement or a correction, in a sentence."""
    if announcement.corrects_id and announcement.state in announcements.PUBLISHED:
        return say(f"correcting-now-{announcement.state.value}")
    return say(f"announcing-now-{announcement.state.value}")


async def notify_author(
    tx: Tx,
    club: ClubSettings,
    announcement: Announcement,
    what: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    """Queues a notice to the author about this version; the same `what` twice queues one.

    `about` is another officer whom the notice quotes.
    """
    if announcement.author_id is None:
        return
    author = await members.get(tx, announcement.author_id)
    await notify(
        tx, club, [author], f"{what} {announcement.id} v{announcement.version}", write, about=about
    )


def see_own_button(say: Speech, announcement_id: int) -> Button:
    """The button that opens the author's announcement in its current state."""
    return Button(say.plain("announcing-see-own"), action=f"approval-see:{announcement_id}")


async def _expire(tx: Tx, club: ClubSettings, announcement: Announcement) -> None:
    content = await _content(tx, announcement)
    announcements.transition(announcement, AnnouncementState.EXPIRED)
    announcement.due_at = None

    label = (await references.of(tx, id_of(announcement))).label

    def write(say: Speech) -> Message:
        return Message(say("announcing-expired", number=label, title=content.title))

    await notify_author(tx, club, announcement, "expired", write)


async def _content(tx: Tx, announcement: Announcement) -> Content:
    return unpack((await announcements.version_of(tx, announcement)).content)
