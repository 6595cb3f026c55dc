"""Limits on request bodies: the web server reads as little as it can.

Compressed bodies are refused (`auto_decompress=False`). A path that takes no body reads none. After
an early answer the rest of the body is read up to a limit, so that the client gets the answer before
the connection is closed.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

LIMIT = 1024 * 1024
"""Bytes; an update contains no files, and the largest is far below."""
SECONDS = 10.0
"""How long a client may take to send a body."""
LINGERING_BYTES = 64 * 1024
LINGERING_S = 1.0
HEAD_S = 75.0
"""How long a connection may stay open before it has sent the head of a request."""
OPENING: Mapping[str, Any] = {
    "auto_decompress": False,
    "keepalive_timeout": HEAD_S,
    # aiohttp's own lingering is limited by time, not by bytes.
    "lingering_time": 0.0,
}
"""Arguments of `aiohttp.web.AppRunner`."""
_WITH_BODY = (hdrs.METH_POST, hdrs.METH_PUT, hdrs.METH_PATCH)


async def read(request: web.Request, within_s: float = SECONDS, *, limit: int = LIMIT) -> bytes:
    """The whole body as it was sent.

    Raises:
        HTTPException: it is compressed, has more than `limit` bytes, or does not arrive in time.
    """
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > limit:
        raise web.HTTPRequestEntityTooLarge(limit, request.content_length or 0)
    try:
        async with asyncio.timeout(within_s):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    if len(body) > limit:  # sent in chunks, without a length
        raise web.HTTPRequestEntityTooLarge(limit, len(body))
    return body


@web.middleware
async def sparing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses an unwanted body at once, and closes a connection whose body was not read."""
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
    """Answers `Expect: 100-continue`, so that the client sends the body."""
    if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # Otherwise aiohttp counts these bytes as the beginning of the response.
        request.writer.output_size = 0


async def invite_nobody(_: web.Request) -> None:
    """Sends no `100 Continue`: the response itself answers the expectation."""


async def _answer_and_linger(request: web.Request, refusal: web.HTTPException) -> None:
    refusal.force_close()
    await refusal.prepare(request)
    await refusal.write_eof()
    left = LINGERING_BYTES
    try:
        async with asyncio.timeout(LINGERING_S):
            while left > 0 and (chunk := await request.content.readany()):
                left -= len(chunk)
    except (TimeoutError, web.RequestPayloadError):
        pass
