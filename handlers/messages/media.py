"""Files, and where somebody can be reached."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict


class MediaKind(StrEnum):
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
"""What the names of pictures that come as files end in."""
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
"""The same of pictures that are not opened here, and may hold where and by whom they were taken."""
PICTURE_LIMIT = 10 * 1024 * 1024
"""Bytes of the largest picture that is fetched and looked at."""
FILE_LIMIT = 20_000_000
"""Bytes of the largest file that Telegram lets a bot fetch. https://core.telegram.org/bots/api#getfile"""


@dataclass(frozen=True)
class Media:
    """A picture or file: as the messenger keeps it (`file`), or new (`content`)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    kind: MediaKind
    file: str = ""
    """The messenger's id, which sends it again without its bytes."""
    unique: str = ""
    """The same for the same file, whoever sends it; cannot be used to fetch it."""
    name: str = ""
    content: bytes = field(default=b"", repr=False)
    """The bytes of a file that the messenger does not have yet, only in direct answers. Never written
    down, but for a chart that waits in the outbox."""

    @property
    def is_picture(self) -> bool:
        """Whether it is one picture, sent as such or as a file."""
        named_so = self.name.lower().endswith(PICTURE_ENDINGS)
        return self.kind is MediaKind.PHOTO or (self.kind is MediaKind.DOCUMENT and named_so)

    @property
    def is_other_picture(self) -> bool:
        """Whether it is a picture of a kind that is not opened here."""
        named_so = self.name.lower().endswith(OTHER_PICTURE_ENDINGS)
        return self.kind is MediaKind.DOCUMENT and named_so


@dataclass(frozen=True)
class Address:
    """One chat on one messenger."""

    messenger: str
    chat: str = field(repr=False)
