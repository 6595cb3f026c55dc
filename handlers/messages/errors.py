"""The errors a messenger may raise while sending, and whether trying again can help:

MessengerError
├── NotSent                 it certainly did not arrive
│   ├── Unreachable         no connection was made: try again
│   ├── RateLimited            too fast: wait `retry_after_s`, then try again
│   ├── ServerError       the messenger failed (5xx): try again, a few times
│   ├── TemporarilyRejected              the member cannot be written to at the moment: try again tomorrow
│   ├── QuotaSpent          the account may send no more for now: try again `at`
│   ├── Moved               the chat has a new id: try there
│   ├── RecipientGone       blocked, deactivated, no such chat: do not try again
│   ├── Refused             the message itself is refused: do not try again
│   └── TokenRefused        the account is refused: stop, and call a person
└── DeliveryUncertain             it left this machine and no answer came: never try again unasked
"""

from datetime import datetime
from typing import ClassVar


class MessengerError(Exception):
    """The messenger did not do what it was asked."""

    retryable: ClassVar[bool] = False


class NotSent(MessengerError):
    """It certainly did not arrive."""


class Unreachable(NotSent):
    """No connection to the messenger was made."""

    retryable = True


class RateLimited(NotSent):
    """The messenger asks to wait: this chat, or everyone on the account."""

    retryable = True

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"asked to wait {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


class ServerError(NotSent):
    """The messenger failed by itself (5xx)."""

    retryable = True


class TemporarilyRejected(NotSent):
    """The member cannot be written to at the moment."""

    retryable = True


class QuotaSpent(NotSent):
    """The account has sent all it may; there is more at a certain time."""

    retryable = True

    def __init__(self, at: datetime) -> None:
        super().__init__("this month's messages are used up")
        self.at = at


class Moved(NotSent):
    """The chat has a new id."""

    retryable = True

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has a new id")
        self.chat = chat


class RecipientGone(NotSent):
    """Blocked, deactivated, or no such chat."""


class Refused(NotSent):
    """The messenger refuses this message, and would again."""


class TokenRefused(NotSent):
    """The account's token is not accepted."""


class DeliveryUncertain(MessengerError):
    """The call left this machine and no answer came back."""
