"""Prepared requests: a message to many is serialised once; each call inserts one chat id.

See docs/decisions/0017-prepared-requests-for-bulk-sending.md.
"""

import json
import re
from http import HTTPStatus
from typing import Any, Final

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Message as TelegramMessage

from bot.telegram.errors import translate
from bot.telegram.session import Session
from handlers.messages import Address

_ARRIVED: Final = re.compile(rb'\{"ok":\s*true,\s*"result":\s*\{"message_id":\s*(\d+)')
"""The start of a successful response; any other response is parsed and validated in full."""
_JSON: Final = {"Content-Type": "application/json"}

Sending = TelegramMethod[Any]
"""An API call that sends one message, or those of an album."""


def ids_of(sent: TelegramMessage | list[TelegramMessage]) -> list[str]:
    """The ids of the messages that a call sent."""
    messages = sent if isinstance(sent, list) else [sent]
    return [str(message.message_id) for message in messages]


class PreparedRequests:
    """One API call, ready to be sent to any chat."""

    def __init__(self, bot: Bot, session: Session, method: Sending) -> None:
        self._bot = bot
        self._session = session
        self._method = method
        self._url = session.api.api_url(token=bot.token, method=method.__api_method__)
        self._rest = _serialised(bot, session, method)

    async def __call__(self, to: Address) -> list[str]:
        body = b'{"chat_id":%b%b' % (json.dumps(to.chat).encode(), self._rest)
        status, content = await self._session.post(self._url, data=body, headers=_JSON)
        arrived = _ARRIVED.match(content) if status == HTTPStatus.OK else None
        if arrived:
            return [arrived[1].decode()]
        return self._read(status, content)

    def _read(self, status: int, content: bytes) -> list[str]:
        with translate():
            return ids_of(self._session.read(self._bot, self._method, status, content))


def _serialised(bot: Bot, session: Session, method: TelegramMethod[Any]) -> bytes:
    """The call as JSON without `chat_id` and the opening brace, to be appended to a chat id."""
    fields = {
        name: session.prepare_value(value, bot=bot, files={})
        for name, value in method.model_dump(warnings=False, exclude={"chat_id"}).items()
    }
    given = {name: value for name, value in fields.items() if value}
    return b"," + json.dumps(given, ensure_ascii=False).encode().removeprefix(b"{")
