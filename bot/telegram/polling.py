"""Asking Telegram for news, where no webhook can be reached."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods.base import TelegramMethod

from bot.telegram import updates
from bot.telegram.refusals import in_our_words
from handlers.messages import Incoming, SlowDown, TokenRefused
from storage.clock import Clock

log = structlog.stdlib.get_logger()

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_TOKEN_PAUSE_S = 60.0
_BATCH = 100


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates`, unread: one update that aiogram cannot read must not hold up the others.

    https://core.telegram.org/bots/api#getupdates
    """

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None
    limit: int
    timeout: int
    allowed_updates: list[str]


class Polling:
    """Confirms an update to Telegram only after it is written down (decision 8)."""

    def __init__(self, bot: Bot, receive: Receive, clock: Clock, timeout_s: int) -> None:
        self._bot = bot
        self._receive = receive
        self._clock = clock
        self._timeout_s = timeout_s
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Receives until `stop`; no trouble of Telegram's or the database's ends it."""
        async with asyncio.TaskGroup() as tasks:
            polling = tasks.create_task(self._poll())
            await stop.wait()
            polling.cancel()

    async def _poll(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                await self._step()
                pause_s = _FIRST_PAUSE_S
            except Exception as error:  # noqa: BLE001 - the bot must not go deaf for any reason
                log.warning("no news could be received", kind=type(error).__name__)
                await asyncio.sleep(_pause_after(error, pause_s))
                pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _step(self) -> None:
        """One question; the next one confirms what this one brought."""
        raw = await self._fetch()
        found = [updates.read(one, self._clock) for one in raw]
        await self._receive([one for one in found if one is not None])
        if raw:
            self._offset = updates.number_of(raw[-1]) + 1

    async def _fetch(self) -> list[dict[str, Any]]:
        question = GetRawUpdates(
            offset=self._offset,
            limit=_BATCH,
            timeout=self._timeout_s,
            allowed_updates=list(updates.WANTED),
        )
        with in_our_words():
            return await self._bot(question, request_timeout=self._timeout_s + 10)


def _pause_after(error: Exception, usual_s: float) -> float:
    match error:
        case SlowDown():
            return max(usual_s, error.retry_after_s)
        case TokenRefused():
            return _TOKEN_PAUSE_S
        case _:
            return usual_s
