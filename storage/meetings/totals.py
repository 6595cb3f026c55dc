"""Totals of a meeting, which stay when answers and tickets are forgotten."""

from storage.database import Tx
from storage.meetings import invited, rsvps
from storage.models import Meeting, MeetingState


async def keep(tx: Tx, meeting: Meeting) -> None:
    """Stores how many were invited, said yes and wait; who came is counted at the door."""
    meeting.invited = await invited.count(tx, meeting)
    await rsvps.keep_totals(tx, meeting)


async def refresh(tx: Tx, meeting: Meeting) -> None:
    """Counts anew while the meeting is open; a meeting that has ended keeps what was stored."""
    if meeting.state is MeetingState.OPEN:
        await keep(tx, meeting)
