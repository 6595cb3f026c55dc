"""Files lent to a messenger that takes addresses instead of uploads: signed links that expire.

A link carries what it opens, sealed under the club's key: nobody can make one, or open it later.
"""

import json
import mimetypes
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from handlers.messages import Media, MediaKind, MessengerError
from storage.clock import Clock
from storage.vault import SealBroken, Vault

log = structlog.stdlib.get_logger()

PATH = "/media"
VALID_FOR = timedelta(days=7)
"""A member may open an attached document some days after it came."""
_FIELD = "media.link"
_LARGEST = 20 * 1024 * 1024
"""Bytes; a bot cannot fetch a larger file from Telegram (Bot API, getFile)."""
_HELD = 64
"""Drawings kept in memory until the messenger has fetched them, the newest."""
_TYPES = {MediaKind.PHOTO: "image/jpeg"}

Fetch = Callable[[str, int], Awaitable[bytes]]
"""The bytes of a file by the id of the messenger that keeps it."""


@dataclass(frozen=True)
class _Lent:
    """What one link opens."""

    file: str
    name: str
    kind: MediaKind


class Files:
    """Makes the links, and answers them."""

    def __init__(self, vault: Vault, clock: Clock, fetch: Fetch, base_url: str) -> None:
        """`base_url` is where this server is reached from outside; empty where it is not."""
        self._vault = vault
        self._clock = clock
        self._fetch = fetch
        self._base_url = base_url.rstrip("/")
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    def link(self, media: Media) -> str:
        """An address that shows this file for a while; empty when nobody could reach it."""
        if not self._base_url:
            return ""
        until = (self._clock.now() + VALID_FOR).isoformat()
        file = media.file or self._hold(media.content)
        content = json.dumps([file, media.name, media.kind.value, until])
        token = urlsafe_b64encode(self._vault.seal(_FIELD, content)).decode().rstrip("=")
        return f"{self._base_url}{PATH}/{token}"

    async def answer(self, request: web.Request) -> web.Response:
        """The file; 404 for a link that was not made here, 410 for one whose time is over."""
        lent = self._open(request.match_info["token"])
        try:
            held = self._drawn.get(lent.file)
            content = held if held is not None else await self._fetch(lent.file, _LARGEST)
        except MessengerError as error:
            log.warning("a file could not be lent", kind=type(error).__name__)
            raise web.HTTPNotFound from None
        return web.Response(body=content, content_type=_type_of(lent), headers=_headers(lent))

    def _hold(self, content: bytes) -> str:
        key = f"drawn {secrets.token_hex(8)}"
        self._drawn[key] = content
        while len(self._drawn) > _HELD:
            self._drawn.popitem(last=False)
        return key

    def _open(self, token: str) -> _Lent:
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            file, name, kind, until = json.loads(self._vault.open(_FIELD, sealed))
        except (ValueError, SealBroken):
            raise web.HTTPNotFound from None
        if datetime.fromisoformat(until) <= self._clock.now():
            raise web.HTTPGone
        return _Lent(file, name, MediaKind(kind))


def _type_of(lent: _Lent) -> str:
    guessed, _ = mimetypes.guess_type(lent.name)
    return _TYPES.get(lent.kind) or guessed or "application/octet-stream"


def _headers(lent: _Lent) -> dict[str, str]:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if lent.kind is not MediaKind.PHOTO:
        # Never shown as a page of ours, whatever is in it.
        headers["Content-Disposition"] = "attachment"
    return headers
