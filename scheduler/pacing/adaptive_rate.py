"""How many messages a second the messenger bears, learnt from when it asks for rest."""

from math import inf

_LOWERED = 0.75
"""What is left of the rate once the messenger has asked for rest."""
_QUIET_S = 30.0
"""How long it has to be quiet for each step up."""
_STEPS = 20
"""Steps from nothing to the ceiling; each raises the rate by one at least."""


class AdaptiveRate:
    """Falls at once when the messenger asks for rest, and rises slowly while it does not."""

    def __init__(self, ceiling: int) -> None:
        self._ceiling = ceiling
        self._step = max(1, ceiling // _STEPS)
        self._lowered_to = ceiling
        self._quiet_from = -inf

    def current(self, now: float) -> int:
        """Messages a second at this moment; from one to the ceiling."""
        if self._lowered_to == self._ceiling:
            return self._ceiling
        steps = max(0, int((now - self._quiet_from) // _QUIET_S))
        return min(self._ceiling, self._lowered_to + steps * self._step)

    def decrease(self, now: float, quiet_from: float) -> None:
        """The messenger asks for rest now, until `quiet_from`."""
        self._lowered_to = max(1, int(self.current(now) * _LOWERED))
        self._quiet_from = quiet_from
