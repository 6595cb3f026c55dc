"""How the work on cases goes: open by category and age, time to verdict, how often it helped."""

from datetime import timedelta
from functools import partial

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.rendering import bar_chart
from handlers.rendering.bar_chart import Chart, Panel, Row
from handlers.views.small_counts import alone, is_small
from handlers.views.verdict import day_of
from storage.cases import statistics
from storage.cases.statistics import AGES, CaseStatistics
from storage.models import Category, Count, Role

routes = Routes()

_DAYS = 30


@routes.action("casefigures", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """Of the last thirty days."""
    today = day_of(turn.now, turn.club)
    since = today - timedelta(days=_DAYS)
    found = await statistics.statistics(
        turn.tx, today=today, since=since, timezone=turn.club.timezone
    )
    back = (turn.button("case-to-queue", "queue", 0),)
    return [_picture(turn, found), turn.reply(_text(turn, found), (back,))]


def _picture(turn: Context, found: CaseStatistics) -> Reply:
    """The same numbers in bars; drawn once nothing waits for it."""
    chart = Chart(
        turn.say.plain("case-figures-title"), (_waiting(turn, found), _helped(turn, found))
    )
    media = Media(MediaKind.PHOTO, name="vu-viec.png")
    message = turn.wording(turn.say("case-figures-head"), media=media)
    return Reply(
        message, draw=partial(bar_chart.draw, chart, turn.club.palette, dark=turn.who.dark_pictures)
    )


def _waiting(turn: Context, found: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            turn.say.plain(f"flag-category-{category.value}"),
            (sum(found.open.get(category, ())),),
        )
        for category in Category
    )
    return Panel(turn.say.plain("case-figures-waiting"), rows)


def _helped(turn: Context, found: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            turn.say.plain(f"case-figures-count-{what.value}"),
            (told.number,),
            texts=(told.said(turn.say),),
        )
        for what, told in ((what, alone(found.counts[what])) for what in Count)
    )
    return Panel(turn.say.plain("case-figures-days", days=str(_DAYS)), rows, tint=2)


def _text(turn: Context, found: CaseStatistics) -> Html:
    parts = [turn.say("case-figures-head"), _open(turn, found), _lately(turn, found)]
    return Html("\n\n".join(parts))


def _open(turn: Context, found: CaseStatistics) -> Html:
    if not found.open:
        return turn.say("case-figures-none-open")
    lines = [
        turn.say(
            "case-figures-open",
            category=turn.say(f"flag-category-{category.value}"),
            total=sum(ages),
            fresh=ages[0],
            days=ages[1],
            week=ages[2],
            older=ages[3],
        )
        for category, ages in found.open.items()
    ]
    head = turn.say("case-figures-open-head", fresh=AGES[0], days=AGES[1], week=AGES[2])
    return Html("\n".join([head, *lines]))


def _lately(turn: Context, found: CaseStatistics) -> Html:
    helpful, not_helpful = (
        alone(found.counts[Count.HELPFUL]),
        alone(found.counts[Count.NOT_HELPFUL]),
    )
    at_once = None if _is_at_once_small(found) else found.answered_at_once
    days = found.days_to_verdict
    return turn.say(
        "case-figures-lately",
        days=_DAYS,
        decided=found.decided,
        median="–" if days is None else f"{days:g}".replace(".", ","),
        at_once="–" if at_once is None else f"{at_once:.0%}",
        helpful=helpful.said(turn.say),
        not_helpful=not_helpful.said(turn.say),
    )


def _is_at_once_small(found: CaseStatistics) -> bool:
    """Whether a share of it would say how few flags had, or had not, their answer at once."""
    return is_small(found.counts[Count.ANSWERED_AT_ONCE]) or is_small(found.counts[Count.FLAGGED])
