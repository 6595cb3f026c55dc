"""Divides a page into two columns, which a reader may take for lines across both."""

from collections.abc import Sequence
from itertools import groupby

from PIL import Image, ImageChops, ImageFilter

_INK = 60
"""Difference in brightness from the ground from which on a pixel is ink."""
_MIDDLE = 0.25, 0.75
"""The part of the page across in which the gutter may be."""
_GUTTER = 0.02
"""The least width of a gutter, as a share of that of the page; a space between words is narrower."""
_SIDE_INKED = 0.2
"""On either side so much of the page across has ink in some line."""


def columns_of(page: Image.Image) -> list[Image.Image]:
    """The columns of a page in grey, from left to right; the page itself without a gutter all the way down."""
    inked = _inked(page)
    gutter = _gutter(inked)
    if gutter is None:
        return [page]
    left, right = inked[:gutter], inked[gutter:]
    if min(sum(left), sum(right)) < _SIDE_INKED * page.width:
        return [page]
    return [
        _alone(page, 0, gutter),
        _alone(page, gutter, page.width),
    ]


def _alone(page: Image.Image, left: int, right: int) -> Image.Image:
    """One column on a page of the same size, so that a reader sees its letters in the same scale."""
    column = Image.new("L", page.size, _most_frequent(page))
    column.paste(page.crop((left, 0, right, page.height)))
    return column


def _inked(page: Image.Image) -> Sequence[int]:
    """For each place across the page 1 where some line has ink, else 0."""
    ground = Image.new("L", page.size, _most_frequent(page))
    ink = ImageChops.difference(page, ground).point(lambda value: 255 if value >= _INK else 0)
    across, _ = ink.filter(ImageFilter.MedianFilter(3)).getprojection()
    return across


def _most_frequent(page: Image.Image) -> int:
    counts = page.histogram()
    return counts.index(max(counts))


def _gutter(inked: Sequence[int]) -> int | None:
    """The middle of the widest gap in the middle of the page; None without a wide one."""
    first, last = (round(share * len(inked)) for share in _MIDDLE)
    best, width, at = 0, _GUTTER * len(inked), 0
    for is_inked, run in groupby(inked):
        length = len(list(run))
        middle = at + length // 2
        if not is_inked and length > width and first <= middle < last:
            best, width = middle, length
        at += length
    return best or None
