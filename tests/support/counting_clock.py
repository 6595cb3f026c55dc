"""A clock that counts its readings, by which a test sees that somebody waits and looks again."""

from datetime import datetime

from storage.database import Clock


class CountingClock:
    """The time of another clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.times = 0
        """How often it was read."""

    def now(self) -> datetime:
        """The time of the other clock."""
        self.times += 1
        return self._clock.now()
