"""The errors a messenger may raise while sending, and whether trying again can help:

MessengerError
├── NotSent                   it certainly did not arrive
│   ├── Unreachable           no connection was made: try again
│   ├── RateLimited           too fast: wait `retry_after_s`, then try again
│   ├── ServerError           the messenger failed (5xx): try again, a few times
│   ├── TemporarilyRejected   the member cannot receive messages now: try again tomorrow
│   ├── QuotaSpent            the quota of the account is used up: try again `at`
│   ├── WindowClosed          the account may write only after the person wrote again
│   ├── BalanceSpent          it would cost money, and the account has none left
│   ├── Moved                 the chat has a new id: try there
│   ├── RecipientGone         blocked, deactivated, no such chat: do not try again
│   ├── Refused               the message itself is refused: do not try again
│   └── TokenRefused          the account is refused: stop, and raise an alarm
└── DeliveryUncertain         the request was sent and no answer came: never retry by itself
"""

from datetime import datetime
from typing import ClassVar


class MessengerError(Exception):
    """A call to the messenger failed."""

    retryable: ClassVar[bool] = False


class NotSent(MessengerError):
    """It certainly did not arrive."""


class Unreachable(NotSent):
    """No connection to the messenger was made."""

    retryable = True


class RateLimited(NotSent):
    """The messenger asks to wait, for this chat or for the whole account (429)."""

    retryable = True

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"asked to wait {retry_after_s:g} s")
        self.retry_after_s = retry_after_s


class ServerError(NotSent):
    """The messenger failed (5xx)."""

    retryable = True


class TemporarilyRejected(NotSent):
    """The member cannot receive messages now."""

    retryable = True


class QuotaSpent(NotSent):
    """The quota of the account is used up; it is renewed `at` a certain time."""

    retryable = True

    def __init__(self, at: datetime) -> None:
        super().__init__("this month's messages are used up")
        self.at = at


class WindowClosed(NotSent):
    """The platform lets the account write again only after the person's next message."""


class BalanceSpent(NotSent):
    """A paid message, and the account has no money or credit for it."""


class Moved(NotSent):
    """The chat has a new id."""

    retryable = True

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has a new id")
        self.chat = chat


class RecipientGone(NotSent):
    """Blocked, deactivated, or no such chat."""


class Refused(NotSent):
    """The messenger refuses this message, and would refuse it again."""


class TokenRefused(NotSent):
    """The account's token is not accepted."""


class DeliveryUncertain(MessengerError):
    """The request was sent and no answer came, so the message may have arrived."""
