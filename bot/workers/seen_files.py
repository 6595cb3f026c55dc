"""The files of a message as handlers see them: pictures re-encoded by a worker process.

Which document is a picture its bytes say: neither its name nor the type that the messenger states.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from handlers.messages import Incoming, Media, MediaKind
from handlers.recognition.pictures.picture_cleaning import CleanPicture, clean
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.rendering.file_form import form_of
from handlers.worker_tasks import WorkerFailed, Workers

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class SeenFile:
    """One file of a message, after its bytes were looked at."""

    media: Media
    picture: CleanPicture | None = None
    """Its pixels, or those of its thumbnail; None without, or if it could not be fetched or decoded."""
    is_unreadable: bool = False
    """Whether it is a picture that could be fetched and not decoded."""


async def seen(media: Media, content: bytes, workers: Workers) -> SeenFile:
    """What these bytes are; a picture re-encoded, or marked as unreadable.

    Of a video they are those of its thumbnail; without it the video is taken as it is.
    """
    if media.kind is MediaKind.DOCUMENT:
        media = replace(media, form=form_of(content))
        if not media.is_picture:
            return SeenFile(media)
    try:
        return SeenFile(media, await workers.run(clean, content))
    except (NoPicture, WorkerFailed) as error:
        log.warning("picture not decoded", kind=type(error).__name__)
        return SeenFile(media, is_unreadable=media.may_be_picture)


def with_files(incoming: Incoming, files: Sequence[SeenFile]) -> Incoming:
    """The update with its files as they were seen, in the same order."""
    first, *rest = files
    return replace(
        incoming,
        media=first.media,
        more_media=tuple(one.media for one in rest),
        pictures=tuple(one.picture for one in files if one.picture and one.media.may_be_picture),
        thumbnails=tuple(
            one.picture for one in files if one.picture and not one.media.may_be_picture
        ),
        is_unreadable=any(one.is_unreadable for one in files),
    )
