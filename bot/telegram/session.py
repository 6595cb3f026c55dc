"""aiogram's HTTP session, with errors that tell whether a request can have reached Telegram."""

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
    ClientTimeout,
    StreamReader,
)
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from bot.http_failures import NEVER_SENT, RESPONSE_LOST
from bot.telegram.settings import TelegramSettings
from handlers.messages import DeliveryUncertain, RateLimited, Refused, ServerError, Unreachable

CONNECT_S: Final = 10.0
"""Seconds to get a connection, including the wait for a free one in the pool."""
ANSWER_S: Final = 60.0
"""Seconds until the response must have arrived, including the transfer of a large file."""
_USUAL_WAIT_S = 5.0
_CONNECTIONS = 200
"""Far more than concurrent deliveries (`DeliverySettings.in_flight`), so that replies to people
never wait for a free connection."""
_NEVER_SENT = (
    *NEVER_SENT,
    # A proxy that cannot be reached, refuses, or does not reach Telegram.
    ProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
)


def _timeout(answer_s: float) -> ClientTimeout:
    return ClientTimeout(total=CONNECT_S + answer_s, connect=CONNECT_S)


_TIMEOUT: Final = _timeout(ANSWER_S)


class Session(AiohttpSession):
    """aiogram's session over one connection pool; errors are those of `handlers.messages.errors`."""

    def __init__(self, settings: TelegramSettings, connections: int = _CONNECTIONS) -> None:
        super().__init__(
            proxy=settings.proxy.get_secret_value() or None,
            api=TelegramAPIServer.from_base(settings.api_url),
            json_loads=_read_json,
        )
        # aiogram passes the limit on without a proxy only.
        self._connector_init["limit"] = connections

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Makes one call.

        Raises:
            Unreachable: no connection was made, so nothing was sent.
            DeliveryUncertain: the request was sent, and no valid response came back.
            MessengerError, TelegramAPIError: Telegram refused.
        """
        form = self.build_form_data(bot=bot, method=method)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        status, content = await self.post(url, _timeout(timeout or ANSWER_S), data=form)
        return self.read(bot, method, status, content)

    def read(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, content: bytes
    ) -> TelegramType:
        """The result in a response.

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
        """Posts a request; returns status and body of the response.

        Raises:
            Unreachable, DeliveryUncertain: as `make_request`.
        """
        http = await self.create_session()
        try:
            answer = await http.post(url, timeout=time_limits, allow_redirects=False, **content)
            # Reading to the end returns the connection to the pool; an error closes it.
            return answer.status, await answer.read()
        except _NEVER_SENT as error:
            # Without the cause: its text contains the URL, and the URL contains the token.
            raise Unreachable(type(error).__name__) from None
        except RESPONSE_LOST as error:
            raise DeliveryUncertain(type(error).__name__) from None

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes at a URL.

        Raises:
            Unreachable, ServerError: the download failed and may be retried.
            Refused: the file does not exist, or has more than `limit` bytes.
        """
        http = await self.create_session()
        try:
            async with http.get(url, timeout=_TIMEOUT) as answer:
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise ServerError(f"status {answer.status}")
                if answer.status != HTTPStatus.OK:
                    raise Refused(f"status {answer.status}")
                return await _at_most(answer.content, limit)
        except (*_NEVER_SENT, *RESPONSE_LOST) as error:
            raise Unreachable(type(error).__name__) from None

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Parses a response; a 5xx is a ServerError, also when a proxy answers with HTML."""
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
    """`json.loads` that reads integers of 40 digits or more as infinity, instead of raising."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 40 else math.inf)
