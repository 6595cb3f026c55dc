"""A picture card as data: its text, and the place of every line, rectangle and stamp."""

from dataclasses import dataclass, field
from enum import Enum

from handlers.rendering.typesetting import Breaking, Type

PAPER, INK, SOFT, ALARM = "#FBFAF6", "#17212B", "#5A6872", "#B3261E"
MARGIN = 72
GAP = 36


class Shape(Enum):
    """Formats of feeds: width and height in pixels."""

    SQUARE = (1080, 1080)
    TALL = (1080, 1920)


SHAPES = {shape.name.lower(): shape for shape in Shape}
"""By the name that buttons and the database use."""


@dataclass(frozen=True)
class Stamp:
    """The rating of a verdict. A sign and words say it, so the colour is never needed to tell."""

    words: str
    sign: str
    colour: str


@dataclass(frozen=True)
class Card:
    """The text of one version in one language; equal cards give equal pictures."""

    club: str
    title: str
    facts: tuple[str, ...]
    urgent: str
    """The mark of an urgent announcement; empty for any other."""
    origin: tuple[tuple[str, str], ...]
    """Issuer, source and end, each as label and text."""
    source_url: str
    scan: str
    disclosure: str
    colour: str
    accent: str
    check_url: str = ""
    """The address at which the bot shows exactly this version; empty for none."""
    check: str = ""
    """The code in letters and digits, below its QR code."""
    summary: str = ""
    """The beginning of the text. It is shown where there are no facts, as much of it as fits."""
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Line:
    """One line of text; `top` includes the leading."""

    text: str
    kind: Type
    left: int
    top: int
    colour: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the painted glyphs."""
        x0, y0, x1, y1 = self.kind.font.getbbox(self.text, anchor="la")
        return self.left + x0, self.top + y0, self.left + x1, self.top + y1


@dataclass(frozen=True)
class StampPlace:
    """A stamp laid out; the box is that of the turned stamp."""

    stamp: Stamp
    kind: Type
    left: int
    top: int
    width: int
    height: int


@dataclass
class Sheet:
    """The layout of a card: lines, filled rectangles, and the places of the QR code and the stamp."""

    shape: Shape
    breaking: Breaking
    lines: list[Line] = field(default_factory=list)
    bands: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    """Left, top, right, bottom and colour of filled rectangles, painted first."""
    code: tuple[int, int, int] | None = None
    """Left and top of the white panel with the QR code of the source, and its side."""
    check: tuple[int, int, int] | None = None
    """The same for the QR code with which the bot shows this version."""
    stamp: StampPlace | None = None
    bottom: int = 0
    """Bottom of what stands between header and origin."""
    room: int = 0
    """Maximum of `bottom`."""

    def put(self, lines: list[str], kind: Type, start: tuple[int, int], colour: str) -> int:
        """Adds lines one below the other; returns where they end."""
        left, top = start
        for line in lines:
            self.lines.append(Line(line, kind, left, top, colour))
            top += kind.leading
        return top
