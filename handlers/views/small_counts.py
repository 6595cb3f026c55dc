"""Which numbers of people may be told, so that none speaks of fewer than five of them.

Statistical disclosure control: a part under `SMALLEST_SHOWN` is not told (primary suppression), and neither is
what the part could be worked out from, such as the rest of a known whole (complementary suppression).
Nobody is told apart where all of them together are fewer. That nobody did something may be said: there
is no one whom that number is about.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handlers.conversation.i18n import Speech

K = TypeVar("K", bound=Hashable)

SMALLEST_SHOWN = 5
"""People that a number must be about at least."""
UNTOLD = "–"


def is_small(number: int) -> bool:
    """Whether it is about somebody, and about too few."""
    return 0 < number < SMALLEST_SHOWN


@dataclass(frozen=True)
class ShownCount:
    """A number as far as it may be told."""

    number: int
    """Exact, or the bound."""
    sign: str = ""
    """`<`, `>` or `≥` before a bound."""

    def said(self, say: Speech) -> str:
        """In words: `12`, `under 5`, `over 95`, `some`."""
        number = say.number(self.number)
        return say.plain(_BOUNDS[self.sign], number=number) if self.sign else number

    def counted(self, say: Speech) -> str | int:
        """For a sentence in which `one` reads differently."""
        return self.said(say) if self.sign else self.number

    @property
    def cell(self) -> int | str:
        """In a table: a number where it is exact."""
        return f"{self.sign}{self.number}" if self.sign else self.number


_BOUNDS = {"<": "told-under", ">": "told-over", "≥": "told-some"}
_UNDER = ShownCount(SMALLEST_SHOWN, "<")
NOBODY = ShownCount(0)
SOME = ShownCount(1, "≥")
"""Somebody; not how many."""


def alone(number: int) -> ShownCount:
    """A number that is no part of a whole that is told."""
    return _UNDER if is_small(number) else ShownCount(number)


def part(number: int, whole: int) -> ShownCount:
    """A part of a whole that may be known: neither it nor the rest is about too few."""
    if is_small(number):
        return _UNDER
    return (
        ShownCount(whole - SMALLEST_SHOWN, ">") if is_small(whole - number) else ShownCount(number)
    )


def hidden(parts: Mapping[K, int], wholes: Mapping[K, int] | None = None) -> set[K]:
    """Which parts of a whole that is told must not be told, not even by subtraction.

    Of `wholes`, where they are given, each part is itself a part. What is hidden is never a single
    one, and together never about too few, as long as anything is told at all.
    """
    of = wholes or {}
    small = {
        key
        for key, number in parts.items()
        if is_small(number) or is_small(of.get(key, number) - number)
    }
    others = sorted((n, str(key), key) for key, n in parts.items() if n and key not in small)
    while (
        small and others and (len(small) < 2 or sum(parts[key] for key in small) < SMALLEST_SHOWN)
    ):
        small.add(others.pop(0)[2])
    return small if _is_enough(small, parts) else set(parts)


def _is_enough(small: set[K], parts: Mapping[K, int]) -> bool:
    return not small or (len(small) > 1 and sum(parts[key] for key in small) >= SMALLEST_SHOWN)
