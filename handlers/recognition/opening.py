"""A picture of a stranger's, opened so that it can do no harm."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, UnidentifiedImageError


class NoPicture(Exception):
    """These bytes are no picture that can be read, or one too large to be harmless."""


@contextmanager
def opened(content: bytes, most_pixels: int, side: int) -> Iterator[Image.Image]:
    """The picture, about `side` pixels wide where its format lets it be read smaller.

    Nothing is decoded before its size is known; what decoding it inside the block finds wrong counts.

    Raises:
        NoPicture: it cannot be read, or has more than `most_pixels`.
    """
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            picture = Image.open(BytesIO(content))
        if picture.width * picture.height > most_pixels:
            raise NoPicture("too many pixels")
        picture.draft("RGB", (side, side))
        yield picture
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise NoPicture(str(error)) from None
