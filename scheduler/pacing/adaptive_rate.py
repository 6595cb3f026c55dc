"""Adaptive rate limit of an account, learnt from its 429s: AIMD, as TCP's congestion control.

Multiplicative decrease, additive increase.
"""

from math import inf

_DECREASE = 0.75
"""The factor of a decrease."""
_INCREASE_EVERY_S = 30.0
"""Seconds without a 429 for each increase."""
_STEPS = 20
"""Increases from zero to the ceiling; each adds at least one message a second."""


class AdaptiveRate:
    """Decreases at once with a 429, and increases slowly without one.

    A rate just below the limit is found again after each decrease, while a rate that stays too high
    would get one 429 after the other.
    """

    def __init__(self, ceiling: int) -> None:
        self._ceiling = ceiling
        self._step = max(1, ceiling // _STEPS)
        self._decreased_to = ceiling
        self._increase_from = -inf

    def current(self, now: float) -> int:
        """Messages a second, from one to the ceiling."""
        if self._decreased_to == self._ceiling:
            return self._ceiling
        steps = max(0, int((now - self._increase_from) // _INCREASE_EVERY_S))
        return min(self._ceiling, self._decreased_to + steps * self._step)

    def decrease(self, now: float, halted_until: float) -> None:
        """After a 429 that halts the account until `halted_until`."""
        self._decreased_to = max(1, int(self.current(now) * _DECREASE))
        self._increase_from = halted_until
