"""Breaks text into lines for a picture and finds the largest type that fits.

The font is DejaVu Sans, which has every Vietnamese letter. matplotlib contains it (a free licence
derived from Bitstream Vera's, `LICENSE_DEJAVU` beside it).
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

Breaking = Callable[[str, "Type", int], list[str]]
"""A function that breaks a text into lines of at most a width."""

SMALLEST = 8
"""Minimum size in pixels."""
_STEP = 0.94
_BEFORE_LEFT_OUT = " ,;:.–-"
_LEAST = 1 / 16
_LEADING = 1.32
"""Line height relative to the size: room for two diacritics over a capital (Ế)."""


@dataclass(frozen=True)
class Type:
    """One weight of the font at one size in pixels."""

    size: int
    bold: bool = False

    @property
    def leading(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * _LEADING)

    def scaled(self, scale: float) -> "Type":
        """The type scaled by this factor, but not below `SMALLEST`."""
        return Type(max(SMALLEST, int(self.size * scale)), self.bold)

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The loaded font."""
        return _font(self.size, self.bold)

    def width(self, text: str) -> float:
        """Width of a line in pixels."""
        return self.font.getlength(text)


def drawable(text: str) -> str:
    """The text on one line, without characters that the font lacks (emoji, control characters).

    Nor with marks that are part of no letter: a stack of them would be painted over other lines.
    """
    composed = unicodedata.normalize("NFC", text)
    covered = _letters()
    return " ".join(
        "".join(c if ord(c) in covered or c.isspace() else "" for c in composed).split()
    )


def lacks_letters(text: str) -> bool:
    """Whether the font lacks a letter of the text, so that words would be missing from it."""
    covered = _letters()
    return any(c.isalpha() and ord(c) not in covered for c in unicodedata.normalize("NFC", text))


def broken(text: str, kind: Type, width: int) -> list[str]:
    """The text in lines of at most `width`; a wider word is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and kind.width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _pieces(word, kind, width)
    return lines


def balanced(text: str, kind: Type, width: int) -> list[str]:
    """As `broken` with the same number of lines, but of similar length, so no word is alone on the last."""
    lines = broken(text, kind, width)
    narrow, wide = 1, width
    while len(lines) > 1 and narrow < wide:
        middle = (narrow + wide) // 2
        if len(broken(text, kind, middle)) > len(lines):
            narrow = middle + 1
        else:
            wide = middle
    return broken(text, kind, wide)


def _pieces(word: str, kind: Type, width: int) -> Iterator[str]:
    """A word in pieces of at most `width`."""
    while kind.width(word) > width and len(word) > 1:
        fits = max(1, _longest(word, kind, width))
        yield word[:fits]
        word = word[fits:]
    yield word


def _longest(word: str, kind: Type, width: int) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if kind.width(word[:middle]) <= width else (low, middle - 1)
    return low


def ended(text: str, kind: Type, width: int, lines: int) -> list[str]:
    """The beginning of a text in so many lines; where words are left out, the last one says so."""
    whole = broken(text, kind, width)
    if len(whole) <= lines:
        return whole
    last = whole[lines - 1].split()
    while len(last) > 1 and kind.width(_left_out(last)) > width:
        last.pop()
    while len(last[0]) > 1 and kind.width(_left_out(last)) > width:
        last = [last[0][:-1]]
    return [*whole[: lines - 1], _left_out(last)]


def _left_out(words: Sequence[str]) -> str:
    return f"{' '.join(words).rstrip(_BEFORE_LEFT_OUT)}…"


def largest(fits: Callable[[float], bool], start: float = 1.0) -> float:
    """The largest scale from `start` down that fits; the smallest one if none does."""
    scale = start
    while not fits(scale) and scale > _LEAST:
        scale *= _STEP
    return scale


def height(lines: Sequence[str], kind: Type) -> int:
    """Height of these lines in pixels."""
    return len(lines) * kind.leading


def widest(lines: Iterable[str], kind: Type) -> float:
    """Width of the widest line in pixels."""
    return max((kind.width(line) for line in lines), default=0.0)


@cache
def _folder() -> Path:
    found = find_spec("matplotlib")  # without importing it, which takes a second
    if found is None or found.origin is None:
        raise FileNotFoundError("matplotlib, which brings the type along, is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def _file(*, bold: bool) -> str:
    return str(_folder() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - a key of the cache
    return ImageFont.truetype(_file(bold=bold), size)


@cache
def _letters() -> frozenset[int]:
    """Every character that both weights have, but no combining marks."""
    shared: frozenset[int] | None = None
    for bold in (False, True):
        with TTFont(_file(bold=bold), lazy=True) as font:
            covered = frozenset(font.getBestCmap())
        shared = covered if shared is None else shared & covered
    return frozenset(c for c in shared or () if unicodedata.category(chr(c))[0] not in "CM")
