"""Decodes untrusted pictures within limits; the only module that opens them.

Runs in a worker process only (`handlers.worker_tasks`), whose memory is limited by the operating system.
"""

import math
import warnings
from io import BytesIO

# Imported here, since Pillow otherwise imports all of its decoders to find one.
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from handlers.worker_tasks import TaskError

_READERS = (
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    WebPImagePlugin.WebPImageFile,
)
FORMATS = tuple(reader.format for reader in _READERS)
MOST_SCANS = 100
"""Scans of a progressive JPEG; each decodes the whole picture again, and cameras write about ten."""
_JPEG = b"\xff\xd8\xff"
_START_OF_SCAN = b"\xff\xda"
"""In the compressed data of a JPEG, FF is followed by 00, so this marker occurs only before a scan. In
other formats these bytes are data: a PNG of 7 MB has a hundred of them by chance."""
MOST_PIXELS = 60_000_000
"""Limit for every picture; three times the screen of the largest phone."""
MOST_BYTES = 80_000_000
"""Limit of memory for decoding: 20 million pixels in colour, more in grey or with a palette."""
MOST_WEBP_BYTES = 200_000_000
"""The same for WEBP, whose decoder cannot reduce the picture and holds four copies of it: 12.5 million
pixels, as cameras of phones have."""
LONGEST_SIDE = 32_767
_BYTES_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2}
"""Bytes of a pixel by Pillow's mode; every other mode takes 4."""
_COPIES = {"WEBP": 4, "BMP": 4, "GIF": 3}
"""Copies of the picture that the decoder holds: canvases, the frame, the unpacked run lengths."""
_COPIES_ANIMATED = 2
_COEFFICIENT_BYTES = 2
"""Bytes of a sample of a progressive JPEG, which is held in full until its last scan."""
_STRIP_PIXELS = 1_000_000
"""Pixels that are converted at a time."""


class NoPicture(TaskError):
    """The bytes are no supported picture, or decoding would exceed a limit."""


def open_picture(content: bytes, side: int) -> Image.Image:
    """The picture upright, in RGB on white. If its longer side exceeds `side`, it is reduced to between
    `side` and twice that.

    The size is checked before decoding, and the picture is reduced before it is converted, so memory
    stays within the limits.

    Raises:
        NoPicture: it cannot be decoded, or would exceed a limit.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            return _open(content, side)
    except NoPicture:
        raise
    except Exception as error:  # noqa: BLE001 - RuntimeError, KeyError, MemoryError …
        raise NoPicture(type(error).__name__) from None


def _open(content: bytes, side: int) -> Image.Image:
    if content.startswith(_JPEG) and content.count(_START_OF_SCAN) > MOST_SCANS:
        raise NoPicture("too many scans")
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
            raise NoPicture("too many pixels")
        beside = _coefficient_bytes(picture)
        picture.draft("RGB", (side, side))
        if beside + _decoded_bytes(picture) > _most_bytes(picture):
            raise NoPicture("too many bytes")
        picture.load()
        return ImageOps.exif_transpose(_reduced(picture, side))


def _most_bytes(picture: Image.Image) -> int:
    return MOST_WEBP_BYTES if picture.format == "WEBP" else MOST_BYTES


def _decoded_bytes(picture: Image.Image) -> int:
    """Bytes of memory that decoding takes."""
    animated = _COPIES_ANIMATED if getattr(picture, "is_animated", False) else 1
    copies = _COPIES.get(picture.format or "", animated)
    each = _BYTES_PER_PIXEL.get(picture.mode, 4)
    return picture.width * picture.height * each * copies


def _coefficient_bytes(picture: Image.Image) -> int:
    """Additional bytes for a progressive JPEG at its full size; 0 for every other picture."""
    if not picture.info.get("progressive"):
        return 0
    sampling: list[int] = [across * down for _, across, down, _ in getattr(picture, "layer", ())]
    samples = sum(sampling) / max(sampling, default=1)
    return picture.width * picture.height * math.ceil(samples * _COEFFICIENT_BYTES)


def _reduced(picture: Image.Image, side: int) -> Image.Image:
    """Reduces the picture strip by strip, so that there is never a second full copy."""
    factor = max(1, max(picture.size) // side)
    rows = max(1, _STRIP_PIXELS // (picture.width * factor)) * factor
    size = -(-picture.width // factor), -(-picture.height // factor)
    small = Image.new("RGB", size, "white")
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        small.paste(_on_white(strip).reduce(factor), (0, top // factor))
    small.info = dict(picture.info)
    return small


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB; transparent pixels become white."""
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    page = Image.new("RGB", layer.size, "white")
    page.paste(layer, mask=layer.getchannel("A"))
    return page
