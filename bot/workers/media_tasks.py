"""Picture and file tasks that run in worker processes: re-encode, draw, strip metadata."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import partial

import structlog

from bot.workers.seen_files import SeenFile, seen, with_files
from handlers.messages import (
    FILE_LIMIT,
    PICTURE_LIMIT,
    Incoming,
    Media,
    MediaKind,
    Messenger,
    MessengerError,
)
from handlers.rendering.metadata_removal import NotStripped, strip
from handlers.worker_tasks import WorkerFailed, Workers

log = structlog.stdlib.get_logger()

_FETCHES_MAX = 2
"""Untrusted files that are in memory at the same time, until a worker has re-encoded them."""
_CACHE_SIZE = 48
"""About 6 MB; a card is requested most in the hour after its announcement was sent."""
_RECORDINGS = {
    MediaKind.VIDEO: ".mp4",
    MediaKind.VIDEO_NOTE: ".mp4",
    MediaKind.ANIMATION: ".mp4",
    MediaKind.VOICE: ".ogg",
    MediaKind.AUDIO: ".mp3",
}
"""File name extensions of stripped recordings."""


class MediaTasks:
    """One instance for all messengers of a process."""

    def __init__(self, workers: Workers, messengers: Sequence[Messenger]) -> None:
        self._workers = workers
        self._messengers = messengers
        self._fetches = asyncio.Semaphore(_FETCHES_MAX)
        self._drawn: OrderedDict[Hashable, bytes] = OrderedDict()

    async def seen(self, incoming: Incoming, messenger: Messenger) -> Incoming:
        """The update with its pictures and the thumbnails of its videos re-encoded.

        Without those that cannot be fetched or decoded.
        """
        if not incoming.files or not incoming.private:
            return incoming
        files = await asyncio.gather(*(self._seen(file, messenger) for file in incoming.files))
        return with_files(incoming, files)

    async def _seen(self, media: Media, messenger: Messenger) -> SeenFile:
        is_too_large = media.may_be_picture and media.size > PICTURE_LIMIT
        if is_too_large or not media.may_be_seen:
            return SeenFile(media)
        async with self._fetches:
            file = media.file if media.may_be_picture else media.thumbnail
            try:
                content = await messenger.fetch(file, PICTURE_LIMIT)
            except MessengerError as error:
                log.warning("file not fetched", kind=type(error).__name__)
                return SeenFile(media)
            return await seen(media, content, self._workers)

    async def drawn(self, draw: Callable[[], bytes]) -> bytes:
        """The result of `Reply.draw`, cached.

        Raises:
            WorkerFailed: it could not be drawn now.
        """
        key = _key(draw)
        if key is None:
            return await self._workers.run(draw)
        if key in self._drawn:
            self._drawn.move_to_end(key)
            return self._drawn[key]
        made = self._drawn[key] = await self._workers.run(draw)
        if len(self._drawn) > _CACHE_SIZE:
            self._drawn.popitem(last=False)
        return made

    async def stripped(self, media: Media) -> Media | None:
        """An untrusted file without its metadata; None where it cannot be fetched or stripped."""
        keeper = next((one for one in self._messengers if one.keeps(media.file)), None)
        if keeper is None:
            return None
        async with self._fetches:
            try:
                return await self._remade(media, await keeper.fetch(media.file, FILE_LIMIT))
            except (MessengerError, WorkerFailed, NotStripped) as error:
                log.warning("metadata not removed, file dropped", kind=type(error).__name__)
                return None

    async def _remade(self, media: Media, content: bytes) -> Media:
        if ending := _RECORDINGS.get(media.kind):
            # A round video has no caption, and its bytes can be sent as a video.
            is_round = media.kind is MediaKind.VIDEO_NOTE
            kind = MediaKind.VIDEO if is_round else media.kind
            return Media(kind, name=f"{kind.value}{ending}", content=content)
        found = await self._workers.run(strip, content, media.name)
        if not found.is_picture and (media.is_picture or media.is_other_picture):
            raise NotStripped("a picture that cannot be opened")
        kind = MediaKind.PHOTO if found.is_picture else MediaKind.DOCUMENT
        return Media(kind, name=f"{kind.value}{found.ending}", content=found.content)


def _key(draw: Callable[[], bytes]) -> Hashable | None:
    """The cache key of a drawing; None for one whose arguments cannot be hashed."""
    if not isinstance(draw, partial):
        return None
    key = (draw.func, draw.args, tuple(sorted(draw.keywords.items())))
    try:
        hash(key)
    except TypeError:
        return None
    return key
