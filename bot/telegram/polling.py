"""Asking Telegram for news, where no webhook can be reached."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiogram import Bot
from aiogram.methods.base import TelegramMethod

from bot.asking import ask_until
from bot.telegram import updates
from bot.telegram.refusals import in_our_words
from handlers.messages import Incoming
from storage.clock import Clock

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]

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
        await ask_until(stop, self._step, "no news could be received")

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
