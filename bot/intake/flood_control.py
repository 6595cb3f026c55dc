"""Somebody who writes faster than a person does is left unanswered until they have rested.

Counted by the keyed hash of the chat, in this process's memory only, and forgotten once the chat has
rested: nothing of it is stored. Several processes each allow the whole rate. What counts is when a
thing was said, so that the mail of an hour in which the bot was down is no flood.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

_DEBT_MAX_S = 10.0
"""However much somebody wrote too much, it is made good by resting this long."""


@dataclass(frozen=True)
class FloodSettings:
    """What one chat may send: `burst` at once, and `per_second` in the long run."""

    burst: int = 60
    per_second: float = 2.0


class FloodVerdict(Enum):
    """What becomes of one update."""

    ALLOW = auto()
    WARN = auto()
    """Too much; the person hears so, once until they have rested."""
    DROP = auto()
    """Too much, and they have been told."""


@dataclass
class _Chat:
    left: float
    at: datetime
    told: bool = False


class FloodControl:
    """Counts what each chat sends; a bucket that may run into debt."""

    def __init__(self, settings: FloodSettings) -> None:
        self._burst = float(settings.burst)
        self._per_second = settings.per_second
        self._deepest = -_DEBT_MAX_S * settings.per_second
        self._rest = timedelta(seconds=settings.burst / settings.per_second + _DEBT_MAX_S)
        self._chats: dict[bytes, _Chat] = {}

    def check(self, chat: bytes, at: datetime) -> FloodVerdict:
        """Counts one update of `chat`, sent at `at`."""
        seen = self._refill(self._chats.pop(chat, _Chat(self._burst, at)), at)
        self._chats[chat] = seen
        self._forget_refilled(seen.at)
        if seen.left >= 1:
            seen.left -= 1
            return FloodVerdict.ALLOW
        seen.left = max(seen.left - 1, self._deepest)
        told, seen.told = seen.told, True
        return FloodVerdict.DROP if told else FloodVerdict.WARN

    def _refill(self, seen: _Chat, at: datetime) -> _Chat:
        """As it stands now. A clock that went back gives nothing."""
        rested_s = max(0.0, (at - seen.at).total_seconds())
        left = min(self._burst, seen.left + rested_s * self._per_second)
        return _Chat(left, max(seen.at, at), seen.told and left < self._burst)

    def _forget_refilled(self, now: datetime) -> None:
        """Those who wrote longest ago stand first."""
        oldest = next(iter(self._chats))
        while now - self._chats[oldest].at > self._rest:
            del self._chats[oldest]
            oldest = next(iter(self._chats))
