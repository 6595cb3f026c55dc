"""Which numbers of people may be shown, so that none is about fewer than five of them.

Statistical disclosure control: a part under `SMALLEST_SHOWN` is not shown (primary suppression),
nor is what it could be computed from, such as the rest of a known whole (complementary suppression).
No part is shown if the whole is under the threshold. Zero may be shown: it is about nobody.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handlers.conversation import Speech

K = TypeVar("K", bound=Hashable)

SMALLEST_SHOWN = 5
"""The least number of people that a shown number may be about."""
UNTOLD = "–"


def is_small(number: int) -> bool:
    """Whether it is above zero and under the threshold."""
    return 0 < number < SMALLEST_SHOWN


@dataclass(frozen=True)
class ShownCount:
    """A number as far as it may be shown: exact, or a bound."""

    number: int
    """Exact, or the bound."""
    sign: str = ""
    """`<`, `>` or `≥` before a bound."""

    def said(self, say: Speech) -> str:
        """As text: `12`, `under 5`, `over 95`, `some`."""
        number = say.number(self.number)
        return say.plain(_BOUNDS[self.sign], number=number) if self.sign else number

    def counted(self, say: Speech) -> str | int:
        """For a sentence with a plural: the number if it is exact, else the text of the bound."""
        return self.said(say) if self.sign else self.number

    @property
    def cell(self) -> int | str:
        """For a table: the number if it is exact, else sign and bound."""
        return f"{self.sign}{self.number}" if self.sign else self.number


_BOUNDS = {"<": "told-under", ">": "told-over", "≥": "told-some"}
_UNDER = ShownCount(SMALLEST_SHOWN, "<")
NOBODY = ShownCount(0)
SOME = ShownCount(1, "≥")
"""At least one; the number is not shown."""


def alone(number: int) -> ShownCount:
    """A number that is not part of a shown whole."""
    return _UNDER if is_small(number) else ShownCount(number)


def part(number: int, whole: int) -> ShownCount:
    """A part of a known whole: shown only if neither it nor the rest is small."""
    if is_small(number):
        return _UNDER
    return (
        ShownCount(whole - SMALLEST_SHOWN, ">") if is_small(whole - number) else ShownCount(number)
    )


def hidden(parts: Mapping[K, int], wholes: Mapping[K, int] | None = None) -> set[K]:
    """Which parts of a shown whole must be suppressed, so that none can be computed by subtraction.

    With `wholes`, each part is itself a part of one of them. If any is hidden, at least two are, which
    together are not small; if that is impossible, all are.
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
    return (
        small
        if (not small or (len(small) > 1 and sum(parts[key] for key in small) >= SMALLEST_SHOWN))
        else set(parts)
    )
