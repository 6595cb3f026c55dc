"""One announcement in numbers, gathered once for the picture and for the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, takewhile

from handlers.settings import ClubSettings
from handlers.speech import Html, Speech
from handlers.statistics.grouping import Group, groups
from handlers.verdict import say_short_day
from storage.models import DeliveryState
from storage.statistics import Breakdown, Day, Totals

DAYS = 14
"""Days told apart; what came later counts for the last."""
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
    """Everything that is shown of one announcement."""

    number: int
    title: str
    totals: Totals
    breakdown: Breakdown
    club: ClubSettings

    @property
    def groups(self) -> list[Group]:
        """Areas, where there are any to be told apart."""
        order = [*(area.id for area in self.club.areas), None]
        return groups(self.breakdown.areas, order)

    @property
    def days(self) -> Mapping[date, Day]:
        """Day by day, when anything was done at all."""
        done = any(day.opened or day.shared for day in self.breakdown.days.values())
        return self.breakdown.days if done else {}


def days_since(begin: datetime, now: datetime, club: ClubSettings) -> list[tuple[date, datetime]]:
    """The club's days from `begin` to `now`, each with its end; `DAYS` of them at most."""
    first = begin.astimezone(club.timezone).date()
    last = min(now.astimezone(club.timezone).date(), first + timedelta(days=DAYS - 1))
    each = takewhile(lambda day: day <= last, (first + timedelta(days=n) for n in count()))
    return [(day, _end(day, club)) for day in each]


def _end(day: date, club: ClubSettings) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), club.timezone)


def group_name(group: Group, club: ClubSettings, say: Speech) -> str:
    """What the areas are called."""
    if group.is_joint:
        return say.plain("statistics-areas-joint", count=str(len(group.areas)))
    (area,) = group.areas
    return club.area_name(area) or say.plain(
        "statistics-area-none" if area is None else "statistics-area-former"
    )


def platform_name(platform: str | None, say: Speech) -> str:
    """A platform by its own name."""
    return _BRANDS.get(platform or "", "") or say.plain("statistics-other-page")


def in_words(details: Details, say: Speech) -> Html:
    """The figures, for reading and for who cannot see the picture."""
    parts = [_head(details, say), _sharing(details, say)]
    parts += [_lines(*part) for part in (_areas(details, say), _days(details, say)) if part[1]]
    return Html("\n\n".join(parts))


def _head(details: Details, say: Speech) -> Html:
    totals = details.totals
    return say(
        "statistics-full",
        number=str(details.number),
        title=details.title,
        sent=say.number(totals.copies(DeliveryState.SENT)),
        waiting=say.number(totals.waiting),
        gone=say.number(totals.copies(DeliveryState.GONE)),
        failed=say.number(totals.copies(DeliveryState.FAILED)),
        uncertain=say.number(totals.copies(DeliveryState.UNCERTAIN)),
    )


def _sharing(details: Details, say: Speech) -> Html:
    totals = details.totals
    lines = [
        say("statistics-opened", opened=say.number(totals.opened)),
        say("statistics-shared", shared=say.number(totals.sharers)),
        say(
            "statistics-proofs",
            links=say.number(totals.links),
            pictures=say.number(totals.pictures),
        ),
    ]
    if details.breakdown.platforms:
        each = ", ".join(
            f"{platform_name(platform, say)} {say.number(links)}"
            for platform, links in in_order(details.breakdown.platforms)
        )
        lines.append(say("statistics-platforms", each=each))
    if totals.reach:
        lines.append(say("statistics-reach", reach=say.number(totals.reach)))
    return Html("\n".join(lines))


def in_order(platforms: Mapping[str | None, int]) -> Sequence[tuple[str | None, int]]:
    """By name, other pages last."""
    return sorted(platforms.items(), key=lambda item: (item[0] is None, item[0]))


def _areas(details: Details, say: Speech) -> tuple[Html, list[Html]]:
    lines = [
        say(
            "statistics-area",
            name=group_name(group, details.club, say),
            sent=say.number(group.figures.sent),
            opened=say.number(group.figures.opened),
            shared=say.number(group.figures.shared),
        )
        for group in details.groups
    ]
    return say("statistics-areas"), lines


def _days(details: Details, say: Speech) -> tuple[Html, list[Html]]:
    lines = [
        say(
            "statistics-day",
            day=say_short_day(day, say),
            opened=say.number(done.opened),
            shared=say.number(done.shared),
        )
        for day, done in details.days.items()
        if done.opened or done.shared
    ]
    return say("statistics-days"), lines


def _lines(head: Html, lines: Sequence[Html]) -> Html:
    return Html("\n".join([head, *lines]))
