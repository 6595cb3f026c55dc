"""One address of the Bot API, posted to over and over with as little as HTTP needs.

For each call aiohttp's `ClientSession.post` builds a request, merges headers and cookies, and gets
ready for redirects and uploads, which costs more than all the rest of a message. Here the head is
written once; what is left is to borrow one of the session's connections, write, and read the answer.
"""

import asyncio
from typing import Final, cast

from aiohttp import (
    BaseConnector,
    ClientError,
    ClientRequest,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    SocketTimeoutError,
    hdrs,
)
from aiohttp.connector import Connection
from yarl import URL

from bot.telegram.patience import Patience
from handlers.messages import Unreachable

_JSON: Final = {hdrs.CONTENT_TYPE: "application/json"}
_INTERIM = range(100, 200)
"""Statuses that say "not yet"."""


class Line:
    """Posts JSON to one address through the connections of `http`."""

    def __init__(self, http: ClientSession, url: str, *, connect_s: float, answer_s: float) -> None:
        self.http = http
        self._connector = cast(BaseConnector, http.connector)
        self._timeout = ClientTimeout(total=None, connect=connect_s)
        self._patience = Patience(answer_s)
        self._request = ClientRequest(
            hdrs.METH_POST,
            URL(url),
            headers=_JSON,
            skip_auto_headers=(hdrs.ACCEPT_ENCODING,),
            session=http,
            loop=asyncio.get_running_loop(),
        )
        self._head = _head(self._request)

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Returns the status and the answer as it came.

        Raises:
            ClientConnectorError, ConnectionTimeoutError, Unreachable: no connection was made.
            ClientError, HttpProcessingError, TimeoutError: no answer that can be read came back.
        """
        try:
            connection = await self._connector.connect(self._request, [], self._timeout)
        except TimeoutError:
            raise ConnectionTimeoutError from None
        try:
            answer = await self._ask(connection, body)
        except BaseException as error:
            ran_out = not self._patience.end(connection)
            connection.close()
            if ran_out and isinstance(error, ClientError):
                raise SocketTimeoutError from None
            raise
        self._patience.end(connection)
        connection.release()
        return answer

    async def _ask(self, connection: Connection, body: bytes) -> tuple[int, bytes]:
        self._patience.begin(connection)
        protocol, transport = connection.protocol, connection.transport
        if protocol is None or transport is None:
            raise Unreachable("the connection is closed")
        protocol.set_response_params()
        transport.write(self._head + b"%d\r\n\r\n%b" % (len(body), body))
        message, content = await protocol.read()
        while message.code in _INTERIM:
            message, content = await protocol.read()
        return message.code, await content.read()


def _head(request: ClientRequest) -> bytes:
    """All that comes before the number of bytes in the body."""
    lines = [f"{request.method} {request.url.raw_path_qs} HTTP/1.1"]
    lines += [f"{k}: {v}" for k, v in request.headers.items() if k != hdrs.CONTENT_LENGTH]
    return "\r\n".join([*lines, f"{hdrs.CONTENT_LENGTH}: "]).encode()
