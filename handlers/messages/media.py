"""Files, and addresses of chats."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict


class MediaKind(StrEnum):
    """The kind of a file."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    ANIMATION = "animation"
    """A short moving picture without sound (GIF)."""
    VOICE = "voice"
    """Recorded in the app."""
    AUDIO = "audio"
    """A sound file."""


PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif")
"""File name endings of pictures sent as files."""
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
    content: bytes = field(default=b"", repr=False)
    """The bytes of a file that the messenger does not have yet; in direct answers only. Not stored,
    except for a chart in the outbox."""

    @property
    def is_picture(self) -> bool:
        """Whether it is one picture, sent as such or as a file."""
        named_so = self.name.lower().endswith(PICTURE_ENDINGS)
        return self.kind is MediaKind.PHOTO or (self.kind is MediaKind.DOCUMENT and named_so)

    @property
    def is_other_picture(self) -> bool:
        """Whether it is a picture of a format that the bot does not open."""
        return self.kind is MediaKind.DOCUMENT and self.name.lower().endswith(OTHER_PICTURE_ENDINGS)


@dataclass(frozen=True)
class Address:
    """One chat on one messenger."""

    messenger: str
    chat: str = field(repr=False)
