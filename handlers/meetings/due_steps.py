"""What is due of a meeting by itself: ended offers, reminders, its end."""

from handlers.conversation import ClubSettings
from handlers.meetings import notify, waiting_list
from handlers.meetings.after.mailing import ask_for_feedback
from storage.database import Tx
from storage.meetings import due_times, meetings, totals
from storage.models import Meeting


async def run_due(tx: Tx, club: ClubSettings) -> int:
    """Does what is due; returns for how many meetings."""
    due = await meetings.due(tx)
    for meeting in due:
        await _step(tx, club, meeting)
    return len(due)


async def _step(tx: Tx, club: ClubSettings, meeting: Meeting) -> None:
    now = tx.clock.now()
    if meeting.ends_at is not None and meeting.ends_at <= now:
        await totals.keep(tx, meeting)
        await meetings.finish(tx, meeting)
        await ask_for_feedback(tx, club, meeting)
        return
    which = due_times.reminder_due(meeting, now)
    if which:
        meeting.reminded = which
        await notify.remind(tx, club, meeting, which)
    await waiting_list.settle(tx, club, meeting)
