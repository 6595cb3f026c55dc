"""The look of a picture card: a perceptual hash of 256 bits (DCT based).

Cards of one club share their frame, so the usual hash of 64 bits takes them for one another. Of this
one, recompressed and scaled copies of a card differ in up to 10 bits, two cards in 40 and more. It is
blind to a changed digit all the same: a match never says that the words are the same.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image

from handlers.recognition.perceptual_hash import without_frame
from handlers.recognition.safe_image import open_picture

ALIKE_BITS = 24
"""Up to this Hamming distance a picture looks like a card."""
_SIDE = 64
_DCT_SIZE = 16
_DIGITS = _DCT_SIZE * _DCT_SIZE // 4
_DECODED_SIDE = 800
"""Pixels of the longer side that a picture is decoded to."""


def look_of(content: bytes) -> str:
    """The look of the picture in these bytes: 64 hexadecimal digits, and 64 for the part in a frame.

    Raises:
        NoPicture: it cannot be decoded.
    """
    return look(open_picture(content, _DECODED_SIDE))


def look(image: Image.Image) -> str:
    """As `look_of`, of a decoded picture."""
    picture = image.convert("L")
    inner = without_frame(picture)
    return _hash(picture) + (_hash(inner) if inner else "")


def similar_looks(looks: Sequence[str], stored: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """The stored cards within `ALIKE_BITS` of one of these looks, each with the distance in bits."""
    new = [part for one in looks for part in _parts(one)]
    near = ((number, _distance(new, _parts(one))) for number, one in stored) if new else ()
    return [(number, bits) for number, bits in near if bits <= ALIKE_BITS]


def _distance(ones: Sequence[int], others: Sequence[int]) -> int:
    return min((one ^ other).bit_count() for one in ones for other in others)


def _parts(found: str) -> list[int]:
    return [int(found[at : at + _DIGITS], 16) for at in range(0, len(found), _DIGITS)]


def _hash(picture: Image.Image) -> str:
    """Which of the low-frequency coefficients exceed their median, brightness left out."""
    small = picture.resize((_SIDE, _SIDE), Image.Resampling.BOX).tobytes()
    rows = [_dct(small[at : at + _SIDE]) for at in range(0, _SIDE * _SIDE, _SIDE)]
    flat = [value for column in range(_DCT_SIZE) for value in _dct([row[column] for row in rows])]
    middle = sorted(flat[1:])[len(flat) // 2]
    bits = sum(1 << at for at, value in enumerate(flat) if at and value > middle)
    return f"{bits:0{_DIGITS}x}"


def _dct(values: bytes | Sequence[float]) -> list[float]:
    """The first `_DCT_SIZE` coefficients of the discrete cosine transform (type II)."""
    floats = list(map(float, values))
    return [sum(map(float.__mul__, basis, floats)) for basis in _cosines()]


@cache
def _cosines() -> list[list[float]]:
    step = math.pi / (2 * _SIDE)
    return [[math.cos(step * k * (2 * i + 1)) for i in range(_SIDE)] for k in range(_DCT_SIZE)]
