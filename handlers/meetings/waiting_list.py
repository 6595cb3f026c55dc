"""The waiting list: a freed seat is offered to the next in line, for a limited time."""

from datetime import datetime, timedelta

from handlers.conversation import ClubSettings
from handlers.meetings import notify
from storage.database import Tx
from storage.meetings import due_times, rsvps
from storage.models import Meeting

OFFER_LASTS = timedelta(hours=12)
"""How long a seat is kept for whoever it is offered to, at most until the meeting begins."""
_AFTER_QUIET = timedelta(hours=1)
"""How long an offer still lasts in the morning that would have ended during quiet hours."""


async def settle(tx: Tx, club: ClubSettings, meeting: Meeting) -> None:
    """Ends offers that ran out, offers free seats, and notes when that is due again.

    Nothing is offered during quiet hours, nor once the meeting has begun.
    """
    await rsvps.end_offers(tx, meeting)
    now = tx.clock.now()
    if club.quiet_hours.end_after(now) <= now:
        while rsvp := await rsvps.offer_next(tx, meeting, until=offer_end(club, meeting, now)):
            await notify.offer_seat(tx, club, meeting, rsvp.member_id)
    next_end = await rsvps.next_offer_end(tx, meeting)
    morning = club.quiet_hours.end_after(now)
    has_seat = await rsvps.free(tx, meeting) != 0
    if morning > now and has_seat and await rsvps.is_anybody_waiting(tx, meeting):
        next_end = min(next_end or morning, morning)
    due_times.settle(tx, meeting, next_end)


def offer_end(club: ClubSettings, meeting: Meeting, now: datetime) -> datetime:
    """Until when a seat offered now is kept."""
    end = now + OFFER_LASTS
    morning = club.quiet_hours.end_after(end)
    if morning > end:
        end = morning + _AFTER_QUIET
    return min(end, meeting.begins_at) if meeting.begins_at else end
