"""aiogram's HTTP session, made to tell a call that never left from one whose fate is unknown."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import (
    BaseConnector,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    StreamReader,
)
from aiohttp.http_exceptions import HttpProcessingError

from bot.telegram.line import Line
from bot.telegram.settings import TelegramSettings
from bot.telegram.wire import HELD_MOST, Wires
from handlers.messages import DeliveryUncertain, RateLimited, Refused, ServerError, Unreachable

CONNECT_S = 10.0
"""How long a connection may take, waiting for a free one included."""
ANSWER_S = 60.0
"""How long Telegram may take to answer; a large file travels in this time too."""
_USUAL_WAIT_S = 5.0
_CONNECTIONS = HELD_MOST + 100
"""Half of them for whoever waits for an answer, whatever a broadcast keeps."""
_NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError)
_LEFT = (ClientError, HttpProcessingError, TimeoutError, ConnectionError)


class Session(AiohttpSession):
    """One pool of connections to the Bot API."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._wires: tuple[ClientSession, Wires] | None = None
        """What all lines post along: together they keep no more than `HELD_MOST`."""
        self._lines: dict[str, Line] = {}

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
        status, content = await self.post(url, timeout or ANSWER_S, data=form)
        return self.read(bot, method, status, content)

    def read(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, content: str
    ) -> TelegramType:
        """What a call brought.

        Raises:
            DeliveryUncertain, MessengerError, TelegramAPIError: as `make_request`.
        """
        try:
            response = self.check_response(bot, method, status, content)
        except ClientDecodeError:
            response = None
        if response is None or response.result is None:
            raise DeliveryUncertain(f"an answer that cannot be read ({status})")
        return response.result

    async def post(self, url: str, answer_s: float = ANSWER_S, **content: Any) -> tuple[int, str]:
        """Posts something; returns the status and the answer as it came.

        Raises:
            Unreachable, DeliveryUncertain: as `make_request`.
        """
        http = await self.create_session()
        timeout = ClientTimeout(total=CONNECT_S + answer_s, connect=CONNECT_S)
        with _honestly():
            async with http.post(url, timeout=timeout, **content) as answer:
                return answer.status, (await answer.read()).decode(errors="replace")

    async def post_along(self, line: Line, body: bytes) -> tuple[int, bytes]:
        """The same for one of many calls to one address.

        Raises:
            Unreachable, DeliveryUncertain: as `make_request`.
        """
        # As `_honestly`, written out: a context for each of a broadcast's calls costs too much.
        try:
            return await line.post(body)
        except _NEVER_LEFT as error:
            raise Unreachable(type(error).__name__) from None
        except _LEFT as error:
            raise DeliveryUncertain(type(error).__name__) from None

    async def line(self, url: str) -> Line:
        """An address to post to over and over, on the connections of this session."""
        http = await self.create_session()
        if self._wires is None or self._wires[0] is not http:
            connector = cast(BaseConnector, http.connector)
            self._wires, self._lines = (http, Wires(connector, connect_s=CONNECT_S)), {}
        if url not in self._lines:
            self._lines[url] = Line(http, self._wires[1], url, answer_s=ANSWER_S)
        return self._lines[url]

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes at an address.

        Raises:
            Unreachable, ServerError: it could not be fetched now.
            Refused: it is gone, or has more than `limit` bytes.
        """
        http = await self.create_session()
        timeout = ClientTimeout(total=CONNECT_S + ANSWER_S, connect=CONNECT_S)
        try:
            async with http.get(url, timeout=timeout) as answer:
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


@contextmanager
def _honestly() -> Iterator[None]:
    """Tells a call that never left from one whose fate is unknown."""
    try:
        yield
    except _NEVER_LEFT as error:
        # Without the cause: its text holds the address, and the address holds the token.
        raise Unreachable(type(error).__name__) from None
    except _LEFT as error:
        raise DeliveryUncertain(type(error).__name__) from None


def _read_json(text: str) -> Any:
    """As `json.loads`, which refuses a whole answer for one number of thousands of digits."""
    return json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 40 else math.inf)


def open_session(settings: TelegramSettings) -> Session:
    """A pool of connections to the Bot API of these settings; close it in the end."""
    api = TelegramAPIServer.from_base(settings.api_url)
    return Session(api=api, limit=_CONNECTIONS, json_loads=_read_json)
