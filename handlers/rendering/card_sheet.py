"""A picture card as data: its words, and the place of every line, band and stamp on it."""

from dataclasses import dataclass, field
from enum import Enum

from handlers.rendering.typesetting import Breaking, Type

PAPER, INK, SOFT, ALARM = "#FBFAF6", "#17212B", "#5A6872", "#B3261E"
MARGIN = 72
GAP = 36


class Shape(Enum):
    """What feeds show: width and height in pixels."""

    SQUARE = (1080, 1080)
    TALL = (1080, 1920)


@dataclass(frozen=True)
class Stamp:
    """The rating of a verdict. A sign and words say it, so the colour is never needed to tell."""

    words: str
    sign: str
    colour: str


@dataclass(frozen=True)
class Card:
    """The words of one wording in one language; equal cards are the same picture."""

    club: str
    title: str
    facts: tuple[str, ...]
    urgent: str
    """What marks it as urgent; empty when it is not."""
    origin: tuple[tuple[str, str], ...]
    """Issuer, source and end: each with what it is called."""
    source_url: str
    scan: str
    disclosure: str
    colour: str
    accent: str
    summary: str = ""
    """The beginning of the text. It is shown where there are no facts, as much of it as fits."""
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Line:
    """One line of type; `top` is where the line begins, its leading included."""

    text: str
    kind: Type
    left: int
    top: int
    colour: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is painted."""
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
    """A card laid out: its lines, and the squares of the QR code with their size in pixels."""

    shape: Shape
    breaking: Breaking
    lines: list[Line] = field(default_factory=list)
    bands: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    """Left, top, right, bottom and colour of filled rectangles, painted first."""
    code: tuple[int, int, int] | None = None
    """Left and top of the QR code's white panel, and its side."""
    stamp: StampPlace | None = None
    bottom: int = 0
    """Where what stands above the footer ends."""
    room: int = 0
    """Where it has to end."""

    def put(self, lines: list[str], kind: Type, start: tuple[int, int], colour: str) -> int:
        """Adds lines one below the other; returns where they end."""
        left, top = start
        for line in lines:
            self.lines.append(Line(line, kind, left, top, colour))
            top += kind.leading
        return top
