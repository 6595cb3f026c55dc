"""aiogram's HTTP session, made to tell a call that never left from one whose fate is unknown."""

import json
import math
from http import HTTPStatus
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientTimeout,
    ConnectionTimeoutError,
    StreamReader,
)

from bot.telegram.settings import TelegramSettings
from handlers.messages import DeliveryUncertain, RateLimited, Refused, ServerError, Unreachable

CONNECT_S: Final = 10.0
"""Seconds until there must be a connection, waiting for a free one included."""
ANSWER_S: Final = 60.0
"""Seconds until Telegram must have answered; a large file is transferred in this time too."""
_USUAL_WAIT_S = 5.0
_CONNECTIONS = 200
"""Far more than a broadcast's calls in flight (`DeliverySettings.in_flight`): answers to people
never wait for a free connection."""
_NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError)
_LEFT = (ClientError, TimeoutError, ConnectionError)


def _timeout(answer_s: float) -> ClientTimeout:
    return ClientTimeout(total=CONNECT_S + answer_s, connect=CONNECT_S)


_TIMEOUT: Final = _timeout(ANSWER_S)


class Session(AiohttpSession):
    """One pool of connections to the Bot API."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Makes one call.

        Raises:
            Unreachable: no connection was made, so nothing was said.
            DeliveryUncertain: the call left and no answer that can be read came back.
            MessengerError, TelegramAPIError: Telegram refused.
        """
        form = self.build_form_data(bot=bot, method=method)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        status, content = await self.post(url, _timeout(timeout or ANSWER_S), data=form)
        return self.read(bot, method, status, content)

    def read(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, content: bytes
    ) -> TelegramType:
        """The result in an answer.

        Raises:
            DeliveryUncertain, MessengerError, TelegramAPIError: as `make_request`.
        """
        try:
            response = self.check_response(bot, method, status, content.decode(errors="replace"))
        except ClientDecodeError:
            response = None
        if response is None or response.result is None:
            raise DeliveryUncertain(f"an answer that cannot be read ({status})")
        return response.result

    async def post(
        self, url: str, time_limits: ClientTimeout = _TIMEOUT, **content: Any
    ) -> tuple[int, bytes]:
        """Posts something; returns the status and the body of the answer.

        Raises:
            Unreachable, DeliveryUncertain: as `make_request`.
        """
        http = await self.create_session()
        try:
            answer = await http.post(url, timeout=time_limits, allow_redirects=False, **content)
            # Reading to the end gives the connection back to the pool; an error there closes it.
            return answer.status, await answer.read()
        except _NEVER_LEFT as error:
            # Without the cause: its text holds the address, and the address holds the token.
            raise Unreachable(type(error).__name__) from None
        except _LEFT as error:
            raise DeliveryUncertain(type(error).__name__) from None

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes at an address.

        Raises:
            Unreachable, ServerError: it could not be fetched now.
            Refused: it is gone, or has more than `limit` bytes.
        """
        http = await self.create_session()
        try:
            async with http.get(url, timeout=_TIMEOUT) as answer:
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise ServerError(f"status {answer.status}")
                if answer.status != HTTPStatus.OK:
                    raise Refused(f"status {answer.status}")
                return await _at_most(answer.content, limit)
        except (ClientError, TimeoutError, ConnectionError) as error:
            raise Unreachable(type(error).__name__) from None

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Reads an answer; a proxy's page of HTML with a 502 is a server's trouble too."""
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerError(f"status {status_code}")
        if status_code == HTTPStatus.TOO_MANY_REQUESTS and "retry_after" not in content:
            raise RateLimited(_USUAL_WAIT_S)
        return super().check_response(bot, method, status_code, content)


async def _at_most(content: StreamReader, limit: int) -> bytes:
    read = bytearray()
    async for piece in content.iter_any():
        read += piece
        if len(read) > limit:
            raise Refused(f"more than {limit} bytes")
    return bytes(read)


def _read_json(text: str) -> Any:
    """As `json.loads`, which refuses a whole answer for one number of thousands of digits."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 40 else math.inf)


def open_session(settings: TelegramSettings) -> Session:
    """A pool of connections to the Bot API of these settings; close it in the end."""
    api = TelegramAPIServer.from_base(settings.api_url)
    return Session(api=api, limit=_CONNECTIONS, json_loads=_read_json)
