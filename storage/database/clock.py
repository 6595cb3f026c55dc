"""The clock; injected, so that tests and the demo can set the time."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The system clock."""

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)
