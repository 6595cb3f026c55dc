"""How many copies are in which state, as far as it may be told: the same on every screen.

The whole is known, so a small number is told neither itself nor by what would be left of the whole:
reasons are told together, then with what waits, then not at all. Only whether there are copies that
failed or that may not have arrived is always told, since officers have to act on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.views.small_counts import NOBODY, SMALLEST_SHOWN, SOME, ShownCount, is_small
from storage.models import DeliveryState, Remedy
from storage.outbox.deliveries import OPEN

Kind = DeliveryState | Remedy
Counts = Mapping[DeliveryState, int]

_S = DeliveryState
NOT_REACHED = (_S.GONE, _S.FAILED, _S.UNCERTAIN, _S.CANCELLED)
_TO_ACT_ON = frozenset({_S.FAILED, _S.UNCERTAIN})


@dataclass(frozen=True)
class ShownCopies:
    """The copies of one mailing."""

    whole: int
    done: ShownCount
    waiting: ShownCount
    not_reached: ShownCount
    each: Mapping[Kind, ShownCount]
    """Of what is told apart; of the rest, only whether there are any that failed or are uncertain."""
    is_exact: bool
    """Whether nothing of it is held back."""

    @property
    def is_few(self) -> bool:
        """So few that nothing is told apart."""
        return 0 < self.whole < SMALLEST_SHOWN

    @property
    def arrived(self) -> ShownCount:
        """Copies that members have or may have."""
        uncertain = self.each.get(_S.UNCERTAIN, NOBODY)
        if not self.done.sign and not uncertain.sign:
            return ShownCount(self.done.number + uncertain.number)
        if not self.done.sign:
            return ShownCount(self.done.number, ">")
        return SOME if self.done.sign == "<" else self.done

    def through(self, *, given_up: bool) -> int:
        """How far the bar reaches, of `whole`; where the rest was given up, it stays where it was."""
        if not self.waiting.sign and not given_up:
            return self.whole - self.waiting.number
        if self.is_exact:
            return self.whole - self.waiting.number - self.each[_S.CANCELLED].number
        return self.done.number if self.done.sign in ("", ">") else 0


def shown_copies(counts: Counts) -> ShownCopies:
    """The copies of something that is sent."""
    return shown_parts(
        {_S.SENT: counts.get(_S.SENT, 0)},
        sum(counts.get(state, 0) for state in OPEN),
        {state: counts.get(state, 0) for state in NOT_REACHED},
    )


def shown_parts(done: Mapping[Kind, int], waiting: int, others: Mapping[Kind, int]) -> ShownCopies:
    """What may be told of the copies that are done, that wait, and that were not reached."""
    treated, missed = sum(done.values()), sum(others.values())
    whole = treated + waiting + missed
    if not _has_small(treated, waiting, missed):
        split = {**_apart(done), **_apart(others)}
        is_exact = len(split) == len(done) + len(others)
        return ShownCopies(
            whole,
            ShownCount(treated),
            ShownCount(waiting),
            ShownCount(missed),
            _flags(others) | split,
            is_exact,
        )
    if whole < SMALLEST_SHOWN:
        under = ShownCount(SMALLEST_SHOWN, "<")
        return ShownCopies(whole, under, _some(waiting), under, _flags(others), is_exact=False)
    if not is_small(treated) and waiting and missed and waiting + missed >= SMALLEST_SHOWN:
        each = _flags(others) | _apart(done)
        return ShownCopies(whole, ShownCount(treated), SOME, SOME, each, is_exact=False)
    known = _bound(treated, whole)
    left = ShownCount(SMALLEST_SHOWN, "<") if known.sign == ">" and not waiting else _some(missed)
    return ShownCopies(whole, known, _some(waiting), left, _flags(others), is_exact=False)


def _has_small(*numbers: int) -> bool:
    return any(map(is_small, numbers))


def _apart(parts: Mapping[Kind, int]) -> dict[Kind, ShownCount]:
    """Each part, unless one of them is too small."""
    if _has_small(*parts.values()):
        return {}
    return {kind: ShownCount(number) for kind, number in parts.items()}


def _flags(parts: Mapping[Kind, int]) -> dict[Kind, ShownCount]:
    return {kind: _some(number) for kind, number in parts.items() if kind in _TO_ACT_ON}


def _some(number: int) -> ShownCount:
    return SOME if number else NOBODY


def _bound(number: int, whole: int) -> ShownCount:
    """A part of which either it or the rest is small; in a small whole not even which of them."""
    if whole < 2 * SMALLEST_SHOWN:
        return SOME
    return (
        ShownCount(SMALLEST_SHOWN, "<")
        if is_small(number)
        else ShownCount(whole - SMALLEST_SHOWN, ">")
    )
