"""What becomes of a delivery after one try: one row for each class of error."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.messages import (
    MessengerError,
    Moved,
    NotSent,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
    Unreachable,
)
from scheduler.settings import DeliverySettings
from storage.models import DeliveryState
from storage.outbox.deliveries import Claimed, Result

_FIRST_BACKOFF_S = 2.0
_LONGEST_BACKOFF_S = 300.0
_NOT_NOW_AGAIN = timedelta(days=1)
_MOVES = 3
"""A chat that moves more often than this moves in circles."""


@dataclass(frozen=True)
class RetryPolicy:
    """Decides from the kind of error alone, never from its text."""

    settings: DeliverySettings
    random: Callable[[], float] = random.random
    """From 0 to 1; spreads tries out, so that a crowd does not come back at once."""

    def arrived(self, row: Claimed, message_ids: list[str]) -> Result:
        """The messenger took it."""
        return Result(row.id, DeliveryState.SENT, message_ids=tuple(message_ids))

    def failed(
        self, row: Claimed, error: Exception, now: datetime, *, down_for_s: float = 0.0
    ) -> Result:
        """It did not arrive, or nobody knows. What is no messenger's error is of unknown fate.

        `down_for_s` is how long the messenger has been out of reach for everybody.
        """
        tries = row.attempts + 1
        match error:
            case RateLimited():
                wait = timedelta(seconds=error.retry_after_s)
                result = self._retry(row, error, now + wait, counted=False)
            case TokenRefused():
                result = self._retry(row, error, now, counted=False)
            case Unreachable():
                # As long again as it has lasted already: seconds for a hiccup, minutes for an outage.
                wait = self._jitter(max(_FIRST_BACKOFF_S, down_for_s))
                result = self._retry(row, error, now + wait, counted=False)
            case ServerError() if tries < self.settings.server_tries:
                wait = self._jitter(_FIRST_BACKOFF_S * 2.0**tries)
                result = self._retry(row, error, now + wait)
            case TemporarilyRejected() if tries < self.settings.not_now_tries:
                result = self._retry(row, error, now + _NOT_NOW_AGAIN)
            case QuotaSpent():
                result = self._retry(row, error, error.at, counted=False)
            case Moved() if tries < _MOVES:
                result = self._retry(row, error, now)
            case RecipientGone():
                result = Result(row.id, DeliveryState.GONE, reason=_reason(error))
            case NotSent():
                result = Result(row.id, DeliveryState.FAILED, reason=_reason(error))
            case _:
                result = Result(row.id, DeliveryState.UNCERTAIN, reason=_reason(error))
        return result

    def never_sent(self, row: Claimed, not_before: datetime | None = None) -> Result:
        """Its turn did not come in time: back into the queue as if nothing had been."""
        return Result(row.id, DeliveryState.QUEUED, not_before=not_before, counted=False)

    def unreadable(self, row: Claimed) -> Result:
        """The message itself is damaged; nothing was sent."""
        return Result(row.id, DeliveryState.FAILED, reason="the message cannot be read")

    def _retry(
        self, row: Claimed, error: MessengerError, at: datetime, *, counted: bool = True
    ) -> Result:
        return Result(
            row.id, DeliveryState.QUEUED, reason=_reason(error), not_before=at, counted=counted
        )

    def _jitter(self, seconds: float) -> timedelta:
        return timedelta(seconds=min(_LONGEST_BACKOFF_S, seconds) * (0.5 + self.random() / 2))


def _reason(error: Exception) -> str:
    # What is no messenger's error may carry a message's text, so only its kind is kept.
    text = str(error) if isinstance(error, MessengerError) else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
