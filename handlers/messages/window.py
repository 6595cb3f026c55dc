"""The messaging window of a platform that limits when an account may write to a person first."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True)
class MessagingWindow:
    """How long after a person's last interaction the account may write to them."""

    free_for: timedelta
    """Until when messages are free."""
    open_for: timedelta
    """Until when messages are possible; beyond `free_for` they are taken from a quota or paid."""


class Charge(StrEnum):
    """How the platform charged one message."""

    FREE = "free"
    QUOTA = "quota"
    """Taken from the messages of the account's package."""
    PAID = "paid"
