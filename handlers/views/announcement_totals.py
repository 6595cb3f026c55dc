"""The totals of one announcement, as far as they may be shown."""

from dataclasses import dataclass

from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import SMALLEST_SHOWN, ShownCount, alone, is_small
from storage.announcements.statistics import Totals
from storage.models import DeliveryState


@dataclass(frozen=True)
class ShownTotals:
    """The totals of one announcement that may be shown."""

    sent: ShownCount
    opened: ShownCount | None
    """None here and below: too few got it to show any part."""
    shared: ShownCount | None
    links: ShownCount | None
    pictures: ShownCount | None

    @property
    def is_few(self) -> bool:
        """Whether too few people got it to show any part."""
        return self.opened is None


def shown_totals(totals: Totals) -> ShownTotals:
    """The totals with small parts and their complements suppressed."""
    copies = shown_copies(totals.deliveries)
    arrived = totals.copies(DeliveryState.SENT, DeliveryState.UNCERTAIN)
    people = max(arrived, totals.opened, totals.sharers)
    known_people = _lower_bound(copies.arrived) if people == arrived else people
    # The number of people must not disclose what is suppressed of the copies.
    if known_people < SMALLEST_SHOWN:
        return ShownTotals(copies.done, None, None, None, None)
    opened = _part_of_people(totals.opened, people, known_people)
    return ShownTotals(
        copies.done,
        opened,
        _part_of_openers(totals, _part_of_people(totals.sharers, people, known_people), opened),
        alone(totals.links),
        alone(totals.pictures),
    )


def _lower_bound(count: ShownCount) -> int:
    """The least number of people who have it, by what is shown of the copies."""
    return count.number if count.sign in ("", ">") else 0


def _part_of_people(number: int, people: int, known: int) -> ShownCount:
    """A part of the people who have it, of whom at least `known` are shown."""
    if is_small(number):
        return ShownCount(SMALLEST_SHOWN, "<")
    if is_small(people - number) or number > known:
        return ShownCount(max(0, min(known, number) - SMALLEST_SHOWN), ">")
    return ShownCount(number)


def _part_of_openers(totals: Totals, shared: ShownCount, opened: ShownCount) -> ShownCount:
    """The number of sharers; bounded if those who opened and did not share would be too few."""
    if not opened.sign and not shared.sign and is_small(totals.opened - totals.sharers):
        return ShownCount(max(0, totals.opened - SMALLEST_SHOWN), ">")
    return shared
