"""The pace of the account, where python-telegram-bot asks for one.

Who sends a message waits for its turn before the messenger is called, as on Telegram. What one message
needs beyond its first call (the rest of a long text) waits here, over the same pace.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import BaseRateLimiter

from scheduler.pacing.limiter import RateLimiter

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class PaceLimiter(BaseRateLimiter[int]):
    """`rate_limit_args` is the lane to wait in; None has had its turn already."""

    def __init__(self, pace: RateLimiter) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing is opened: the pace belongs to whoever wired it."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        if rate_limit_args is not None:
            await self._pace.acquire(rate_limit_args, str(data["chat_id"]))
        return await callback(*args, **kwargs)
