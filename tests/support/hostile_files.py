"""Small files that cost much memory or time when opened as pictures."""

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from handlers.rendering.typesetting import Type

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


def glyphs(many: int, size: int) -> bytes:
    """A page of so many letters of this size in pixels, in lines of a hundred."""
    page, small = Image.new("RGB", (1600, 1600), "white"), Type(size)
    for line in range(many // 100):
        ImageDraw.Draw(page).text((0, line * 16), "ấ8x ọ " * 17, "black", small.font)
    return encoded(page, "PNG")


def huge_letters() -> bytes:
    """A few letters that fill the page."""
    page = Image.new("RGB", (1600, 1600), "white")
    ImageDraw.Draw(page).text((0, 0), "Ấm\n88", "black", Type(700).font)
    return encoded(page, "PNG")


def noise(width: int, height: int, seed: int) -> bytes:
    """A picture of nothing but edges."""
    brightness = random.Random(seed).randbytes(width * height)
    return encoded(Image.frombytes("L", (width, height), brightness), "PNG")


_STRIPS = ((1, 20_000), (20_000, 1), (3, 9_000), (9_000, 3), (1, 1))


def pictures(many: int) -> Iterator[tuple[str, bytes]]:
    """So many hostile pictures with their names, the same in every run.

    Each kind comes early, so that a few have one of each: files that cost much to open, pages that
    cost much to read, strips, and pictures that are cut off or have bytes changed.
    """
    chance = random.Random(1)
    whole = [glyphs(2_000, 14), noise(300, 200, 0), *(make() for make in (gif, animated_png))]
    whole += [encoded(Image.open(BytesIO(whole[0])), form) for form in ("JPEG", "WEBP", "BMP")]
    attacks = list(ATTACKS.items())
    for number in range(many):
        kind, at = number % 4, number // 4
        if kind == 0:
            name, make = attacks[at % len(attacks)]
            yield name, make()
        elif kind == 1:
            yield _page(at)
        else:
            yield _broken(chance, whole[at % len(whole)], is_cut=kind == 2)


def _page(at: int) -> tuple[str, bytes]:
    """A whole picture that is unlike any that people send."""
    kind = at % 5
    if kind == 0:
        return "glyphs", glyphs(10_000, 8 + at % 12)
    if kind == 1:
        return "huge letters", huge_letters()
    if kind == 2:
        width, height = _STRIPS[at // 5 % len(_STRIPS)]
        return f"strip {width}x{height}", noise(width, height, at)
    if kind == 3:
        return "noise", noise(1600, 1600, at)
    return "black", encoded(Image.new("1", (6_000, 6_000)), "PNG")


def _broken(chance: random.Random, content: bytes, *, is_cut: bool) -> tuple[str, bytes]:
    """The file cut off somewhere, or with a few bytes changed."""
    if is_cut:
        return "cut off", content[: chance.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return "changed", bytes(changed)
