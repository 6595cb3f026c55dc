"""Signed links that expire, for a messenger that takes URLs instead of uploads.

Nobody else can make one, and it cannot be used after its time. The link of a picture, which only the
messenger's server reads, contains the id of its file, encrypted with the club's key. The link of any
other file stands in a message that people read, so it is short: a row holds what it leads to
(`storage.conversation.file_links`). No opening is counted.
"""

import json
import mimetypes
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from typing import TypeVar

import structlog
from aiohttp import web

from handlers.messages import Address, Media, MediaKind, MessengerError, ServerError
from storage.conversation import file_links, generated_files
from storage.database import SealBroken, Store, Tx
from storage.database.transient_errors import is_transient

log = structlog.stdlib.get_logger()

PATH = "/media"
VALID_FOR = timedelta(days=7)
"""How long a link is valid: members may open an attached document some days later."""
_FIELD = "media.link"
_LARGEST = 20 * 1024 * 1024
"""Bytes; a bot cannot download a larger file from Telegram (Bot API, getFile)."""
_GENERATED = "generated "
_FETCHED_WITHIN = timedelta(hours=1)
"""A messenger downloads a picture at once."""
_READ_WITHIN = timedelta(days=1)
"""A document is downloaded when its reader opens it."""
_REUSED_FOR = timedelta(days=1)
_REMEMBERED = 64
"""Short links of one process that are given again."""
_SHORT = re.compile(r"\d{1,9}\.")
"""How the name of a short link begins; no token contains the dot."""
_CHARSET = "utf-8"
_TYPES = {MediaKind.PHOTO: "image/jpeg"}
_CALENDAR = ".ics", "text/calendar"
"""A type that a machine without a list of types does not know; by it phones open the calendar."""

T = TypeVar("T")
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
        self._short: dict[_SignedFile, tuple[str, datetime]] = {}
        """The short links that are given again, and until when."""

    async def link(self, media: Media, to: Address) -> str:
        """A link to this file that expires; empty when the server has no public URL.

        A file of a messenger's has the same short link for everybody for a day, so sending it to many
        writes once. A generated file is stored for its chat, and deleted with the data of that chat.

        Raises:
            ServerError: the generated file cannot be stored now.
        """
        if not self._base_url:
            return ""
        if media.kind is MediaKind.PHOTO:
            name = await self._token(media, to)
        elif media.file:
            name = await self._shared_name(media)
        else:
            until = self._store.clock.now() + _READ_WITHIN
            drawn = await self._store_generated(media.content, to, until)
            name = await self._short_name(_SignedFile(drawn, media.name, media.kind), until)
        return f"{self._base_url}{PATH}/{name}"

    async def _token(self, media: Media, to: Address) -> str:
        until = self._store.clock.now() + (VALID_FOR if media.file else _FETCHED_WITHIN)
        file = media.file or await self._store_generated(media.content, to, until)
        sealed = self._store.vault.seal(
            _FIELD, json.dumps([file, media.name, media.kind.value, until.isoformat()]), PATH
        )
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    async def _shared_name(self, media: Media) -> str:
        """One link for everybody who is sent the file on the same day."""
        now, file = self._store.clock.now(), _SignedFile(media.file, media.name, media.kind)
        known = self._short.get(file)
        if known and now < known[1]:
            return known[0]
        name = await self._short_name(file, now + VALID_FOR + _REUSED_FOR)
        self._short[file] = name, now + _REUSED_FOR
        while len(self._short) > _REMEMBERED:
            self._short.pop(next(iter(self._short)))
        return name

    async def _short_name(self, file_info: _SignedFile, until: datetime) -> str:
        target = json.dumps([file_info.file, file_info.name, file_info.kind.value])
        return await self._stored(lambda tx: file_links.make(tx, target, until))

    async def answer(self, request: web.Request) -> web.Response:
        """Answers with the file; 404 for an invalid link, 410 for an expired one."""
        token = request.match_info["token"]
        try:
            file_info = await self._open_short(token) if _SHORT.match(token) else self._open(token)
            content = await self._content(file_info)
        except (MessengerError, SealBroken) as error:
            log.warning("file of a signed link not served", kind=type(error).__name__)
            raise web.HTTPNotFound from None
        return web.Response(
            body=content, content_type=_type_of(file_info), headers=_headers(file_info)
        )

    async def _store_generated(self, content: bytes, to: Address, until: datetime) -> str:
        number = await self._stored(
            lambda tx: generated_files.keep(tx, to.messenger, to.chat, content, until)
        )
        return f"{_GENERATED}{number}"

    async def _stored(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        try:
            async with self._store.write() as tx:
                return await work(tx)
        except Exception as error:
            if not is_transient(error):
                raise
            raise ServerError("the file of a link cannot be stored now") from error

    async def _content(self, file_info: _SignedFile) -> bytes:
        if not file_info.file.startswith(_GENERATED):
            return await self._fetch(file_info.file, _LARGEST)
        async with self._store.read() as tx:
            content = await generated_files.fetch(tx, int(file_info.file.removeprefix(_GENERATED)))
        if content is None:
            raise web.HTTPGone
        return content

    async def _open_short(self, name: str) -> _SignedFile:
        try:
            async with self._store.read() as tx:
                target = await file_links.target(tx, name)
        except file_links.NoSuchLink:
            raise web.HTTPNotFound from None
        if target is None:
            raise web.HTTPGone
        file, shown_name, kind = json.loads(target)
        return _SignedFile(file, shown_name, MediaKind(kind))

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
    ending, calendar = _CALENDAR
    if file_info.name.endswith(ending):
        return calendar
    guessed, _ = mimetypes.guess_type(file_info.name)
    return _TYPES.get(file_info.kind) or guessed or "application/octet-stream"


def _headers(file_info: _SignedFile) -> dict[str, str]:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if file_info.kind is not MediaKind.PHOTO:
        # Browsers must not render the file as a page of this origin.
        headers["Content-Disposition"] = _as_attachment(file_info.name)
    return headers


def _as_attachment(name: str) -> str:
    """The header that saves the file under its own name, which the address does not end in."""
    header = Message()
    filename = {"filename": (_CHARSET, "", name)} if name else {}
    header.add_header("Content-Disposition", "attachment", **filename)
    return str(header["Content-Disposition"])
