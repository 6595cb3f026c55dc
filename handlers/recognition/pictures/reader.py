"""Reads the words in pictures, with what the machine has: Tesseract, else TrueOCR, else nothing.

What is read may be misread. It finds candidates and is shown beside the picture; nothing is decided by
it. Runs in a worker process: both readers are native code.
"""

import re
import time
from collections.abc import Callable
from functools import cache
from typing import Protocol

from PIL import Image, ImageChops, ImageOps, ImageStat

from handlers.recognition.pictures import tesseract, true_ocr
from handlers.recognition.pictures.page_columns import columns_of
from handlers.recognition.pictures.picture_cleaning import SIDE
from handlers.recognition.pictures.safe_image import open_picture
from handlers.recognition.pictures.screenshot_lines import content_of
from handlers.recognition.plain_text import legible
from handlers.worker_tasks import leaving_loaded

MOST_PICTURES = 4
"""Pictures of one post that are read; the words of the others are not known."""
MOST_CHARACTERS = 3_000
"""Characters of one picture that are kept; a screen full of small print has fewer."""
_BUDGET_S = 6.0
"""Seconds of processor time for all pictures of one post, so that a busy machine reads as much as an
idle one. A worker is killed after `workers.task_s` of it."""
_SMALL_SIDE = 400
"""A picture whose longer side has fewer pixels, such as the thumbnail of a video, is read twice as large:
lines of letters of ten pixels are not told from each other otherwise."""
_LEGIBLE = 0.5
"""With less confidence there are no words: noise and ornaments read as letters."""
_WORD = re.compile(r"[^\W_]{2}")
_SURE = 0.88
"""With this confidence of the reader no other form of the picture is tried."""
_LETTERS_FROM = 150
"""Brightness of 255 from which on a pixel may be part of a white letter."""
_PAPER_FROM = 45
"""Brightness up to which a pixel may be part of a black letter."""
_CONTRAST = 5
_DARK_BELOW = 96
"""Median brightness of a page of light letters on a dark ground."""


class Reader(Protocol):
    """Reads one page in grey."""

    name: str

    def read(self, page: Image.Image, seconds: float) -> tuple[str, float]:
        """The words with their line breaks, and the reader's confidence from 0 to 1.

        Raises:
            Exception: it could not be read, or not in so many seconds of processor time.
        """


@cache
def installed() -> str:
    """The name of the reader that this machine has; empty without one. Loads none."""
    return next((one.NAME for one in (tesseract, true_ocr) if one.is_installed()), "")


@cache
def _reader() -> Reader | None:
    """The reader, loaded once for each process."""
    makers: dict[str, Callable[[], Reader]] = {
        tesseract.NAME: tesseract.Tesseract,
        true_ocr.NAME: true_ocr.TrueOcr,
    }
    make = makers.get(installed())
    return make() if make else None


@leaving_loaded
def read_words(pictures: tuple[bytes, ...]) -> tuple[str, ...]:
    """The words in each of these pictures, without the names in the head of a screenshot.

    Empty for one that has none, that cannot be read, and that comes after `MOST_PICTURES` or after the
    time is over. Takes seconds: offload it.
    """
    return read_with(_reader(), pictures)


def read_with(reader: Reader | None, pictures: tuple[bytes, ...]) -> tuple[str, ...]:
    """As `read_words`, with this reader."""
    until = time.process_time() + _BUDGET_S
    if reader is None:
        return tuple("" for _ in pictures)
    read = (_words(reader, picture, until) for picture in pictures[:MOST_PICTURES])
    return (*read, *("" for _ in pictures[MOST_PICTURES:]))


def _words(reader: Reader, content: bytes, until: float) -> str:
    try:
        text = _best(reader, _enlarged(open_picture(content, SIDE)), until)
    except Exception:  # noqa: BLE001 - a reader is native code, whose errors have any class
        return ""
    return content_of(legible(text))[:MOST_CHARACTERS]


def _enlarged(picture: Image.Image) -> Image.Image:
    if max(picture.size) >= _SMALL_SIDE:
        return picture
    size = 2 * picture.width, 2 * picture.height
    return picture.resize(size, Image.Resampling.BICUBIC)


def _best(reader: Reader, picture: Image.Image, until: float) -> str:
    """What is read with the most confidence: in grey, else white letters alone, else black ones."""
    best, most = "", 0.0
    for page_of in (_grey, _white_letters, _black_letters):
        try:
            text, confidence = _read_columns(reader, page_of(picture), until)
        except Exception:  # noqa: BLE001 - the words of an earlier form stay
            break
        if text.strip() and confidence > most:
            best, most = text, confidence
        if most >= _SURE or not (text.strip() or best):
            break
    return best if most >= _LEGIBLE and _WORD.search(best) else ""


def _read_columns(reader: Reader, page: Image.Image, until: float) -> tuple[str, float]:
    """What stands in the columns from left to right, with the confidence for all of it."""
    read = [_read_in_time(reader, column, until) for column in columns_of(page)]
    letters = sum(len(text) for text, _ in read)
    sure = sum(len(text) * confidence for text, confidence in read)
    return "\n".join(text for text, _ in read), sure / letters if letters else 0.0


def _read_in_time(reader: Reader, page: Image.Image, until: float) -> tuple[str, float]:
    left = until - time.process_time()
    if left <= 0:
        raise TimeoutError
    return reader.read(page, left)


def _grey(picture: Image.Image) -> Image.Image:
    """In grey, light letters on a dark ground turned into dark ones, which takes half the time."""
    grey = picture.convert("L")
    return ImageOps.invert(grey) if ImageStat.Stat(grey).median[0] < _DARK_BELOW else grey


def _white_letters(picture: Image.Image) -> Image.Image:
    """White letters in black, as on paper; every colour of a photo becomes paper."""
    red, green, blue = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return darkest.point(lambda value: 255 - min(max(value - _LETTERS_FROM, 0) * _CONTRAST, 255))


def _black_letters(picture: Image.Image) -> Image.Image:
    """Black letters on paper; every colour of a photo becomes paper."""
    red, green, blue = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return lightest.point(lambda value: min(max(value - _PAPER_FROM, 0) * _CONTRAST, 255))
