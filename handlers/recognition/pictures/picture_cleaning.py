"""Re-encodes a stranger's picture: only the pixels stay, without metadata."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from handlers.recognition.pictures.code_reader import codes_in
from handlers.recognition.pictures.perceptual_hash import exact_hash, hash_picture
from handlers.recognition.pictures.safe_image import NoPicture, open_picture

SIDE = 1600
"""Maximum pixels of the longer side; enough to read text in the picture."""
_QUALITY = 80


@dataclass(frozen=True)
class CleanPicture:
    """A re-encoded picture without metadata: no place, device, author, file name or thumbnail."""

    jpeg: bytes = field(repr=False)
    exact: str
    """SHA-256 of `jpeg`: equal for the same pixels, whatever metadata the file had."""
    picture_hash: str
    """Its perceptual hash (`handlers.recognition.pictures.perceptual_hash`)."""
    card_hash: str = ""
    """Its hash of 256 bits, to be compared with cards (`handlers.recognition.pictures.perceptual_hash`)."""
    codes: tuple[str, ...] = field(default=(), repr=False)
    """The texts of the QR codes in it."""


def clean(content: bytes) -> CleanPicture:
    """Re-encodes the picture in these bytes. Takes 0.1 s and more: offload it.

    Raises:
        NoPicture: they are no supported picture, or decoding would exceed a limit.
    """
    if not content:
        raise NoPicture("empty")
    picture = open_picture(content, SIDE)
    picture.thumbnail((SIDE, SIDE))
    jpeg = _encoded(picture)
    return CleanPicture(jpeg, exact_hash(jpeg), *hash_picture(picture), codes_in(picture))


def _encoded(picture: Image.Image) -> bytes:
    encoded = BytesIO()
    # Without these arguments Pillow copies the metadata of the source.
    picture.save(encoded, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None, comment=b"")
    return encoded.getvalue()
