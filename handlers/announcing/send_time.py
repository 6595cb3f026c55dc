"""When an announcement may begin to go out: at its time, or in the morning after the quiet hours."""

from datetime import datetime

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.settings import ClubSettings
from handlers.views.announcement import Content


def requested_time(content: Content, now: datetime) -> datetime:
    """The time the author chose, or now."""
    return max(content.send_at or now, now)


def end_of_quiet_hours(club: ClubSettings, moment: datetime) -> datetime | None:
    """When the quiet hours are over in which this moment lies; None when it lies in none."""
    morning = club.quiet_hours.end_after(moment)
    return morning if morning > moment else None


def earliest_start(
    club: ClubSettings, content: Content, moment: datetime, *, at_night: bool = False
) -> datetime:
    """When it begins that would begin at this moment; only what is urgent may do so `at_night`."""
    if content.urgent and at_night:
        return moment
    return club.quiet_hours.end_after(moment)


def check(context: Context, content: Content, *, at_night: bool) -> None:
    """Whether it can still begin before it is over, `at_night` too if need be; else raises UserError."""
    if _is_over(content, context.now):
        raise UserError("announcing-over")
    start = requested_time(content, context.now)
    if not at_night:
        start = context.club.quiet_hours.end_after(start)
    if _is_over(content, start):
        raise UserError("night-over-by-then", when=context.say.when(start))


def _is_over(content: Content, moment: datetime) -> bool:
    return content.valid_until is not None and content.valid_until <= moment


def note(say: Speech, club: ClubSettings, content: Content, moment: datetime) -> Html:
    """What the quiet hours do to what would begin at this moment; empty when nothing."""
    morning = end_of_quiet_hours(club, moment)
    if morning is None:
        return Html("")
    begins, ends = say.clock(club.quiet_begin_minute), say.clock(club.quiet_end_minute)
    key = "night-note-urgent" if content.urgent else "night-note"
    return say(key, begins=begins, ends=ends, when=say.when(morning))
