"""How many copies are in which state, as far as it may be shown: the same on every screen.

The whole is known, so a small number is shown neither itself nor by the rest of the whole: reasons
are combined, then combined with waiting copies, then suppressed. Whether any copies failed or are
uncertain is always shown, since officers have to act on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.views.small_counts import NOBODY, SMALLEST_SHOWN, SOME, ShownCount, is_small
from storage.models import CorrectionOutcome, DeliveryState
from storage.outbox.deliveries import OPEN

Kind = DeliveryState | CorrectionOutcome
Counts = Mapping[DeliveryState, int]

_S = DeliveryState
NOT_REACHED = (_S.NOT_NOW, _S.GONE, _S.FAILED, _S.UNCERTAIN, _S.CANCELLED)
_TO_ACT_ON = frozenset({_S.FAILED, _S.UNCERTAIN})


@dataclass(frozen=True)
class ShownCopies:
    """The copies of one mailing."""

    whole: int
    done: ShownCount
    waiting: ShownCount
    not_reached: ShownCount
    each: Mapping[Kind, ShownCount]
    """The counts shown separately; of others only whether any failed or are uncertain."""
    is_exact: bool
    """Whether no count is suppressed."""

    @property
    def is_few(self) -> bool:
        """Whether there are too few to show separate counts."""
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
        """The length of the progress bar, of `whole`; with `given_up`, without cancelled copies."""
        if not self.waiting.sign and not given_up:
            return self.whole - self.waiting.number
        if self.is_exact:
            return self.whole - self.waiting.number - self.each[_S.CANCELLED].number
        return self.done.number if self.done.sign in ("", ">") else 0


def shown_copies(counts: Counts) -> ShownCopies:
    """The copies of a mailing by state, as far as they may be shown."""
    return shown_parts(
        {_S.SENT: counts.get(_S.SENT, 0)},
        sum(counts.get(state, 0) for state in OPEN),
        {state: counts.get(state, 0) for state in NOT_REACHED},
    )


def shown_parts(done: Mapping[Kind, int], waiting: int, others: Mapping[Kind, int]) -> ShownCopies:
    """The counts of copies done, waiting and not reached, as far as they may be shown."""
    treated, missed = sum(done.values()), sum(others.values())
    whole = treated + waiting + missed
    if not _has_small(treated, waiting, missed):
        split = {**_separate_counts(done), **_separate_counts(others)}
        return ShownCopies(
            whole,
            ShownCount(treated),
            ShownCount(waiting),
            ShownCount(missed),
            _existence(others) | split,
            len(split) == len(done) + len(others),
        )
    if whole < SMALLEST_SHOWN:
        under = ShownCount(SMALLEST_SHOWN, "<")
        return ShownCopies(
            whole, under, _some_or_none(waiting), under, _existence(others), is_exact=False
        )
    if not is_small(treated) and waiting and missed and waiting + missed >= SMALLEST_SHOWN:
        each = _existence(others) | _separate_counts(done)
        return ShownCopies(whole, ShownCount(treated), SOME, SOME, each, is_exact=False)
    lower_bound = _bound(treated, whole)
    rest = (
        ShownCount(SMALLEST_SHOWN, "<")
        if lower_bound.sign == ">" and not waiting
        else _some_or_none(missed)
    )
    return ShownCopies(
        whole, lower_bound, _some_or_none(waiting), rest, _existence(others), is_exact=False
    )


def _has_small(*numbers: int) -> bool:
    return any(map(is_small, numbers))


def _separate_counts(parts: Mapping[Kind, int]) -> dict[Kind, ShownCount]:
    """Each part, unless one of them is small."""
    if _has_small(*parts.values()):
        return {}
    return {kind: ShownCount(number) for kind, number in parts.items()}


def _existence(parts: Mapping[Kind, int]) -> dict[Kind, ShownCount]:
    return {kind: _some_or_none(number) for kind, number in parts.items() if kind in _TO_ACT_ON}


def _some_or_none(number: int) -> ShownCount:
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
