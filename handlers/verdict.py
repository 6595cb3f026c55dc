"""How a verdict reads: rating, claim, explanation, where it can be checked, when (refusal 7)."""

from datetime import date, datetime, time

from babel.dates import format_date

from handlers.settings import ClubSettings
from handlers.speech import Html, Speech
from storage.models import Verdict


def verdict_text(verdict: Verdict, code: str, say: Speech) -> Html:
    """The verdict exactly as every member reads it; from its second version on it says so."""
    head = "verdict-head" if verdict.version == 1 else "verdict-head-again"
    sources = "\n".join(say("verdict-source", url=url) for url in verdict.sources)
    parts = [
        say(head, rating=say(f"verdict-rating-{verdict.rating.value}")),
        say("verdict-claim", claim=verdict.claim),
        say("verdict-explanation", explanation=verdict.explanation),
        Html(f"{say('verdict-sources')}\n{sources}"),
        say("verdict-foot", day=say.day(verdict.decided_at), code=code),
    ]
    return Html("\n\n".join(parts))


def day_of(moment: datetime, club: ClubSettings) -> date:
    """The day it is in the club, which is all that is kept of when a post came in (refusal 6)."""
    return moment.astimezone(club.timezone).date()


def say_day(day: date, club: ClubSettings, say: Speech) -> str:
    """A day that was kept without its hour."""
    return say.day(datetime.combine(day, time(12), club.timezone))


def say_short_day(day: date, say: Speech) -> str:
    """The same where there is little room: `10/3`, `10 Mar`."""
    return format_date(day, "d/M" if say.language == "vi" else "d MMM", locale=say.language)
