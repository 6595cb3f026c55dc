"""Where a messenger brings updates, when the bot has a public address."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.web import bodies
from handlers.messages import Incoming

log = structlog.stdlib.get_logger()

TELEGRAM_PATH = "/telegram/webhook"
ZALO_PATH = "/zalo/webhook"
TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""https://core.telegram.org/bots/api#setwebhook"""
ZALO_HEADER = "X-Bot-Api-Secret-Token"
"""https://bot.zaloplatforms.com/docs/webhook"""

Read = Callable[[object], Incoming | None]
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


class Webhook:
    """Answers 200 only after the update is written down; reads nothing without the secret."""

    def __init__(self, header: str, secret: SecretStr, read: Read, receive: Receive) -> None:
        """`header` is where the messenger puts the secret."""
        self._header = header
        self._secret = secret.get_secret_value().encode()
        self._read = read
        self._receive = receive

    async def answer(self, request: web.Request) -> web.Response:
        if not self._knows(request):
            raise web.HTTPForbidden
        try:
            incoming = self._read(json.loads(await bodies.read(request)))
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest from None
        if incoming is not None:
            await self._write_down(incoming)
        return web.Response()

    async def expect(self, request: web.Request) -> None:
        """Asks for a body that waits to be asked for, where the secret is right."""
        if self._knows(request):
            await bodies.invite(request)

    def _knows(self, request: web.Request) -> bool:
        """On bytes: the header may hold anything, and comparing text would choke on it."""
        given = request.headers.get(self._header, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self._secret)

    async def _write_down(self, incoming: Incoming) -> None:
        try:
            await self._receive([incoming])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not written down
            # Telegram brings it again after any answer but 2xx; of Zalo nobody has said so.
            log.warning("an update could not be written down", kind=type(error).__name__)
            raise web.HTTPServiceUnavailable from None
