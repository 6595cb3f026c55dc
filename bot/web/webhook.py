"""Webhooks: messengers post updates here when the bot has a public address."""

import hmac
import json
from collections.abc import Callable

import structlog
from aiohttp import web
from pydantic import SecretStr

from bot.intake.poll_loop import Receive
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


class Webhook:
    """Answers 200 only after the update is stored; reads no body without the secret."""

    def __init__(self, header: str, secret: SecretStr, read: Read, receive: Receive) -> None:
        """`header`: the request header with the secret."""
        self._header = header
        self._secret = secret.get_secret_value().encode()
        self._read = read
        self._receive = receive

    async def answer(self, request: web.Request) -> web.Response:
        """Stores an update. 403 without the secret, 400 for no update, 503 if not stored."""
        if not self._is_authentic(request):
            raise web.HTTPForbidden
        try:
            incoming = self._read(json.loads(await bodies.read(request)))
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest from None
        if incoming is not None:
            await self._store(incoming)
        return web.Response()

    async def expect(self, request: web.Request) -> None:
        """Answers `Expect: 100-continue` only with the right secret."""
        if self._is_authentic(request):
            await bodies.invite(request)

    def _is_authentic(self, request: web.Request) -> bool:
        """Compares bytes: the header may hold anything, and `compare_digest` raises on non-ASCII text."""
        return hmac.compare_digest(
            request.headers.get(self._header, "").encode("utf-8", "surrogateescape"), self._secret
        )

    async def _store(self, incoming: Incoming) -> None:
        try:
            await self._receive([incoming])
        except Exception as error:  # noqa: BLE001 - after any error it is not stored
            # Telegram retries after any answer but 2xx; Zalo does not document it.
            log.warning("update not stored, answering 503", kind=type(error).__name__)
            raise web.HTTPServiceUnavailable from None
