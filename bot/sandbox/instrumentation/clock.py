"""The clock that the sandbox and the bot share; the control API moves it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from bot.sandbox.instrumentation.notifier import Notifier
from bot.sandbox.transport import JsonObject


class Clock:
    """Real time plus `offset_s` seconds. Every move increments `version`."""

    def __init__(self, offset_s: float = 0.0, real_now: Callable[[], float] = time.time) -> None:
        self.offset_s = offset_s
        self.version = 1
        self._real_now = real_now
        self._moved = Notifier()

    def now_s(self) -> float:
        """Seconds since 1970 on this clock."""
        return self._real_now() + self.offset_s

    def timestamp(self) -> int:
        """Whole seconds since 1970, as the Bot API writes dates."""
        return int(self.now_s())

    def advance(self, seconds: float) -> None:
        """Moves the clock. Raises OverflowError when the year would leave 1 to 9999."""
        _moment(self.now_s() + seconds)
        self.offset_s += seconds
        self.version += 1
        self._moved.notify_all()

    async def moved_after(self, version: int, timeout_s: float) -> None:
        """Returns when the version exceeds `version`, or after `timeout_s` real seconds."""
        if self.version <= version:
            await self._moved.wait(timeout_s)

    def close(self) -> None:
        """Wakes everyone who waits for a move; later waits return at once."""
        self._moved.mute()

    def as_json(self) -> JsonObject:
        """The reading of the control API: `now` in ISO 8601, `offset_s`, `version`."""
        return {
            "now": _moment(self.now_s()).isoformat(),
            "offset_s": self.offset_s,
            "version": self.version,
        }


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OSError) as error:
        raise OverflowError(str(error)) from error
