"""The figures of one announcement, for the chart and for the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, takewhile

from handlers.conversation import ClubSettings, Html, Speech
from handlers.reports.small_areas import Group, groups
from handlers.views.announcement_totals import ShownTotals, shown_totals
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import UNTOLD, ShownCount, hidden
from handlers.views.spending_lines import cost
from handlers.views.verdict import say_short_day
from storage.announcements.statistics import Breakdown, Totals
from storage.models import DeliveryState
from storage.outbox.metering import Spent

Texts = tuple[int | None, ...]
"""The figures of a line; None for a figure that must not be shown."""
DAYS = 14
"""Maximum days shown; later events count for the last day."""
_BRANDS: Mapping[str, str] = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "threads": "Threads",
    "tiktok": "TikTok",
    "x": "X",
    "youtube": "YouTube",
    "zalo": "Zalo",
}


@dataclass(frozen=True)
class Details:
    """The figures shown of one announcement."""

    label: str
    title: str
    totals: Totals
    breakdown: Breakdown
    club: ClubSettings
    cost: Spent | None = None
    """What it has cost, with its corrections; None if nothing."""

    @property
    def groups(self) -> list[Group]:
        """The areas that may be shown separately; empty if there are none."""
        return groups(self.breakdown.areas, [*(area.id for area in self.club.areas), None])

    @property
    def shown(self) -> ShownTotals:
        """The totals as they may be shown."""
        return shown_totals(self.totals)

    @property
    def area_lines(self) -> Sequence[tuple[Group, Texts]]:
        """Copies, openings and shares of each group of areas, as they may be shown."""
        if self.shown.is_few:
            return []
        area_groups = self.groups
        sizes = {place: group.figures.sent for place, group in enumerate(area_groups)}
        # The sizes of all groups would add up to a total that is not shown.
        adds_up = bool(shown_copies(self.totals.deliveries).arrived.sign)
        opened = {place: group.figures.opened for place, group in enumerate(area_groups)}
        shared = {place: group.figures.shared for place, group in enumerate(area_groups)}
        suppressed = hidden(opened, sizes), hidden(shared, sizes)
        return [
            (
                group,
                (
                    None if adds_up and place == len(area_groups) - 1 else sizes[place],
                    None if place in suppressed[0] else opened[place],
                    None if place in suppressed[1] else shared[place],
                ),
            )
            for place, group in enumerate(area_groups)
        ]

    @property
    def day_lines(self) -> Sequence[tuple[date, Texts]]:
        """The figures of each day; empty if none may be shown."""
        if self.shown.is_few:
            return []
        opened = {day: done.opened for day, done in self.breakdown.days.items()}
        shared = {day: done.shared for day, done in self.breakdown.days.items()}
        suppressed = hidden(opened), hidden(shared)
        lines = [
            (
                day,
                (
                    None if day in suppressed[0] and opened[day] else opened[day],
                    None if day in suppressed[1] and shared[day] else shared[day],
                ),
            )
            for day in self.breakdown.days
        ]
        return lines if any(number for _, figures in lines for number in figures) else []

    @property
    def platform_lines(self) -> Sequence[tuple[str | None, int]]:
        """Number of links by platform, as far as it may be shown."""
        if self.shown.is_few:
            return []
        suppressed = hidden(self.breakdown.platforms)
        return in_order(
            {one: n for one, n in self.breakdown.platforms.items() if one not in suppressed}
        )


def days_since(begin: datetime, now: datetime, club: ClubSettings) -> list[tuple[date, datetime]]:
    """The days from `begin` to `now` in the club's time zone, each with its end; at most `DAYS`."""
    first = begin.astimezone(club.timezone).date()
    last = min(now.astimezone(club.timezone).date(), first + timedelta(days=DAYS - 1))
    each = takewhile(lambda day: day <= last, (first + timedelta(days=n) for n in count()))
    return [(day, datetime.combine(day + timedelta(days=1), time(), club.timezone)) for day in each]


def group_name(group: Group, club: ClubSettings, say: Speech) -> str:
    """The name of a group of areas."""
    if group.is_joint:
        return say.plain("statistics-areas-joint", count=str(len(group.areas)))
    (area,) = group.areas
    return club.area_name(area) or say.plain(
        "statistics-area-none" if area is None else "statistics-area-former"
    )


def platform_name(platform: str | None, say: Speech) -> str:
    """The name of a platform."""
    return _BRANDS.get(platform or "", "") or say.plain("statistics-other-page")


def in_words(details: Details, say: Speech) -> Html:
    """The figures as text, also for people who cannot see the chart."""
    parts = [_head(details, say), _sharing(details, say)]
    parts += [_lines(*part) for part in (_areas(details, say), _days(details, say)) if part[1]]
    return Html("\n\n".join(parts))


def figure(number: int | None, say: Speech) -> str:
    """A figure in a table, or a sign that it is not shown."""
    return UNTOLD if number is None else say.number(number)


def _head(details: Details, say: Speech) -> Html:
    copies = shown_copies(details.totals.deliveries)

    def count(state: DeliveryState) -> str:
        return _count_text(copies.each.get(state), say)

    head = say(
        "statistics-full",
        number=details.label,
        title=details.title,
        sent=details.shown.sent.said(say),
        waiting=copies.waiting.said(say),
        gone=count(DeliveryState.GONE),
        failed=count(DeliveryState.FAILED),
        uncertain=count(DeliveryState.UNCERTAIN),
    )
    lines = [head]
    if details.club.metered:
        lines.append(say("statistics-not-now", count=count(DeliveryState.NOT_NOW)))
    if details.cost:
        lines.append(cost(details.cost, say))
    return _lines(lines[0], lines[1:])


def _sharing(details: Details, say: Speech) -> Html:
    shown = details.shown
    if shown.opened is None or shown.shared is None:
        return say("statistics-few")
    lines = [
        say("statistics-opened", opened=shown.opened.said(say)),
        say("statistics-shared", shared=shown.shared.said(say)),
        say(
            "statistics-proofs",
            links=_count_text(shown.links, say),
            pictures=_count_text(shown.pictures, say),
        ),
    ]
    if details.platform_lines:
        each = ", ".join(
            f"{platform_name(platform, say)} {say.number(links)}"
            for platform, links in details.platform_lines
        )
        lines.append(say("statistics-platforms", each=each))
    if details.totals.reach:
        lines.append(say("statistics-reach", reach=say.number(details.totals.reach)))
    return Html("\n".join(lines))


def _count_text(number: ShownCount | None, say: Speech) -> str:
    return number.said(say) if number else UNTOLD


def in_order(platforms: Mapping[str | None, int]) -> Sequence[tuple[str | None, int]]:
    """The platforms by name, other pages last."""
    return sorted(platforms.items(), key=lambda item: (item[0] is None, item[0]))


def _areas(details: Details, say: Speech) -> tuple[Html, list[Html]]:
    lines = [
        say(
            "statistics-area",
            name=group_name(group, details.club, say),
            sent=figure(sent, say),
            opened=figure(opened, say),
            shared=figure(shared, say),
        )
        for group, (sent, opened, shared) in details.area_lines
    ]
    return say("statistics-areas"), lines


def _days(details: Details, say: Speech) -> tuple[Html, list[Html]]:
    lines = [
        say(
            "statistics-day",
            day=say_short_day(day, say),
            opened=figure(opened, say),
            shared=figure(shared, say),
        )
        for day, (opened, shared) in details.day_lines
        if (opened, shared) != (0, 0)
    ]
    return say("statistics-days"), lines


def _lines(head: Html, lines: Sequence[Html]) -> Html:
    return Html("\n".join([head, *lines]))
