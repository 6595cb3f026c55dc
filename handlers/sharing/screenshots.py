"""A screenshot as it is kept: the picture alone, without what the phone wrote into the file.

Nothing is decoded before its size in pixels is known to be harmless.
"""

import base64
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageOps

from handlers.messages import PICTURE_LIMIT
from handlers.recognition.opening import NoPicture, opened
from handlers.recognition.pictures import exact_hash, perceptual_hash

MOST_PIXELS = 40_000_000
"""Twice what the largest phone shows, four times over; a decoded pixel takes 3 bytes."""
_LONGEST_SIDE = 1600
"""Pixels; enough to read what is on it."""
_QUALITY = 80


class Unusable(Exception):
    """No picture, one that is too large, or one that would fill the memory."""


@dataclass(frozen=True)
class Screenshot:
    """A picture that was looked at and cleaned."""

    picture: str = field(repr=False)
    """JPEG in base64."""
    exact: str
    """Equal for the same picture, whatever stands beside it in the file."""
    look: str
    """What it looks like (`handlers.recognition.pictures`)."""


def cleaned(content: bytes) -> Screenshot:
    """The picture without metadata. Takes a tenth of a second: call it in a thread.

    Raises:
        Unusable: it is none, or too large.
    """
    if not content or len(content) > PICTURE_LIMIT:
        raise Unusable
    try:
        with opened(content, MOST_PIXELS, _LONGEST_SIDE) as picture:
            jpeg = _encoded(_upright(picture))
        look = perceptual_hash(jpeg)
    except NoPicture:
        raise Unusable from None
    return Screenshot(base64.b64encode(jpeg).decode(), exact_hash(jpeg), look)


def _upright(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return _on_white(upright)


def _on_white(picture: Image.Image) -> Image.Image:
    """Pixels alone; what is transparent is shown as on a page."""
    layer = picture.convert("RGBA")
    page = Image.new("RGB", layer.size, "white")
    page.paste(layer, mask=layer.getchannel("A"))
    return page


def _encoded(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    picture.save(encoded, "JPEG", quality=_QUALITY)
    return encoded.getvalue()
