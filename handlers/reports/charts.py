"""The charts of `/thongke`; the text beside a chart has the same figures."""

from collections.abc import Sequence

from handlers.conversation import Speech
from handlers.rendering.bar_chart import Chart, Panel, Row
from handlers.reports.announcement_figures import Details, figure, group_name, platform_name
from handlers.views.announcement_totals import shown_totals
from handlers.views.small_counts import ShownCount
from handlers.views.verdict import say_short_day
from storage.announcements.statistics import Totals

_FIRST, _SHARED = 0, 2
"""Colour indexes of delivered and of shared copies; the index between them is for opened ones."""


def of_one(details: Details, say: Speech) -> Chart:
    """The chart of one announcement: totals, by day, by area, by platform."""
    panels = [_funnel(details.totals, say), _days(details, say), _areas(details, say)]
    panels.append(_platforms(details, say))
    return Chart(
        f"{details.label}. {details.title}", tuple(panel for panel in panels if panel.rows)
    )


def of_several(announcements: Sequence[tuple[str, Totals]], say: Speech) -> Chart:
    """The chart of several announcements, the newest first, as in the text."""
    rows = tuple(
        Row(
            name,
            tuple(one.number for one in _figures(totals)),
            texts=tuple(one.said(say) for one in _figures(totals)),
        )
        for name, totals in announcements
    )
    return Chart(
        say.plain("statistics-chart-title"),
        (Panel(say.plain("statistics-chart-several"), rows, _series(say), tint=_FIRST),),
    )


def _funnel(totals: Totals, say: Speech) -> Panel:
    return Panel(
        say.plain("statistics-chart-way"),
        tuple(
            Row(name, (shown.number,), tint=place, texts=(shown.said(say),))
            for place, (name, shown) in enumerate(zip(_series(say), _figures(totals), strict=False))
        ),
    )


def _row(label: str, figures: Sequence[int | None], say: Speech) -> Row:
    texts = tuple(figure(number, say) for number in figures)
    return Row(label, tuple(number or 0 for number in figures), texts=texts)


def _days(details: Details, say: Speech) -> Panel:
    rows = tuple(_row(say_short_day(day, say), figures, say) for day, figures in details.day_lines)
    return Panel(say.plain("statistics-chart-days"), rows, _series(say)[1:], upright=True)


def _areas(details: Details, say: Speech) -> Panel:
    rows = tuple(
        _row(group_name(group, details.club, say), figures, say)
        for group, figures in details.area_lines
    )
    return Panel(say.plain("statistics-chart-areas"), rows, _series(say), tint=_FIRST)


def _platforms(details: Details, say: Speech) -> Panel:
    rows = tuple(
        Row(platform_name(platform, say), (links,)) for platform, links in details.platform_lines
    )
    return Panel(say.plain("statistics-chart-platforms"), rows, tint=_SHARED)


def _series(say: Speech) -> tuple[str, str, str]:
    return (
        say.plain("statistics-series-sent"),
        say.plain("statistics-series-opened"),
        say.plain("statistics-series-shared"),
    )


def _figures(totals: Totals) -> tuple[ShownCount, ...]:
    """Delivered, opened and shared copies as they may be shown; only the first if they are few."""
    shown = shown_totals(totals)
    if shown.opened is None or shown.shared is None:
        return (shown.sent,)
    return shown.sent, shown.opened, shown.shared
