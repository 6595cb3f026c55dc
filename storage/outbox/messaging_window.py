"""The messaging window: how long after a person's last interaction an account may write to them.

See docs/decisions/0037-messaging-windows.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_CLOSES_EARLY = timedelta(minutes=1)
"""How much earlier than the platform each period is taken to end: the clocks may differ, and a message
waits for the rate limiter after its price was reserved."""


class Charge(StrEnum):
    """How the platform charged one message."""

    FREE = "free"
    QUOTA = "quota"
    """Taken from the messages of the account's package."""
    PAID = "paid"


class WindowPhase(StrEnum):
    """What the account may do for one person now."""

    FREE = "free"
    CHARGED = "charged"
    """It may write; the message is taken from the quota, or paid for."""
    CLOSED = "closed"
    """It may not write until the person's next message."""


@dataclass(frozen=True)
class MessagingWindow:
    """How long after a person's last interaction the account may write to them."""

    free_for: timedelta
    """Until when messages are free."""
    open_for: timedelta
    """Until when messages are possible; beyond `free_for` they are taken from a quota or paid."""

    def phase(self, last_interaction: datetime | None, now: datetime) -> WindowPhase:
        """The phase for a person; closed if their last interaction is unknown."""
        if last_interaction is None:
            return WindowPhase.CLOSED
        age = now - last_interaction + _CLOSES_EARLY
        if age < self.free_for:
            return WindowPhase.FREE
        return WindowPhase.CHARGED if age < self.open_for else WindowPhase.CLOSED
