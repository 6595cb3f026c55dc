"""Retry policy: the next state of a delivery after one attempt, one case for each class of error.

Retries use exponential back-off with jitter; a rate limit (429) is waited for as long as it says.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.messages import (
    BalanceSpent,
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
    WindowClosed,
)
from scheduler.settings import DeliverySettings
from storage.database.backoff import Backoff, with_jitter
from storage.models import DeliveryState
from storage.outbox.deliveries import Claimed, Result

_BACKOFF = Backoff(first_s=2.0, max_s=300.0)
_TEMPORARILY_REJECTED_DELAY = timedelta(days=1)
_MOVES_MAX = 3
"""A chat whose id changes more often than this is moved in a circle."""


@dataclass(frozen=True)
class RetryPolicy:
    """Decides by the class of the error alone, never by its text."""

    settings: DeliverySettings
    random: Callable[[], float] = random.random
    """From 0 to 1; the jitter of the back-off."""

    def arrived(self, row: Claimed, message_ids: list[str]) -> Result:
        """The messenger took it."""
        return Result(row.id, DeliveryState.SENT, message_ids=tuple(message_ids))

    def failed(
        self, row: Claimed, error: Exception, now: datetime, *, down_for_s: float = 0.0
    ) -> Result:
        """The state after an error. One that is no `MessengerError` leaves the delivery uncertain.

        `down_for_s`: for how many seconds no call has reached the messenger.
        """
        tries = row.attempts + 1
        match error:
            case RateLimited():
                wait = timedelta(seconds=error.retry_after_s)
                result = self._retry(row, error, now + wait, counted=False)
            case TokenRefused():
                result = self._retry(row, error, now, counted=False)
            case Unreachable():
                # Waits as long as the outage has lasted: seconds for a short one, minutes for a long.
                wait = self._jitter(_BACKOFF.capped(down_for_s))
                result = self._retry(row, error, now + wait, counted=False)
            case ServerError() if tries < self.settings.server_tries:
                wait = self._jitter(_BACKOFF.delay_s(tries))
                result = self._retry(row, error, now + wait)
            case TemporarilyRejected() if tries < self.settings.not_now_tries:
                result = self._retry(row, error, now + _TEMPORARILY_REJECTED_DELAY)
            case QuotaSpent():
                result = self._retry(row, error, error.at, counted=False)
            case Moved() if tries < _MOVES_MAX:
                result = self._retry(row, error, now)
            case NotSent():
                result = Result(row.id, _given_up(error), reason=_reason(error))
            case _:
                result = Result(row.id, DeliveryState.UNCERTAIN, reason=_reason(error))
        return result

    def never_sent(self, row: Claimed, not_before: datetime | None = None) -> Result:
        """The rate limiter gave no slot in time: queued again, without counting an attempt."""
        return Result(row.id, DeliveryState.QUEUED, not_before=not_before, counted=False)

    def unreadable(self, row: Claimed) -> Result:
        """The stored message cannot be parsed; nothing was sent."""
        return Result(row.id, DeliveryState.FAILED, reason="the message cannot be read")

    def _retry(
        self, row: Claimed, error: MessengerError, at: datetime, *, counted: bool = True
    ) -> Result:
        return Result(
            row.id, DeliveryState.QUEUED, reason=_reason(error), not_before=at, counted=counted
        )

    def _jitter(self, seconds: float) -> timedelta:
        return timedelta(seconds=with_jitter(seconds, self.random))


def _given_up(error: NotSent) -> DeliveryState:
    """The state after an error that another try would meet again."""
    if isinstance(error, RecipientGone):
        return DeliveryState.GONE
    waits = isinstance(error, WindowClosed | BalanceSpent)
    return DeliveryState.NOT_NOW if waits else DeliveryState.FAILED


def _reason(error: Exception) -> str:
    # An error of another library may quote the message's text, so only its class is stored.
    text = str(error) if isinstance(error, MessengerError) else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
