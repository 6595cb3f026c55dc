"""Answers that are one tap away, and what is said beside a question."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.announcing.compose import parsing
from handlers.announcing.compose.audience import audience
from handlers.conversation import END_OF_DAY, Context, Html, Speech
from handlers.views.announcement import Content, Repeat


@dataclass(frozen=True)
class Pick:
    """An answer that is one tap away."""

    label: str
    value: str


def _end_of_day(context: Context, days: int) -> datetime:
    day = context.now.astimezone(context.club.timezone).date() + timedelta(days=days)
    return datetime.combine(day, END_OF_DAY, context.club.timezone)


_LASTING_DAYS = {"today": 0, "week": 7}


def valid_until_picks(context: Context, _content: Content) -> list[Pick]:
    """End of today, unless that is past, and end of the day in a week."""
    picks = [
        Pick(context.say.plain("announcing-end-of-today"), "today"),
        Pick(context.say.plain("announcing-seven-days"), "week"),
    ]
    return picks if _end_of_day(context, 0) > context.now else picks[1:]


def choose_valid_until(context: Context, content: Content, value: str) -> Content:
    """Sets the picked end of validity."""
    return parsing.lasting(content, _end_of_day(context, _LASTING_DAYS[value]))


def issuer_picks(context: Context, _content: Content) -> list[Pick]:
    """The issuers in the club's settings."""
    return [Pick(issuer, str(at)) for at, issuer in enumerate(context.club.issuers)]


def choose_issuer(context: Context, content: Content, value: str) -> Content:
    """Sets the picked issuer."""
    return replace(content, issuer=context.club.issuers[int(value)])


def area_picks(context: Context, content: Content) -> list[Pick]:
    """The whole province, then each area; chosen ones are ticked."""

    def marked(label: str, *, chosen: bool) -> str:
        return f"✓ {label}" if chosen else label

    return [
        Pick(marked(context.say.plain("announcing-everyone"), chosen=not content.areas), "all"),
        *[
            Pick(marked(area.name, chosen=area.id in content.areas), str(at))
            for at, area in enumerate(context.club.areas)
        ],
    ]


def toggle_area(context: Context, content: Content, value: str) -> Content:
    """Adds the picked area or removes it; the whole province clears the choice."""
    if value == "all":
        return replace(content, areas=())
    toggled = {*content.areas} ^ {context.club.areas[int(value)].id}
    return replace(content, areas=tuple(a.id for a in context.club.areas if a.id in toggled))


async def audience_so_far(context: Context, content: Content) -> Html:
    """How many people the chosen areas reach now."""
    return await audience(context, content)


async def facts_so_far(context: Context, content: Content) -> Html:
    """How many key facts have been written; empty before the first and after the last."""
    if not content.facts or "facts" in content.answered:
        return Html("")
    return context.say(
        "announcing-facts-so-far", count=len(content.facts), limit=parsing.MOST_FACTS
    )


async def album_so_far(context: Context, content: Content) -> Html:
    """How large the album is and may be; empty unless one is being gathered."""
    count = len(parsing.gathered(content))
    if not count:
        return Html("")
    return context.say("announcing-album-so-far", count=count, limit=parsing.MOST_IN_ALBUM)


def album_overflow(context: Context, before: Content) -> Html:
    """Says that an album has more files than fit beside those of `before`; empty if all fit."""
    limit = parsing.MOST_IN_ALBUM
    if len(parsing.gathered(before)) + len(context.incoming.files) <= limit:
        return Html("")
    return context.say("announcing-album-full", limit=limit)


async def why_an_end(context: Context, content: Content) -> Html:
    """Why the end of validity must be given; empty for an announcement that does not recur."""
    return context.say("announcing-repeat-needs-end") if content.repeat else Html("")


_ONCE = "once"


def repeat_picks(context: Context, content: Content) -> list[Pick]:
    """Once, daily, or weekly on the weekday of the first sending."""
    say, local = context.say, (content.send_at or context.now).astimezone(context.club.timezone)
    return [
        Pick(say.plain("announcing-once"), _ONCE),
        Pick(say.plain("announcing-daily"), Repeat.DAILY),
        Pick(say.plain("announcing-weekly", day=say.weekday(local.weekday())), Repeat.WEEKLY),
    ]


def choose_repeat(_context: Context, content: Content, value: str) -> Content:
    """Sets the picked recurrence; once removes it with its end."""
    return (
        replace(content, repeat=None, repeat_until=None)
        if value == _ONCE
        else replace(content, repeat=Repeat(value))
    )


def yes_or_no(context: Context, _content: Content) -> list[Pick]:
    """No and yes."""
    say: Speech = context.say
    return [Pick(say.plain("announcing-no"), "no"), Pick(say.plain("announcing-yes"), "yes")]


def now(context: Context, _content: Content) -> list[Pick]:
    """As soon as it is approved."""
    return [Pick(context.say.plain("announcing-now"), "now")]
