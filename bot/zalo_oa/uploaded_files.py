"""Uploads of pictures and documents, which an Official Account sends by their ids.

An id is kept while it is valid, so that a file that goes to many is uploaded once.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final
from weakref import WeakValueDictionary

from bot.zalo.plain_messenger import is_url
from bot.zalo_oa.client import OaClient
from handlers.messages import PICTURE_LIMIT, Media, MediaKind, Refused, ServerError
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.worker_tasks import WorkerFailed, Workers
from scheduler.pacing.limiter import RateLimiter
from storage.database import Clock

PICTURE_MAX: Final = 1024 * 1024
"""Bytes of a picture: JPEG or PNG (developers.zalo.me, upload image)."""
DOCUMENT_MAX: Final = 5 * 1024 * 1024
"""Bytes of a document (developers.zalo.me, upload file)."""
DOCUMENT_TYPES: Final = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The documents that the platform takes, by the extension of their name."""
VALID_FOR: Final = timedelta(days=6)
"""How long an id is used; the platform keeps it for 7 days."""
_NAME_MAX: Final = 200
_KEPT: Final = 256
_UPLOADS: Final = "uploads"
"""In place of a chat: an upload counts for the account's limit, not for a chat's."""
_JPEG_NAMES: Final = "photo.jpg", "image/jpeg"
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"

Fetch = Callable[[str, int], Awaitable[bytes]]
"""The bytes of a file that another messenger keeps, by its id, at most so many."""


@dataclass(frozen=True)
class _Uploaded:
    id: str
    until: datetime


def is_document(media: Media) -> bool:
    """Whether the platform takes this file as a document."""
    is_small = max(media.size, len(media.content)) <= DOCUMENT_MAX
    return media.kind is MediaKind.DOCUMENT and _ending(media) in DOCUMENT_TYPES and is_small


class Uploads:
    """The uploaded files of one account, and their ids."""

    def __init__(
        self,
        client: OaClient,
        fetch: Fetch,
        workers: Workers,
        rate_limiter: RateLimiter,
        clock: Clock,
    ) -> None:
        self._client = client
        self._fetch = fetch
        self._workers = workers
        self._rate_limiter = rate_limiter
        self._clock = clock
        self._ids: OrderedDict[str, _Uploaded] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def id_of(self, media: Media, lane: int) -> str:
        """The id of a picture or document, which is uploaded on this lane if it is not yet.

        Raises:
            Refused, QuotaSpent: it cannot be uploaded; a link to it may be sent instead.
            MessengerError: any other error of an upload.
        """
        key = _key(media)
        if known := self._known(key):
            return known
        # All senders of a picture that goes to many ask for it at once: one of them uploads it.
        async with self._locks.setdefault(key, asyncio.Lock()):
            if known := self._known(key):
                return known
            uploaded = await self._upload(media, lane)
            self._ids[key] = _Uploaded(uploaded, self._clock.now() + VALID_FOR)
            while len(self._ids) > _KEPT:
                self._ids.popitem(last=False)
            return uploaded

    def forget(self, media: Media, expired: str) -> None:
        """Drops an id that the platform calls expired, unless another has replaced it."""
        known = self._ids.get(_key(media))
        if known is not None and known.id == expired:
            del self._ids[_key(media)]

    def _known(self, key: str) -> str:
        known = self._ids.get(key)
        return known.id if known is not None and self._clock.now() < known.until else ""

    async def _upload(self, media: Media, lane: int) -> str:
        if media.kind is MediaKind.PHOTO:
            content = await self._picture(media)
            is_png = content.startswith(_PNG)
            upload = ("image", "photo.png", "image/png") if is_png else ("image", *_JPEG_NAMES)
        else:
            ending = _ending(media)
            content = await self._content(media, DOCUMENT_MAX)
            stem = " ".join(PurePath(media.name).stem.split())
            name = f"{stem[: _NAME_MAX - len(ending)]}{ending}"
            upload = ("file", name, DOCUMENT_TYPES[ending])
        await self._rate_limiter.acquire(lane, _UPLOADS)
        return await self._client.upload(*upload, content=content)

    async def _content(self, media: Media, limit: int) -> bytes:
        if media.content:
            return media.content
        fetch = self._client.download if is_url(media.file) else self._fetch
        return await fetch(media.file, limit)

    async def _picture(self, media: Media) -> bytes:
        """A JPEG or PNG of at most 1 MB; another picture is re-encoded by a worker process."""
        content = await self._content(media, PICTURE_LIMIT)
        if len(content) <= PICTURE_MAX and content.startswith((_JPEG, _PNG)):
            return content
        try:
            content = (await self._workers.run(clean, content)).jpeg
        except NoPicture:
            raise Refused("the picture cannot be opened") from None
        except WorkerFailed as failed:
            raise ServerError(f"the picture was not re-encoded ({failed.cause})") from None
        if len(content) > PICTURE_MAX:
            raise Refused("the picture is too large")
        return content


def _key(media: Media) -> str:
    content = hashlib.sha256(media.content).hexdigest() if media.content else ""
    return f"{media.kind} {media.file or content} {_ending(media)}"


def _ending(media: Media) -> str:
    return PurePath(media.name).suffix.lower()
