"""Files, and addresses of chats."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from handlers.rendering.file_form import FileForm


class MediaKind(StrEnum):
    """The kind of a file."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    """A round video that was recorded in the app; it is passed on as a video."""
    ANIMATION = "animation"
    """A short moving picture without sound (GIF)."""
    VOICE = "voice"
    """Recorded in the app."""
    AUDIO = "audio"
    """A sound file."""


PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif")
"""File name endings of pictures sent as files; they count for a file that nobody has read yet."""
OTHER_PICTURE_ENDINGS = (
    ".heic",
    ".heif",
    ".avif",
    ".tif",
    ".tiff",
    ".jxl",
    ".jp2",
    ".dng",
    ".psd",
    ".svg",
)
"""The same of pictures that the bot does not open; their metadata may identify a person."""
_HEIC_ENDINGS = (".heic", ".heif")
PICTURE_LIMIT = 10 * 1024 * 1024
"""The largest picture in bytes that is fetched and decoded."""
FILE_LIMIT = 20_000_000
"""The largest file in bytes that a bot can fetch: https://core.telegram.org/bots/api#getfile"""


@dataclass(frozen=True)
class Media:
    """A picture or file: by the messenger's id (`file`), or with its bytes (`content`)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    kind: MediaKind
    file: str = ""
    """The messenger's id, with which it can be sent again without its bytes."""
    unique: str = ""
    """An id that is the same whoever sends the file; it cannot be used to fetch it."""
    name: str = ""
    size: int = 0
    """Bytes, as the messenger says; 0 where it does not."""
    thumbnail: str = ""
    """Of a video: the messenger's id of a small picture of it; empty without one."""
    form: FileForm | None = None
    """Of a document: what its bytes are; None as long as nobody has read them."""
    content: bytes = field(default=b"", repr=False)
    """The bytes of a file that the messenger does not have yet; in direct answers only. Not stored,
    except for a chart in the outbox."""

    @property
    def may_be_picture(self) -> bool:
        """Whether its bytes have to be read to know whether it is a picture, or which."""
        return self.kind in (MediaKind.PHOTO, MediaKind.DOCUMENT)

    @property
    def may_be_seen(self) -> bool:
        """Whether there may be a picture to look at: itself, or its thumbnail."""
        return self.may_be_picture or bool(self.thumbnail)

    @property
    def is_picture(self) -> bool:
        """Whether it is one picture, sent as such or as a file."""
        return self.kind is MediaKind.PHOTO or self._is(PICTURE_ENDINGS, FileForm.PICTURE)

    @property
    def is_other_picture(self) -> bool:
        """Whether it is a picture of a format that the bot does not open."""
        return self._is(OTHER_PICTURE_ENDINGS, FileForm.OTHER_PICTURE, FileForm.HEIC)

    @property
    def is_heic(self) -> bool:
        """Whether it is a picture as iPhones store it, which the bot does not open."""
        return self._is(_HEIC_ENDINGS, FileForm.HEIC)

    def _is(self, endings: tuple[str, ...], *forms: FileForm) -> bool:
        """Whether a document has one of these forms; unread, whether its name says so."""
        if self.kind is not MediaKind.DOCUMENT:
            return False
        return self.form in forms if self.form else self.name.lower().endswith(endings)


@dataclass(frozen=True)
class Address:
    """One chat on one messenger."""

    messenger: str
    chat: str = field(repr=False)
