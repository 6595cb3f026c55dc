"""What the web server reads of a request beyond its head: as little as it can.

Nothing that was sent compressed is unpacked: the server is opened with `auto_decompress=False`. A
path that takes no body reads none. What is still on its way after the answer is read up to a limit,
so that the sender finds the answer before the connection is closed.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

LIMIT = 1024 * 1024
"""Bytes; an update carries no files, and the largest stays far below."""
SECONDS = 10.0
"""How long the sender of a body may take for it."""
LINGERING_BYTES = 64 * 1024
LINGERING_S = 1.0
HEAD_S = 75.0
"""How long a connection may stay open before it has sent the head of a request."""
OPENING: Mapping[str, Any] = {
    "auto_decompress": False,
    "keepalive_timeout": HEAD_S,
    # aiohttp's own lingering knows a time and no number of bytes.
    "lingering_time": 0.0,
}
"""How `aiohttp.web.AppRunner` is opened."""
_WITH_BODY = (hdrs.METH_POST, hdrs.METH_PUT, hdrs.METH_PATCH)


async def read(request: web.Request, within_s: float = SECONDS) -> bytes:
    """The whole body as it was sent.

    Raises:
        HTTPException: it is compressed, larger than `LIMIT`, or does not arrive in time.
    """
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > LIMIT:
        raise web.HTTPRequestEntityTooLarge(LIMIT, request.content_length or 0)
    try:
        async with asyncio.timeout(within_s):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


@web.middleware
async def sparing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers at once where a body is not wanted, and closes a connection whose body was not read."""
    try:
        if request.can_read_body and request.method not in _WITH_BODY:
            raise web.HTTPRequestEntityTooLarge(0, request.content_length or 0)
        return await handler(request)
    except web.HTTPException as refusal:
        if request.content.is_eof():
            raise
        await _answer_and_linger(request, refusal)
        raise


async def invite(request: web.Request) -> None:
    """Tells the sender of `Expect: 100-continue` to go on with the body."""
    if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # aiohttp takes what it counts here for the beginning of the answer.
        request.writer.output_size = 0


async def invite_nobody(_: web.Request) -> None:
    """Where nothing waits for a body, `Expect: 100-continue` is met by the answer itself."""


async def _answer_and_linger(request: web.Request, refusal: web.HTTPException) -> None:
    refusal.force_close()
    await refusal.prepare(request)
    await refusal.write_eof()
    left = LINGERING_BYTES
    try:
        async with asyncio.timeout(LINGERING_S):
            while left > 0 and (came := await request.content.readany()):
                left -= len(came)
    except (TimeoutError, web.RequestPayloadError):
        pass
