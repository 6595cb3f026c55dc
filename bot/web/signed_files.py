"""Signed links that expire, for a messenger that takes URLs instead of uploads.

A link contains the id of its file, encrypted with the club's key: nobody else can make one, and it
cannot be used after its time.
"""

import json
import mimetypes
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from handlers.messages import Address, Media, MediaKind, MessengerError, ServerError
from storage.conversation import generated_files
from storage.database.engine import Store
from storage.database.transient_errors import is_transient
from storage.database.vault import SealBroken

log = structlog.stdlib.get_logger()

PATH = "/media"
VALID_FOR = timedelta(days=7)
"""How long a link is valid: members may open an attached document some days later."""
_FIELD = "media.link"
_LARGEST = 20 * 1024 * 1024
"""Bytes; a bot cannot download a larger file from Telegram (Bot API, getFile)."""
_GENERATED = "generated "
_GENERATED_VALID_FOR = {MediaKind.PHOTO: timedelta(hours=1)}
"""How long links to drawings are valid: pictures are downloaded at once, documents when opened."""
_READ_WITHIN = timedelta(days=1)
_TYPES = {MediaKind.PHOTO: "image/jpeg"}

Fetch = Callable[[str, int], Awaitable[bytes]]
"""The bytes of a file, by the file id of its messenger."""


@dataclass(frozen=True)
class _SignedFile:
    """The file behind one link."""

    file: str
    name: str
    kind: MediaKind


class Files:
    """Makes the links and serves their files."""

    def __init__(self, store: Store, fetch: Fetch, base_url: str) -> None:
        """`base_url`: the public URL of this server; empty where there is none."""
        self._store = store
        self._fetch = fetch
        self._base_url = base_url.rstrip("/")

    async def link(self, media: Media, to: Address) -> str:
        """A link to this file that expires; empty when the server has no public URL.

        A generated file is stored for its chat, and deleted with the data of that chat.

        Raises:
            ServerError: the generated file cannot be stored now.
        """
        if not self._base_url:
            return ""
        valid_for = VALID_FOR if media.file else _GENERATED_VALID_FOR.get(media.kind, _READ_WITHIN)
        until = self._store.clock.now() + valid_for
        file = media.file or await self._store_generated(media.content, to, until)
        content = json.dumps([file, media.name, media.kind.value, until.isoformat()])
        token = (
            urlsafe_b64encode(self._store.vault.seal(_FIELD, content, PATH)).decode().rstrip("=")
        )
        return f"{self._base_url}{PATH}/{token}"

    async def answer(self, request: web.Request) -> web.Response:
        """Answers with the file; 404 for an invalid link, 410 for an expired one."""
        file_info = self._open(request.match_info["token"])
        try:
            content = await self._content(file_info)
        except (MessengerError, SealBroken) as error:
            log.warning("file of a signed link not served", kind=type(error).__name__)
            raise web.HTTPNotFound from None
        return web.Response(
            body=content, content_type=_type_of(file_info), headers=_headers(file_info)
        )

    async def _store_generated(self, content: bytes, to: Address, until: datetime) -> str:
        try:
            async with self._store.write() as tx:
                number = await generated_files.keep(tx, to.messenger, to.chat, content, until)
        except Exception as error:
            if not is_transient(error):
                raise
            raise ServerError("the generated file cannot be stored now") from error
        return f"{_GENERATED}{number}"

    async def _content(self, file_info: _SignedFile) -> bytes:
        if not file_info.file.startswith(_GENERATED):
            return await self._fetch(file_info.file, _LARGEST)
        async with self._store.read() as tx:
            content = await generated_files.fetch(tx, int(file_info.file.removeprefix(_GENERATED)))
        if content is None:
            raise web.HTTPGone
        return content

    def _open(self, token: str) -> _SignedFile:
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            file, name, kind, until = json.loads(self._store.vault.open(_FIELD, sealed, PATH))
        except (ValueError, SealBroken):
            raise web.HTTPNotFound from None
        if datetime.fromisoformat(until) <= self._store.clock.now():
            raise web.HTTPGone
        return _SignedFile(file, name, MediaKind(kind))


def _type_of(file_info: _SignedFile) -> str:
    guessed, _ = mimetypes.guess_type(file_info.name)
    return _TYPES.get(file_info.kind) or guessed or "application/octet-stream"


def _headers(file_info: _SignedFile) -> dict[str, str]:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if file_info.kind is not MediaKind.PHOTO:
        # Browsers must not render the file as a page of this origin.
        headers["Content-Disposition"] = "attachment"
    return headers
