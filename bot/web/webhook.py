"""Where Telegram brings updates, when the bot has a public address."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web
from pydantic import SecretStr

from handlers.messages import Incoming

log = structlog.stdlib.get_logger()

PATH = "/telegram/webhook"
BODY_LIMIT = 1024 * 1024
"""Bytes; an update carries no files, and Telegram's largest stays far below."""
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

Read = Callable[[object], Incoming | None]
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


class Webhook:
    """Answers 200 only after the update is written down (decision 8)."""

    def __init__(self, secret: SecretStr, read: Read, receive: Receive) -> None:
        self._secret = secret.get_secret_value().encode()
        self._read = read
        self._receive = receive

    async def answer(self, request: web.Request) -> web.Response:
        if not self._knows(request):
            raise web.HTTPForbidden
        try:
            incoming = self._read(json.loads(await request.read()))
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest from None
        if incoming is not None:
            await self._write_down(incoming)
        return web.Response()

    def _knows(self, request: web.Request) -> bool:
        """On bytes: the header may hold anything, and comparing text would choke on it."""
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self._secret)

    async def _write_down(self, incoming: Incoming) -> None:
        try:
            await self._receive([incoming])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not written down
            # Telegram brings it again after any answer but 2xx.
            log.warning("an update could not be written down", kind=type(error).__name__)
            raise web.HTTPServiceUnavailable from None
