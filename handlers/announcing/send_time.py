"""When an announcement may be sent: at its time, or after the quiet hours."""

from datetime import datetime

from handlers.conversation import ClubSettings, Context, Html, Speech, UserError, require
from handlers.views.announcement import Content


def requested_time(content: Content, now: datetime) -> datetime:
    """The time the author chose, or now."""
    return max(content.send_at or now, now)


def end_of_quiet_hours(club: ClubSettings, moment: datetime) -> datetime | None:
    """The end of the quiet hours that contain this moment; None outside quiet hours."""
    morning = club.quiet_hours.end_after(moment)
    return morning if morning > moment else None


def earliest_start(
    club: ClubSettings, content: Content, moment: datetime, *, at_night: bool = False
) -> datetime:
    """The first time from `moment` on outside quiet hours; `at_night` lets urgent ones ignore them."""
    return moment if content.urgent and at_night else club.quiet_hours.end_after(moment)


def check(context: Context, content: Content, *, at_night: bool) -> None:
    """Checks that it can be sent before it is over.

    Raises:
        UserError: it is over now, or will be when the quiet hours end.
    """
    require(not _is_over(content, context.now), "announcing-over")
    start = requested_time(content, context.now)
    if not at_night:
        start = context.club.quiet_hours.end_after(start)
    if _is_over(content, start):
        raise UserError("night-over-by-then", when=context.say.when(start))


def _is_over(content: Content, moment: datetime) -> bool:
    return content.valid_until is not None and content.valid_until <= moment


def note(say: Speech, club: ClubSettings, content: Content, moment: datetime) -> Html:
    """A note that quiet hours delay what would be sent at this moment; empty if they do not."""
    morning = end_of_quiet_hours(club, moment)
    if morning is None:
        return Html("")
    begins, ends = say.clock(club.quiet_begin_minute), say.clock(club.quiet_end_minute)
    key = "night-note-urgent" if content.urgent else "night-note"
    return say(key, begins=begins, ends=ends, when=say.when(morning))
