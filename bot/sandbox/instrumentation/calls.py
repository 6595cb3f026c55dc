"""A record of the bot's calls of the messengers' APIs, for tests and the control API."""

import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.transport import JsonObject, Parameters

LIMIT = 200_000
"""Recorded calls; beyond this the oldest is dropped."""


class Call(NamedTuple):
    """One call; `outcome` gets its HTTP status, or Zalo's error number, once it is answered."""

    seq: int
    method: str
    parameters: Parameters
    at_s: float
    elapsed_s: float
    outcome: list[int]

    def as_json(self) -> JsonObject:
        """The call as the control API shows it; `status` is null until it is answered."""
        return {
            "seq": self.seq,
            "method": self.method,
            "parameters": self.parameters.as_json(),
            "at": datetime.fromtimestamp(self.at_s, UTC).isoformat(),
            "elapsed_s": self.elapsed_s,
            "status": self.outcome[0] if self.outcome else None,
        }


class CallRecord:
    """Calls in order of arrival: `at_s` on the shared clock, `elapsed_s` in real time."""

    def __init__(self, clock: Clock, limit: int = LIMIT) -> None:
        self._clock = clock
        self._calls: deque[Call] = deque(maxlen=limit)
        self._seq = count(1)
        self._started_s = time.monotonic()

    def add(self, method: str, parameters: Parameters) -> Call:
        """Records a call whose outcome is still open; the oldest is dropped past the limit."""
        elapsed_s = time.monotonic() - self._started_s
        call = Call(next(self._seq), method, parameters, self._clock.now_s(), elapsed_s, [])
        self._calls.append(call)
        return call

    def select(self, *, method: str | None, after: int) -> Iterator[Call]:
        """Calls with a sequence number above `after`, of one method or of all."""
        wanted = method.lower() if method else None
        return (
            call
            for call in self._calls
            if call.seq > after and (wanted is None or call.method.lower() == wanted)
        )
