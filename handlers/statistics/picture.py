"""The charts of `/thongke`; whatever they show stands in the words too."""

from collections.abc import Sequence

from handlers.rendering.charts import Chart, Panel, Row
from handlers.speech import Speech
from handlers.statistics.details import Details, group_name, in_order, platform_name
from handlers.verdict import say_short_day
from storage.models import DeliveryState
from storage.statistics import Totals

_FIRST, _SHARED = 0, 2
"""The colours of what arrived and of what was shared; between them, of what was opened."""


def of_one(details: Details, say: Speech) -> Chart:
    """One announcement: from sending to sharing, by day, by area, by platform."""
    panels = [_way(details.totals, say), _days(details, say), _areas(details, say)]
    panels.append(_platforms(details, say))
    title = f"{details.number}. {details.title}"
    return Chart(title, tuple(panel for panel in panels if panel.rows))


def of_several(found: Sequence[tuple[str, Totals]], say: Speech) -> Chart:
    """Announcements beside each other, the newest first, as in the words."""
    rows = tuple(Row(name, _figures(totals)) for name, totals in found)
    heading = say.plain("statistics-chart-several")
    return Chart(
        say.plain("statistics-chart-title"), (Panel(heading, rows, _series(say), tint=_FIRST),)
    )


def _way(totals: Totals, say: Speech) -> Panel:
    rows = tuple(
        Row(name, (figure,), tint=place)
        for place, (name, figure) in enumerate(zip(_series(say), _figures(totals), strict=True))
    )
    return Panel(say.plain("statistics-chart-way"), rows)


def _days(details: Details, say: Speech) -> Panel:
    rows = tuple(
        Row(say_short_day(day, say), (done.opened, done.shared))
        for day, done in details.days.items()
    )
    return Panel(say.plain("statistics-chart-days"), rows, _series(say)[1:], upright=True)


def _areas(details: Details, say: Speech) -> Panel:
    rows = tuple(
        Row(
            group_name(group, details.club, say),
            (group.figures.sent, group.figures.opened, group.figures.shared),
        )
        for group in details.groups
    )
    return Panel(say.plain("statistics-chart-areas"), rows, _series(say), tint=_FIRST)


def _platforms(details: Details, say: Speech) -> Panel:
    rows = tuple(
        Row(platform_name(platform, say), (links,))
        for platform, links in in_order(details.breakdown.platforms)
    )
    return Panel(say.plain("statistics-chart-platforms"), rows, tint=_SHARED)


def _series(say: Speech) -> tuple[str, str, str]:
    return (
        say.plain("statistics-series-sent"),
        say.plain("statistics-series-opened"),
        say.plain("statistics-series-shared"),
    )


def _figures(totals: Totals) -> tuple[int, int, int]:
    return totals.copies(DeliveryState.SENT), totals.opened, totals.sharers
