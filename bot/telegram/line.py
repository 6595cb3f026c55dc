"""One address of the Bot API, posted to over and over with as little as HTTP needs.

For each call aiohttp's `ClientSession.post` builds a request, merges headers and cookies, and gets
ready for redirects and uploads, which costs more than all the rest of a message. Here the head is
written once; what is left is to take one of the session's connections, write, and read the answer.
"""

import asyncio
from typing import Final

from aiohttp import (
    ClientError,
    ClientRequest,
    ClientSession,
    SocketTimeoutError,
    hdrs,
)
from yarl import URL

from bot.telegram.patience import Patience
from bot.telegram.wire import Answer, Wires

_JSON: Final = {hdrs.CONTENT_TYPE: "application/json"}


class Line:
    """Posts JSON to one address through the connections of `http`."""

    def __init__(self, http: ClientSession, wires: Wires, url: str, *, answer_s: float) -> None:
        self.http = http
        self._wires = wires
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

    async def post(self, body: bytes) -> Answer:
        """Returns the status and the answer as it came.

        Raises:
            ClientConnectorError, ConnectionTimeoutError, Unreachable: no connection was made.
            ClientError, HttpProcessingError: no answer that can be read came back.
        """
        wire = await self._wires.take(self._request)
        self._patience.begin(wire.transport)
        try:
            answer = await wire.ask(self._head + b"%d\r\n\r\n%b" % (len(body), body))
        except BaseException as error:
            ran_out = not self._patience.end(wire.transport)
            self._wires.drop(wire)
            if ran_out and isinstance(error, ClientError):
                raise SocketTimeoutError from None
            raise
        self._patience.end(wire.transport)
        self._wires.keep(wire)
        return answer


def _head(request: ClientRequest) -> bytes:
    """All that comes before the number of bytes in the body."""
    lines = [f"{request.method} {request.url.raw_path_qs} HTTP/1.1"]
    lines += [f"{k}: {v}" for k, v in request.headers.items() if k != hdrs.CONTENT_LENGTH]
    return "\r\n".join([*lines, f"{hdrs.CONTENT_LENGTH}: "]).encode()
