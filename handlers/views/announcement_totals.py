"""What may be told of one announcement's totals."""

from dataclasses import dataclass

from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import SMALLEST_SHOWN, ShownCount, alone, is_small
from storage.announcements.statistics import Totals
from storage.models import DeliveryState


@dataclass(frozen=True)
class ShownTotals:
    """One announcement in numbers that may be told."""

    sent: ShownCount
    opened: ShownCount | None
    """None here and below: so few got it that nobody may be told apart."""
    shared: ShownCount | None
    links: ShownCount | None
    pictures: ShownCount | None

    @property
    def is_few(self) -> bool:
        return self.opened is None


def shown_totals(totals: Totals) -> ShownTotals:
    """What may be told of these totals."""
    copies = shown_copies(totals.deliveries)
    there = totals.copies(DeliveryState.SENT, DeliveryState.UNCERTAIN)
    people = max(there, totals.opened, totals.sharers)
    known = _known(copies.arrived) if people == there else people
    # That many have it must not tell what is held back of the copies.
    if known < SMALLEST_SHOWN:
        return ShownTotals(copies.done, None, None, None, None)
    opened = _of_people(totals.opened, people, known)
    shared = _of_people(totals.sharers, people, known)
    return ShownTotals(
        copies.done,
        opened,
        _of_those_who_opened(totals, shared, opened),
        alone(totals.links),
        alone(totals.pictures),
    )


def _known(there: ShownCount) -> int:
    """How many people have it at least, by what is told of the copies."""
    return there.number if there.sign in ("", ">") else 0


def _of_people(number: int, people: int, known: int) -> ShownCount:
    """A part of the people who have it, of whom it is told that there are `known` at least."""
    if is_small(number):
        return ShownCount(SMALLEST_SHOWN, "<")
    if is_small(people - number) or number > known:
        return ShownCount(max(0, min(known, number) - SMALLEST_SHOWN), ">")
    return ShownCount(number)


def _of_those_who_opened(totals: Totals, shared: ShownCount, opened: ShownCount) -> ShownCount:
    """Who opened it and did not share it must not be too few either."""
    if not opened.sign and not shared.sign and is_small(totals.opened - totals.sharers):
        return ShownCount(max(0, totals.opened - SMALLEST_SHOWN), ">")
    return shared
