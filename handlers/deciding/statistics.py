"""Statistics of cases: open ones by category and age, time to verdict, feedback."""

from datetime import timedelta
from functools import partial

from handlers.conversation import Context, Html, Routes
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.rendering import bar_chart
from handlers.rendering.bar_chart import Chart, Panel, Row
from handlers.views.small_counts import alone, is_small
from handlers.views.verdict import day_of
from storage.cases import statistics
from storage.cases.statistics import AGES, CaseStatistics
from storage.models import Category, CounterKind, Role

routes = Routes()

_DAYS = 30


@routes.action("casefigures", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows the figures of the last thirty days."""
    today = day_of(context.now, context.club)
    figures = await statistics.statistics(
        context.tx, today=today, since=today - timedelta(days=_DAYS), timezone=context.club.timezone
    )
    return [
        _picture(context, figures),
        context.reply(_text(context, figures), ((context.button("case-to-queue", "queue", 0),),)),
    ]


def _picture(context: Context, figures: CaseStatistics) -> Reply:
    """A chart of the same figures, drawn after the transaction."""
    chart = Chart(
        context.say.plain("case-figures-title"),
        (_waiting_panel(context, figures), _results_panel(context, figures)),
    )
    return Reply(
        context.wording(
            context.say("case-figures-head"), media=Media(MediaKind.PHOTO, name="vu-viec.png")
        ),
        draw=partial(
            bar_chart.draw, chart, context.club.palette, dark=context.current_member.dark_pictures
        ),
    )


def _waiting_panel(context: Context, figures: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            context.say.plain(f"flag-category-{category.value}"),
            (sum(figures.open.get(category, ())),),
        )
        for category in Category
    )
    return Panel(context.say.plain("case-figures-waiting"), rows)


def _results_panel(context: Context, figures: CaseStatistics) -> Panel:
    rows = tuple(
        Row(
            context.say.plain(f"case-figures-count-{kind.value}"),
            (count.number,),
            texts=(count.said(context.say),),
        )
        for kind, count in ((kind, alone(figures.counts[kind])) for kind in CounterKind)
    )
    return Panel(context.say.plain("case-figures-days", days=str(_DAYS)), rows, tint=2)


def _text(context: Context, figures: CaseStatistics) -> Html:
    parts = [
        context.say("case-figures-head"),
        _open_cases(context, figures),
        _recent(context, figures),
    ]
    return Html("\n\n".join(parts))


def _open_cases(context: Context, figures: CaseStatistics) -> Html:
    if not figures.open:
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
        for category, ages in figures.open.items()
    ]
    head = context.say("case-figures-open-head", fresh=AGES[0], days=AGES[1], week=AGES[2])
    return Html("\n".join([head, *lines]))


def _recent(context: Context, figures: CaseStatistics) -> Html:
    helpful, not_helpful = (
        alone(figures.counts[CounterKind.HELPFUL]),
        alone(figures.counts[CounterKind.NOT_HELPFUL]),
    )
    rate = None if _is_rate_disclosive(figures) else figures.answered_at_once
    days = figures.days_to_verdict
    return context.say(
        "case-figures-lately",
        days=_DAYS,
        decided=figures.decided,
        median="–" if days is None else f"{days:g}".replace(".", ","),
        at_once="–" if rate is None else f"{rate:.0%}",
        helpful=helpful.said(context.say),
        not_helpful=not_helpful.said(context.say),
    )


def _is_rate_disclosive(figures: CaseStatistics) -> bool:
    """Whether the rate of immediate answers would disclose a number under `SMALLEST_SHOWN`."""
    return is_small(figures.counts[CounterKind.ANSWERED_AT_ONCE]) or is_small(
        figures.counts[CounterKind.FLAGGED]
    )
