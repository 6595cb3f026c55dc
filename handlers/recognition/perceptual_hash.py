"""Is this the same picture? Byte for byte, or as an eye would say at a glance.

A glance survives recompression, another size, a caption bar and the frame of a screenshot. It does not
survive doubt: two posters that differ in one digit look alike, so a likeness is only ever *similar*.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from PIL import Image

from handlers.recognition.safe_image import opened

ALIKE_BITS = 10
"""Up to this distance two pictures are worth asking about."""
_SIDE = 32
_WAVES = 8
_BITS = 64
_GLANCE = 200
"""To how many lines and columns a picture is reduced to look for its frame."""
_LOOKED_AT = 4 * _GLANCE
"""Pixels of the longer side that are enough to look at."""
_LEAST_SIDE = 30
"""What is left between bars has at least so many of them."""
_FRAME_SHARE = 0.5
"""A line belongs to a frame when more than this share of it has the colour of an edge."""
_SAME_COLOUR = 10


def exact_hash(content: bytes) -> str:
    """SHA-256 of the file: equal for the same file only."""
    return hashlib.sha256(content).hexdigest()


def perceptual_hash(content: bytes) -> str:
    """What the picture looks like, whole and without its frame: 16 hexadecimal digits for each.

    Raises:
        NoPicture: it cannot be read.
    """
    return look_of(opened(content, _LOOKED_AT))


def look_of(found: Image.Image) -> str:
    """As `perceptual_hash`, of a picture that is open already."""
    picture = found.convert("L")
    whole = _hash(picture)
    inner = _without_frame(picture)
    return whole if inner is None else whole + _hash(inner)


def distance(one: str, other: str) -> int:
    """How many of 64 bits differ between two pictures, at their most alike; `ALIKE_BITS` is near.

    Raises:
        ValueError: one of them is not a `perceptual_hash`.
    """
    return min((a ^ b).bit_count() for a in _parts(one) for b in _parts(other))


def looking_alike(looks: Sequence[str], kept: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Which of the pictures that are kept look like one of these, and by how many bits they differ."""
    near = ((number, min(distance(look, seen) for look in looks)) for number, seen in kept)
    return [(number, bits) for number, bits in near if bits <= ALIKE_BITS]


def _parts(perceptual: str) -> list[int]:
    digits = _BITS // 4
    return [int(perceptual[i : i + digits], 16) for i in range(0, len(perceptual), digits)]


def _hash(picture: Image.Image) -> str:
    """The signs of its long waves (pHash): brightness, contrast and detail do not matter."""
    small = picture.resize((_SIDE, _SIDE), Image.Resampling.BOX).tobytes()
    rows = [_waves(small[i : i + _SIDE]) for i in range(0, _SIDE * _SIDE, _SIDE)]
    waves = [_waves([row[column] for row in rows]) for column in range(_WAVES)]
    flat = [value for column in waves for value in column]
    middle = sorted(flat[1:])[len(flat) // 2]
    bits = sum(1 << i for i, value in enumerate(flat) if i and value > middle)
    return f"{bits:016x}"


def _waves(values: bytes | list[float]) -> list[float]:
    """The first coefficients of the discrete cosine transform (type II)."""
    return [sum(map(float.__mul__, wave, map(float, values))) for wave in _cosines()]


@cache
def _cosines() -> list[list[float]]:
    step = math.pi / (2 * _SIDE)
    return [[math.cos(step * k * (2 * i + 1)) for i in range(_SIDE)] for k in range(_WAVES)]


def _without_frame(picture: Image.Image) -> Image.Image | None:
    """The largest part between bars in the colours of the edges; None when there are none."""
    glance = picture.resize((_GLANCE, _GLANCE), Image.Resampling.BOX)
    edges = _edges(glance)
    top, bottom = _longest_busy(glance, edges)
    if bottom - top < _LEAST_SIDE:
        return None
    band = glance.crop((0, top, _GLANCE, bottom)).resize((_GLANCE, _GLANCE))
    across_it = band.transpose(Image.Transpose.TRANSPOSE)
    # Without bars above and below there may still be some at the sides, in a colour of their own.
    is_framed = (top, bottom) != (0, _GLANCE)
    left, right = _longest_busy(across_it, edges if is_framed else _edges(across_it))
    box = (left, top, right, bottom)
    if box == (0, 0, _GLANCE, _GLANCE) or right - left < _LEAST_SIDE:
        return None
    across, down = picture.width / _GLANCE, picture.height / _GLANCE
    return picture.crop(
        (round(left * across), round(top * down), round(right * across), round(bottom * down))
    )


def _lines(picture: Image.Image) -> list[bytes]:
    data = picture.tobytes()
    return [data[i : i + _GLANCE] for i in range(0, len(data), _GLANCE)]


def _edges(picture: Image.Image) -> set[int]:
    """The colours that a frame would have."""
    lines = _lines(picture)
    return {_commonest(lines[0]), _commonest(lines[-1])}


def _longest_busy(picture: Image.Image, edges: set[int]) -> tuple[int, int]:
    """Where the longest run of lines begins and ends that are not mostly in an edge's colour."""
    best, at = (0, 0), 0
    for busy, run in groupby(not _is_frame(line, edges) for line in _lines(picture)):
        length = len(list(run))
        if busy and length > best[1] - best[0]:
            best = (at, at + length)
        at += length
    return best


def _commonest(line: bytes) -> int:
    return max(set(line), key=line.count)


def _is_frame(line: bytes, edges: set[int]) -> bool:
    near = (sum(abs(pixel - edge) <= _SAME_COLOUR for pixel in line) for edge in edges)
    return max(near) > _FRAME_SHARE * len(line)
