"""Flood control: an inbound rate limit for each chat, a token bucket that may run into debt.

Counted by the keyed hash of the chat, in memory only, and forgotten once the bucket is full again.
Several processes each allow the whole rate. The time of sending counts, so that the messages of an
hour in which the bot was down are no flood.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

_DEBT_MAX_S = 10.0
"""The debt never exceeds what this many seconds refill."""


@dataclass(frozen=True)
class FloodSettings:
    """The limit of one chat: `burst` updates at once, and `per_second` in the long run."""

    burst: int = 60
    per_second: float = 2.0


class FloodVerdict(Enum):
    """What to do with one update."""

    ALLOW = auto()
    WARN = auto()
    """Over the limit; the person is told, once until the bucket is full again."""
    DROP = auto()
    """Over the limit, and the person was told."""


@dataclass
class _Bucket:
    tokens: float
    at: datetime
    warned: bool = False


class FloodControl:
    """One token bucket for each chat; an update costs one token."""

    def __init__(self, settings: FloodSettings) -> None:
        self._burst = float(settings.burst)
        self._per_second = settings.per_second
        self._min_tokens = -_DEBT_MAX_S * settings.per_second
        self._full_after = timedelta(seconds=settings.burst / settings.per_second + _DEBT_MAX_S)
        self._buckets: dict[bytes, _Bucket] = {}

    def check(self, chat: bytes, at: datetime) -> FloodVerdict:
        """Counts one update of `chat`, sent at `at`."""
        bucket = self._refill(self._buckets.pop(chat, _Bucket(self._burst, at)), at)
        self._buckets[chat] = bucket
        self._forget_full(bucket.at)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return FloodVerdict.ALLOW
        bucket.tokens = max(bucket.tokens - 1, self._min_tokens)
        was_warned, bucket.warned = bucket.warned, True
        return FloodVerdict.DROP if was_warned else FloodVerdict.WARN

    def _refill(self, bucket: _Bucket, at: datetime) -> _Bucket:
        """Refills the bucket up to this time. A clock that was set back adds no tokens."""
        tokens = min(
            self._burst,
            bucket.tokens + max(0.0, (at - bucket.at).total_seconds()) * self._per_second,
        )
        return _Bucket(tokens, max(bucket.at, at), bucket.warned and tokens < self._burst)

    def _forget_full(self, now: datetime) -> None:
        """Removes full buckets; they are ordered by their last update."""
        oldest = next(iter(self._buckets))
        while now - self._buckets[oldest].at > self._full_after:
            del self._buckets[oldest]
            oldest = next(iter(self._buckets))
