"""The number of calls that the account may make in one minute of the sandbox's clock."""

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.settings import OaSettings
from bot.sandbox.transport import OaError

LIMIT_HEADER, REMAIN_HEADER = "X-RateLimit-Limit", "X-RateLimit-Remain"
_MINUTE_S = 60


class CallLimit:
    """Calls of the current minute."""

    def __init__(self, clock: Clock, settings: OaSettings) -> None:
        self._clock = clock
        self._settings = settings
        self._minute = 0
        self._calls = 0

    def count(self) -> None:
        """Counts one call; OaError (-32) past the limit of this minute."""
        minute = int(self._clock.now_s() // _MINUTE_S)
        if minute != self._minute:
            self._minute, self._calls = minute, 0
        self._calls += 1
        if 0 < self._settings.calls_per_minute < self._calls:
            raise OaError(-32)

    def headers(self) -> dict[str, str]:
        """The two headers of every answer; none without a limit."""
        limit = self._settings.calls_per_minute
        if not limit:
            return {}
        return {LIMIT_HEADER: str(limit), REMAIN_HEADER: str(max(0, limit - self._calls))}
