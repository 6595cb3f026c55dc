"""Parts of a whole in their order, of which none is about fewer than five people.

A part that is too small is joined with its neighbour, so that every number can be shown and the parts
still add up to the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.views.small_counts import is_small


@dataclass(frozen=True)
class JoinedPart:
    """One shown number, of one or several parts."""

    names: tuple[str, ...]
    number: int


def joined(parts: Sequence[tuple[str, int]]) -> list[JoinedPart]:
    """The parts, small ones joined with the nearest that is not empty; empty ones stay alone.

    Where the whole is too small, one part of all is left.
    """
    shown = [JoinedPart((name,), number) for name, number in parts]
    while (at := _first_small(shown)) is not None and (other := _neighbour(shown, at)) is not None:
        first, second = sorted((at, other))
        both = JoinedPart(
            shown[first].names + shown[second].names, shown[first].number + shown[second].number
        )
        between = shown[first + 1 : second]
        shown = [*shown[:first], both, *between, *shown[second + 1 :]]
    return shown


def _first_small(parts: Sequence[JoinedPart]) -> int | None:
    return next((at for at, part in enumerate(parts) if is_small(part.number)), None)


def _neighbour(parts: Sequence[JoinedPart], at: int) -> int | None:
    """The nearest part with people in it, of two as near the earlier one."""
    others = [other for other, part in enumerate(parts) if part.number and other != at]
    return min(others, key=lambda other: (abs(other - at), other), default=None)
