"""Polls Telegram for updates, where the bot has no public address for a webhook."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods.base import TelegramMethod

from bot.intake.input_sanitizing import NotAnUpdate
from bot.intake.poll_loop import Receive, poll_forever
from bot.telegram import updates
from bot.telegram.errors import translate
from handlers.messages import Incoming
from storage.database import Clock

log = structlog.stdlib.get_logger()


_BATCH = 100


class GetRawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` with unparsed updates: one that aiogram cannot parse must not block the others.

    https://core.telegram.org/bots/api#getupdates
    """

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None
    limit: int
    timeout: int
    allowed_updates: list[str]


class Polling:
    """Confirms an update to Telegram only after it is stored.

    See docs/decisions/0020-durable-inbox.md.
    """

    def __init__(self, bot: Bot, receive: Receive, clock: Clock, timeout_s: int) -> None:
        self._bot = bot
        self._receive = receive
        self._clock = clock
        self._timeout_s = timeout_s
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`; errors of Telegram or of the database are retried."""
        await poll_forever(stop, self._step, "polling Telegram failed, retrying")

    async def _step(self) -> None:
        """One poll; the offset of the next one confirms these updates."""
        raw = await self._fetch()
        found = [self._read(one) for one in raw]
        await self._receive([one for one in found if one is not None])
        if raw:
            self._offset = _last_number(raw) + 1

    def _read(self, raw: object) -> Incoming | None:
        try:
            return updates.read(raw, self._clock)
        except NotAnUpdate:
            log.warning("an invalid update was skipped")
            return None

    async def _fetch(self) -> list[Any]:
        question = GetRawUpdates(
            offset=self._offset,
            limit=_BATCH,
            timeout=self._timeout_s,
            allowed_updates=list(updates.WANTED),
        )
        with translate():
            return await self._bot(question, request_timeout=self._timeout_s + 10)


def _last_number(raw: Sequence[object]) -> int:
    """The highest `update_id`; Telegram returns updates in ascending order.

    Raises:
        NotAnUpdate: none has one, so that nothing can be confirmed.
    """
    for one in reversed(raw):
        with suppress(NotAnUpdate):
            return updates.number_of(one)
    raise NotAnUpdate("an update has a number")
