"""Decodes untrusted pictures within limits; the only module that opens them.

Runs in a worker process only (`handlers.worker_tasks`), whose memory is limited by the operating system.
"""

import math
import warnings
from io import BytesIO

# Read here, since Pillow would read all of its decoders to find one that it has not yet.
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
_START_OF_SCAN = b"\xff\xda"
"""In compressed data FF is followed by 00, so that this stands before scans alone."""
MOST_PIXELS = 60_000_000
"""Of any picture; three times what the largest phone shows."""
MOST_BYTES = 80_000_000
"""Of memory that decoding takes: 20 million pixels in colour, more in grey or from a palette."""
LONGEST_SIDE = 32_767
_BYTES_PER_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2}
"""As Pillow stores them; every other mode takes 4."""
_COPIES = {"WEBP": 4, "BMP": 4, "GIF": 3}
"""How often the decoder holds all of it: canvases, the frame, what a run length is unpacked to."""
_COPIES_ANIMATED = 2
_COEFFICIENT_BYTES = 2
"""Of each sample of a progressive JPEG, which is held whole until its last scan was read."""
_STRIP_PIXELS = 1_000_000
"""So many are converted at a time."""


class NoPicture(TaskError):
    """The bytes are no supported picture, or decoding would exceed a limit."""


def open_picture(content: bytes, side: int) -> Image.Image:
    """The picture upright, in colours on white, its longer side between `side` and twice that where
    it was larger.

    Nothing is decoded before its size is known, and nothing is converted before it is small.

    Raises:
        NoPicture: it cannot be read, or would take too much.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            return _open(content, side)
    except NoPicture:
        raise
    except Exception as error:  # noqa: BLE001 - RuntimeError, KeyError, MemoryError …
        raise NoPicture(type(error).__name__) from None


def _open(content: bytes, side: int) -> Image.Image:
    if content.count(_START_OF_SCAN) > MOST_SCANS:
        raise NoPicture("too many scans")
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
            raise NoPicture("too many pixels")
        beside = _coefficient_bytes(picture)
        picture.draft("RGB", (side, side))
        if beside + _decoded_bytes(picture) > MOST_BYTES:
            raise NoPicture("too many bytes")
        picture.load()
        return ImageOps.exif_transpose(_reduced(picture, side))


def _decoded_bytes(picture: Image.Image) -> int:
    """Bytes of memory that decoding it takes."""
    animated = _COPIES_ANIMATED if getattr(picture, "is_animated", False) else 1
    copies = _COPIES.get(picture.format or "", animated)
    each = _BYTES_PER_PIXEL.get(picture.mode, 4)
    return picture.width * picture.height * each * copies


def _coefficient_bytes(picture: Image.Image) -> int:
    """Bytes that a progressive JPEG takes beside, at its full size; 0 for every other picture."""
    if not picture.info.get("progressive"):
        return 0
    sampling: list[int] = [across * down for _, across, down, _ in getattr(picture, "layer", ())]
    samples = sum(sampling) / max(sampling, default=1)
    return picture.width * picture.height * math.ceil(samples * _COEFFICIENT_BYTES)


def _reduced(picture: Image.Image, side: int) -> Image.Image:
    """Strip by strip, so that there is never a second copy of all of it."""
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
    """What is transparent is shown as on a page."""
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    page = Image.new("RGB", layer.size, "white")
    page.paste(layer, mask=layer.getchannel("A"))
    return page
