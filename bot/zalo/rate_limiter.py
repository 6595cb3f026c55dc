"""The account's rate limiter as python-telegram-bot's `BaseRateLimiter`.

Callers acquire a slot before they call the messenger, as on Telegram. Only the further calls of one
message (the rest of a long text) acquire theirs here.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import BaseRateLimiter

from scheduler.pacing.limiter import RateLimiter

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class SharedRateLimiter(BaseRateLimiter[int]):
    """`rate_limit_args` is the lane of a further call; None when its slot is acquired already."""

    def __init__(self, rate_limiter: RateLimiter) -> None:
        self._rate_limiter = rate_limiter

    async def initialize(self) -> None:
        """Does nothing; the interface of python-telegram-bot requires it."""

    async def shutdown(self) -> None:
        """Does nothing; the interface of python-telegram-bot requires it."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Acquires a slot when a lane is given, then makes the call."""
        if rate_limit_args is not None:
            await self._rate_limiter.acquire(rate_limit_args, str(data["chat_id"]))
        return await callback(*args, **kwargs)
