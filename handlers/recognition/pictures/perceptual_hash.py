"""Picture hashes: an exact one, a perceptual hash (pHash, DCT based, 64 bits), and one of 256 bits.

The perceptual hash is stable under recompression, scaling, a caption bar and the frame of a screenshot.
Two posters that differ in one digit have nearly the same hash, so a match only means *similar*.

Cards of one club share their frame, so that 64 bits cannot tell them apart. Of the 256 bits of
`card_hash`, recompressed and scaled copies of a card differ in up to 10, two cards in 40 and more.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from PIL import Image

from handlers.recognition.pictures.safe_image import open_picture

ALIKE_BITS = 10
"""Up to this Hamming distance two pictures count as similar."""
CARD_ALIKE_BITS = 24
"""Up to this Hamming distance a picture is similar to a card."""
_SIDE = 32
_DCT_SIZE = 8
_BITS = 64
_CARD_SIDE, _CARD_DCT_SIZE, _CARD_BITS = 64, 16, 256
_PREVIEW_SIZE = 200
"""Lines and columns of the preview in which the frame is searched."""
_DECODED_SIDE = 4 * _PREVIEW_SIZE
"""Pixels of the longer side that a picture is decoded to."""
_CONTENT_LINES_MIN = 30
"""The content between bars has at least so many lines of the preview."""
_FRAME_SHARE = 0.5
"""A line is part of a frame if more than this share of it has the colour of an edge."""
_SAME_COLOUR = 10


def exact_hash(content: bytes) -> str:
    """SHA-256 of the file: equal for the same file only."""
    return hashlib.sha256(content).hexdigest()


def perceptual_hash(content: bytes) -> str:
    """The perceptual hash of the whole picture and, if it has one, of the part inside its frame.

    16 hexadecimal digits for each.

    Raises:
        NoPicture: it cannot be decoded.
    """
    return _hash_parts(_parts_of(open_picture(content, _DECODED_SIDE)), _SIDE, _DCT_SIZE)


def card_hash(content: bytes) -> str:
    """The hash of 256 bits of a picture and, if it has one, of the part inside its frame.

    64 hexadecimal digits for each.

    Raises:
        NoPicture: it cannot be decoded.
    """
    parts = _parts_of(open_picture(content, _DECODED_SIDE))
    return _hash_parts(parts, _CARD_SIDE, _CARD_DCT_SIZE)


def hash_picture(image: Image.Image) -> tuple[str, str]:
    """The `perceptual_hash` and the `card_hash` of a decoded picture."""
    parts = _parts_of(image)
    return (
        _hash_parts(parts, _SIDE, _DCT_SIZE),
        _hash_parts(parts, _CARD_SIDE, _CARD_DCT_SIZE),
    )


def similar_cards(
    card_hashes: Sequence[str], stored: Iterable[tuple[int, str]]
) -> list[tuple[int, int]]:
    """The stored cards within `CARD_ALIKE_BITS` of one of these, with the distance in bits."""
    new = [part for one in card_hashes for part in _parts(one, _CARD_BITS)]
    near = (
        (number, min((a ^ b).bit_count() for a in new for b in _parts(one, _CARD_BITS)))
        for number, one in (stored if new else ())
    )
    return [(number, bits) for number, bits in near if bits <= CARD_ALIKE_BITS]


def distance(one: str, other: str) -> int:
    """The smallest Hamming distance between the hashes of two pictures, 0 to 64 bits.

    Raises:
        ValueError: one of them is not a `perceptual_hash`.
    """
    return min((a ^ b).bit_count() for a in _parts(one) for b in _parts(other))


def similar_pictures(
    picture_hashes: Sequence[str], stored: Iterable[tuple[int, str]]
) -> list[tuple[int, int]]:
    """The stored pictures within `ALIKE_BITS` of one of these, with the distance in bits."""
    near = (
        (number, min(distance(new_hash, stored_hash) for new_hash in picture_hashes))
        for number, stored_hash in stored
    )
    return [(number, bits) for number, bits in near if bits <= ALIKE_BITS]


def _parts(perceptual: str, bits: int = _BITS) -> list[int]:
    digits = bits // 4
    return [int(perceptual[i : i + digits], 16) for i in range(0, len(perceptual), digits)]


def _parts_of(image: Image.Image) -> list[Image.Image]:
    """The whole picture in grey and, if it has a frame, the part inside."""
    picture = image.convert("L")
    inner = _without_frame(picture)
    return [picture] if inner is None else [picture, inner]


def _hash_parts(parts: Iterable[Image.Image], side: int, size: int) -> str:
    return "".join(_hash(part, side, size) for part in parts)


def _hash(picture: Image.Image, side: int, size: int) -> str:
    """pHash: which low-frequency DCT coefficients exceed their median.

    Brightness is only in the first coefficient, which is left out; contrast scales all coefficients
    and their median alike; detail is in the high frequencies, which are cut off.
    """
    small = picture.resize((side, side), Image.Resampling.BOX).tobytes()
    rows = [_dct(small[i : i + side], size) for i in range(0, side * side, side)]
    coefficients = [_dct([row[column] for row in rows], size) for column in range(size)]
    flat = [value for column in coefficients for value in column]
    middle = sorted(flat[1:])[len(flat) // 2]
    bits = sum(1 << i for i, value in enumerate(flat) if i and value > middle)
    return f"{bits:0{size * size // 4}x}"


def _dct(values: bytes | list[float], size: int) -> list[float]:
    """The first `size` coefficients of the discrete cosine transform (type II)."""
    floats = list(map(float, values))
    return [sum(map(float.__mul__, basis, floats)) for basis in _cosines(len(floats), size)]


@cache
def _cosines(side: int, size: int) -> list[list[float]]:
    step = math.pi / (2 * side)
    return [[math.cos(step * k * (2 * i + 1)) for i in range(side)] for k in range(size)]


def _without_frame(picture: Image.Image) -> Image.Image | None:
    """The largest part between bars in the colours of the edges; None without bars."""
    preview = picture.resize((_PREVIEW_SIZE, _PREVIEW_SIZE), Image.Resampling.BOX)
    edges = _edges(preview)
    top, bottom = _longest_content_run(preview, edges)
    if bottom - top < _CONTENT_LINES_MIN:
        return None
    band = preview.crop((0, top, _PREVIEW_SIZE, bottom)).resize((_PREVIEW_SIZE, _PREVIEW_SIZE))
    across_it = band.transpose(Image.Transpose.TRANSPOSE)
    # Without bars above and below there may still be some at the sides, in a colour of their own.
    is_framed = (top, bottom) != (0, _PREVIEW_SIZE)
    left, right = _longest_content_run(across_it, edges if is_framed else _edges(across_it))
    box = (left, top, right, bottom)
    if box == (0, 0, _PREVIEW_SIZE, _PREVIEW_SIZE) or right - left < _CONTENT_LINES_MIN:
        return None
    across, down = picture.width / _PREVIEW_SIZE, picture.height / _PREVIEW_SIZE
    return picture.crop(
        (round(left * across), round(top * down), round(right * across), round(bottom * down))
    )


def _lines(picture: Image.Image) -> list[bytes]:
    data = picture.tobytes()
    return [data[i : i + _PREVIEW_SIZE] for i in range(0, len(data), _PREVIEW_SIZE)]


def _edges(picture: Image.Image) -> set[int]:
    """The colours that a frame would have."""
    lines = _lines(picture)
    return {_most_frequent(lines[0]), _most_frequent(lines[-1])}


def _longest_content_run(picture: Image.Image, edges: set[int]) -> tuple[int, int]:
    """Start and end of the longest run of lines that are not part of a frame."""
    best, at = (0, 0), 0
    for is_content, run in groupby(not _is_frame(line, edges) for line in _lines(picture)):
        length = len(list(run))
        if is_content and length > best[1] - best[0]:
            best = (at, at + length)
        at += length
    return best


def _most_frequent(line: bytes) -> int:
    return max(set(line), key=line.count)


def _is_frame(line: bytes, edges: set[int]) -> bool:
    near = (sum(abs(pixel - edge) <= _SAME_COLOUR for pixel in line) for edge in edges)
    return max(near) > _FRAME_SHARE * len(line)
