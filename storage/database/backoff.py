"""Exponential back-off: how long every retry of the project waits before the next attempt.

It lies at the bottom of the layers, since each of them retries something.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

_DOUBLINGS_MAX: Final = 32
"""Keeps the power small; every cap in use is reached long before."""


@dataclass(frozen=True)
class Backoff:
    """Delays that double with every failed attempt, from `first_s` up to `max_s` seconds."""

    first_s: float
    max_s: float

    def delay_s(self, failures: int) -> float:
        """How long to wait after this many failures before the one just seen (0 after the first)."""
        return self.capped(self.first_s * 2.0 ** min(failures, _DOUBLINGS_MAX))

    def capped(self, seconds: float) -> float:
        """A delay from elsewhere, kept between `first_s` and `max_s`."""
        return min(self.max_s, max(self.first_s, seconds))

    def delays(self) -> Iterator[float]:
        """One delay for each retry, without end."""
        return map(self.delay_s, count())

    def delays_within(self, total_s: float) -> Iterator[float]:
        """One delay for each retry, as long as their sum stays below `total_s`."""
        spent_s = 0.0
        for delay_s in self.delays():
            spent_s += delay_s
            if spent_s >= total_s:
                return
            yield delay_s


def with_jitter(seconds: float, random: Callable[[], float]) -> float:
    """Between half of the delay and all of it, so that many retries do not come at the same time.

    `random` gives a number from 0 to 1.
    """
    return seconds * (0.5 + random() / 2)
