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
async def show(context: Context) -> Answer:
    """Of the last thirty days."""
    today = day_of(context.now, context.club)
    since = today - timedelta(days=_DAYS)
    found = await statistics.statistics(
        context.tx, today=today, since=since, timezone=context.club.timezone
    )
    back = (context.button("case-to-queue", "queue", 0),)
    return [_picture(context, found), context.reply(_text(context, found), (back,))]


def _picture(context: Context, found: CaseStatistics) -> Reply:
    """The same numbers in bars; drawn once nothing waits for it."""
    chart = Chart(
        context.say.plain("case-figures-title"), (_waiting(context, found), _helped(context, found))
    )
    media = Media(MediaKind.PHOTO, name="vu-viec.png")
    message = context.wording(context.say("case-figures-head"), media=media)
    return Reply(
        message,
        draw=partial(
            bar_chart.draw, chart, context.club.palette, dark=context.current_member.dark_pictures
        ),
    )


def _waiting(context: Context, found: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            context.say.plain(f"flag-category-{category.value}"),
            (sum(found.open.get(category, ())),),
        )
        for category in Category
    )
    return Panel(context.say.plain("case-figures-waiting"), rows)


def _helped(context: Context, found: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            context.say.plain(f"case-figures-count-{what.value}"),
            (told.number,),
            texts=(told.said(context.say),),
        )
        for what, told in ((what, alone(found.counts[what])) for what in Count)
    )
    return Panel(context.say.plain("case-figures-days", days=str(_DAYS)), rows, tint=2)


def _text(context: Context, found: CaseStatistics) -> Html:
    parts = [context.say("case-figures-head"), _open(context, found), _lately(context, found)]
    return Html("\n\n".join(parts))


def _open(context: Context, found: CaseStatistics) -> Html:
    if not found.open:
        return context.say("case-figures-none-open")
    lines = [
        context.say(
            "case-figures-open",
            category=context.say(f"flag-category-{category.value}"),
            total=sum(ages),
            fresh=ages[0],
            days=ages[1],
            week=ages[2],
            older=ages[3],
        )
        for category, ages in found.open.items()
    ]
    head = context.say("case-figures-open-head", fresh=AGES[0], days=AGES[1], week=AGES[2])
    return Html("\n".join([head, *lines]))


def _lately(context: Context, found: CaseStatistics) -> Html:
    helpful, not_helpful = (
        alone(found.counts[Count.HELPFUL]),
        alone(found.counts[Count.NOT_HELPFUL]),
    )
    at_once = None if _is_at_once_small(found) else found.answered_at_once
    days = found.days_to_verdict
    return context.say(
        "case-figures-lately",
        days=_DAYS,
        decided=found.decided,
        median="–" if days is None else f"{days:g}".replace(".", ","),
        at_once="–" if at_once is None else f"{at_once:.0%}",
        helpful=helpful.said(context.say),
        not_helpful=not_helpful.said(context.say),
    )


def _is_at_once_small(found: CaseStatistics) -> bool:
    """Whether a share of it would say how few flags had, or had not, their answer at once."""
    return is_small(found.counts[Count.ANSWERED_AT_ONCE]) or is_small(found.counts[Count.FLAGGED])
