"""A stranger's picture as the club keeps and shows it: the picture alone, without what came with it."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from handlers.recognition.perceptual_hash import exact_hash, hash_picture
from handlers.recognition.safe_image import NoPicture, open_picture

SIDE = 1600
"""Pixels of the longer side at most; enough to read what is on it."""
_QUALITY = 80


@dataclass(frozen=True)
class CleanPicture:
    """Pixels alone: no place, no device, no author, no name, no preview of what was cut off."""

    jpeg: bytes = field(repr=False)
    exact: str
    """Equal for the same picture, whatever stands beside it in the file."""
    picture_hash: str
    """Perceptual hash (`handlers.recognition.perceptual_hash`); close for pictures that look alike."""


def clean(content: bytes) -> CleanPicture:
    """The picture in these bytes. Takes a tenth of a second and more: to be offloaded.

    Raises:
        NoPicture: there is none, or one that would take too much.
    """
    if not content:
        raise NoPicture("empty")
    picture = open_picture(content, SIDE)
    picture.thumbnail((SIDE, SIDE))
    jpeg = _encoded(picture)
    return CleanPicture(jpeg, exact_hash(jpeg), hash_picture(picture))


def _encoded(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    # Pillow would copy these three out of what the picture brought along.
    picture.save(encoded, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None, comment=b"")
    return encoded.getvalue()
