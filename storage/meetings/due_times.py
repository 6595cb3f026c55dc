"""When something of an open meeting is due next: a reminder, the end of an offer, its end."""

from datetime import datetime, timedelta

from storage.database import Tx
from storage.models import Meeting

REMINDERS = (timedelta(days=1), timedelta(hours=2))
"""How long before the beginning those who come are reminded."""


def settle(tx: Tx, meeting: Meeting, next_offer_end: datetime | None) -> None:
    """Notes when something of an open meeting is due next."""
    moments = [meeting.ends_at, next_offer_end, *_reminders_left(meeting, tx.clock.now())]
    meeting.due_at = min((moment for moment in moments if moment), default=None)


def reminder_due(meeting: Meeting, now: datetime) -> int:
    """The number of the reminder that is due now, 1 or 2; 0 for none.

    A reminder whose time has passed when a later one is due is left out, and so is one of a meeting
    that has begun.
    """
    if meeting.begins_at is None or meeting.begins_at <= now:
        return 0
    passed = [
        which
        for which, before in enumerate(REMINDERS, start=1)
        if which > meeting.reminded and meeting.begins_at - before <= now
    ]
    return max(passed, default=0)


def _reminders_left(meeting: Meeting, now: datetime) -> list[datetime]:
    if meeting.begins_at is None or meeting.begins_at <= now:
        return []
    return [
        meeting.begins_at - before
        for which, before in enumerate(REMINDERS, start=1)
        if which > meeting.reminded
    ]
