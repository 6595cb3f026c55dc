"""The lean path: what goes to many is serialised once, and each chat's id is put in (decision 5)."""

import json
import re
from http import HTTPStatus
from typing import Any, Final

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Message as TelegramMessage
from aiohttp import hdrs

from bot.telegram.refusals import in_our_words
from bot.telegram.session import Session
from handlers.messages import Address

_JSON: Final = {hdrs.CONTENT_TYPE: "application/json"}
_ARRIVED = re.compile(r'\{"ok":\s*true,\s*"result":\s*\{"message_id":\s*(\d+)')
"""How Telegram's answer begins when all is well. One that begins otherwise is read in full."""


class Bulk:
    """One call, ready for any chat."""

    def __init__(self, bot: Bot, session: Session, method: TelegramMethod[TelegramMessage]) -> None:
        self._bot = bot
        self._session = session
        self._method = method
        self._url = session.api.api_url(token=bot.token, method=method.__api_method__)
        self._rest = _serialised(bot, session, method)

    async def __call__(self, to: Address) -> list[str]:
        body = b'{"chat_id":' + json.dumps(to.chat).encode() + self._rest
        status, content = await self._session.post(self._url, data=body, headers=_JSON)
        arrived = _ARRIVED.match(content) if status == HTTPStatus.OK else None
        return [arrived[1]] if arrived else [self._read(status, content)]

    def _read(self, status: int, content: str) -> str:
        with in_our_words():
            answer = self._session.read(self._bot, self._method, status, content)
        return str(answer.message_id)


def _serialised(bot: Bot, session: Session, method: TelegramMethod[Any]) -> bytes:
    """The call as JSON, from behind the chat's id to the end."""
    fields = {
        name: session.prepare_value(value, bot=bot, files={})
        for name, value in method.model_dump(warnings=False, exclude={"chat_id"}).items()
    }
    given = {name: value for name, value in fields.items() if value}
    return b"," + json.dumps(given, ensure_ascii=False).encode().removeprefix(b"{")
