"""Totals of a meeting, which stay when answers and tickets are forgotten."""

from dataclasses import dataclass

from storage.database import Tx
from storage.meetings import invited, rsvps
from storage.models import Meeting, MeetingState


@dataclass(frozen=True)
class MeetingTotals:
    """How many members were invited, said yes, wait for a seat, and came."""

    invited: int
    yes: int
    """With a seat and without."""
    waiting: int
    came: int


async def of(tx: Tx, meeting: Meeting) -> MeetingTotals:
    """The current totals of an open meeting; those that were kept of one that has ended."""
    if meeting.state is MeetingState.OPEN:
        now = await rsvps.totals(tx, meeting)
        return MeetingTotals(await invited.count(tx, meeting), now.yes, now.waiting, meeting.came)
    return MeetingTotals(meeting.invited, meeting.said_yes, meeting.waited, meeting.came)


async def keep(tx: Tx, meeting: Meeting) -> None:
    """Stores how many were invited, said yes and wait; who came is counted at the door."""
    meeting.invited = await invited.count(tx, meeting)
    await rsvps.keep_totals(tx, meeting)
