"""What may be told of one announcement's totals."""

from dataclasses import dataclass

from handlers.views.delivery_counts import told_copies
from handlers.views.small_counts import LEAST, Told, alone, is_small
from storage.announcements.statistics import Totals
from storage.models import DeliveryState


@dataclass(frozen=True)
class ToldTotals:
    """One announcement in numbers that may be told."""

    sent: Told
    opened: Told | None
    """None here and below: so few got it that nobody may be told apart."""
    shared: Told | None
    links: Told | None
    pictures: Told | None

    @property
    def is_few(self) -> bool:
        return self.opened is None


def told(totals: Totals) -> ToldTotals:
    """What may be told of these totals."""
    copies = told_copies(totals.deliveries)
    there = totals.copies(DeliveryState.SENT, DeliveryState.UNCERTAIN)
    people = max(there, totals.opened, totals.sharers)
    known = _known(copies.arrived) if people == there else people
    # That many have it must not tell what is held back of the copies.
    if known < LEAST:
        return ToldTotals(copies.done, None, None, None, None)
    opened = _of_people(totals.opened, people, known)
    shared = _of_people(totals.sharers, people, known)
    return ToldTotals(
        copies.done,
        opened,
        _of_those_who_opened(totals, shared, opened),
        alone(totals.links),
        alone(totals.pictures),
    )


def _known(there: Told) -> int:
    """How many people have it at least, by what is told of the copies."""
    return there.number if there.sign in ("", ">") else 0


def _of_people(number: int, people: int, known: int) -> Told:
    """A part of the people who have it, of whom it is told that there are `known` at least."""
    if is_small(number):
        return Told(LEAST, "<")
    if is_small(people - number) or number > known:
        return Told(max(0, min(known, number) - LEAST), ">")
    return Told(number)


def _of_those_who_opened(totals: Totals, shared: Told, opened: Told) -> Told:
    """Who opened it and did not share it must not be too few either."""
    if not opened.sign and not shared.sign and is_small(totals.opened - totals.sharers):
        return Told(max(0, totals.opened - LEAST), ">")
    return shared
