"""Layout of a picture card. Text is never cut: the type becomes smaller until all of it fits.

Layout and painting are separate, so that a test can check the layout without reading pixels.
"""

from dataclasses import dataclass, field
from enum import Enum

import segno

from handlers.rendering.contrast import luminance
from handlers.rendering.typesetting import Breaking, Type, balanced, broken, height, largest, widest


class Shape(Enum):
    """Formats of feeds: width and height in pixels."""

    SQUARE = (1080, 1080)
    TALL = (1080, 1920)


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


@dataclass
class Sheet:
    """The layout of a card: lines, filled rectangles and the place of the QR code."""

    shape: Shape
    breaking: Breaking
    lines: list[Line] = field(default_factory=list)
    bands: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    """Left, top, right, bottom and colour of filled rectangles, painted first."""
    code: tuple[int, int, int] | None = None
    """Left and top of the QR code's white panel, and its side."""
    bottom: int = 0
    """Bottom of the title and the facts."""
    room: int = 0
    """Maximum of `bottom`."""


PAPER, INK, _SOFT, _ALARM = "#FBFAF6", "#17212B", "#5A6872", "#B3261E"
_MARGIN = 72
_RULE = 10
_GAP = 36
_CODE_GAP = 40


@dataclass(frozen=True)
class _Plan:
    """Initial sizes of a shape in pixels, before scaling."""

    head: int
    foot: int
    club: Type
    title: Type
    fact: Type
    label: Type
    origin: Type
    small: Type
    code: int


_PLANS = {
    Shape.SQUARE: _Plan(
        head=124,
        foot=96,
        club=Type(36, bold=True),
        title=Type(76, bold=True),
        fact=Type(42),
        label=Type(24),
        origin=Type(32, bold=True),
        small=Type(25),
        code=250,
    ),
    # Apps overlay the top and the bottom of a tall picture.
    Shape.TALL: _Plan(
        head=260,
        foot=260,
        club=Type(42, bold=True),
        title=Type(96, bold=True),
        fact=Type(54),
        label=Type(30),
        origin=Type(38, bold=True),
        small=Type(30),
        code=340,
    ),
}


def lay_out(card: Card, shape: Shape) -> Sheet:
    """The layout with the largest type that fits."""

    def fits(scale: float) -> bool:
        tried = _layout_at(card, shape, scale, broken)
        return tried.bottom <= tried.room

    # Balancing moves line breaks and keeps the number of lines, so the height stays.
    return _layout_at(card, shape, largest(fits), balanced)


def _layout_at(card: Card, shape: Shape, scale: float, breaking: Breaking) -> Sheet:
    plan, width = _PLANS[shape], shape.value[0]
    sheet = Sheet(shape, breaking)
    foot_top = _foot(sheet, card, plan)
    _head(sheet, card, plan)
    low = _origin_lines(sheet, card, plan, scale, foot_top)
    sheet.room = low - _GAP
    top = plan.head + _GAP
    title = plan.title.scaled(scale)
    lines = breaking(card.title, title, width - 2 * _MARGIN)
    top = _put(sheet, lines, title, (_MARGIN, top), INK)
    top += round(_GAP * 0.5)
    sheet.bands.append((_MARGIN, top, _MARGIN + width // 6, top + _RULE, card.accent))
    top += _RULE + round(_GAP * 0.7)
    for fact in card.facts:
        top = _bullet(sheet, fact, plan.fact.scaled(_secondary_scale(scale)), top, card.colour)
        top += round(_GAP * 0.4 * scale)
    sheet.bottom = top
    _centre_on_tall(sheet)
    return sheet


def _secondary_scale(scale: float) -> float:
    """The scale of small type, which shrinks later than the title and so stays readable."""
    return min(1.0, scale * 1.5)


def _centre_on_tall(sheet: Sheet) -> None:
    """Moves a short text down by a third of the free space on a tall picture."""
    spare = sheet.room - sheet.bottom
    if sheet.shape is Shape.SQUARE or spare <= 0:
        return
    down, body = spare // 3, range(_PLANS[sheet.shape].head, sheet.room)
    sheet.lines = [
        Line(one.text, one.kind, one.left, one.top + down, one.colour) if one.top in body else one
        for one in sheet.lines
    ]
    sheet.bands = [
        (left, top + down, right, bottom + down, colour)
        if top in body
        else (left, top, right, bottom, colour)
        for left, top, right, bottom, colour in sheet.bands
    ]
    sheet.bottom += down


def _head(sheet: Sheet, card: Card, plan: _Plan) -> None:
    """Adds the header: the club's name on its colour, and the mark of an urgent announcement."""
    width = sheet.shape.value[0]
    sheet.bands.append((0, 0, width, plan.head, card.colour))
    urgent = _pill(sheet, card.urgent, plan) if card.urgent else width - _MARGIN
    room = urgent - _MARGIN - (_GAP if card.urgent else 0)
    inner = plan.head - 24
    lines, kind = _fitting(
        card.club, plan.club, room, inner if sheet.shape is Shape.SQUARE else 130
    )
    top = _head_middle(sheet.shape, plan) - height(lines, kind) // 2
    _put(sheet, lines, kind, (_MARGIN, top), _readable_on(card.colour))


def _head_middle(shape: Shape, plan: _Plan) -> int:
    return plan.head // 2 if shape is Shape.SQUARE else plan.head - 80


def _pill(sheet: Sheet, text: str, plan: _Plan) -> int:
    """Adds a red field at the right of the header; returns its left edge."""
    kind = plan.club
    right = sheet.shape.value[0] - _MARGIN
    left = right - round(kind.width(text)) - 48
    middle = _head_middle(sheet.shape, plan)
    half = kind.leading // 2 + 10
    sheet.bands.append((left, middle - half, right, middle + half, _ALARM))
    _put(sheet, [text], kind, (left + 24, middle - kind.leading // 2 + 2), "#FFFFFF")
    return left


def _foot(sheet: Sheet, card: Card, plan: _Plan) -> int:
    """Adds the footer: who shares it and for whom; returns its top."""
    width, tall = sheet.shape.value
    top = tall - plan.foot
    sheet.bands.append((0, top, width, tall, card.colour))
    usable = plan.foot - 16 if sheet.shape is Shape.SQUARE else 120
    lines, kind = _fitting(card.disclosure, plan.small, width - 2 * _MARGIN, usable)
    first = top + (usable + 16 - height(lines, kind)) // 2
    _put(sheet, lines, kind, (_MARGIN, first), _readable_on(card.colour))
    return top


def _origin_lines(sheet: Sheet, card: Card, plan: _Plan, scale: float, foot: int) -> int:
    """Adds issuer and source with the QR code above the footer; returns the top."""
    width = sheet.shape.value[0]
    side = code_side(card.source_url, plan.code)
    room = width - 2 * _MARGIN - (side + _CODE_GAP if side else 0)
    label, kind = (one.scaled(_secondary_scale(scale)) for one in (plan.label, plan.origin))
    origin_lines = [(label, [name], sheet.breaking(text, kind, room)) for name, text in card.origin]
    gap = round(14 * scale)
    tall = (
        sum(height(n, label) + height(t, kind) + gap for _, n, t in origin_lines) - gap
        if origin_lines
        else 0
    )
    scan, small = _fitting(card.scan, plan.label, side, plan.label.leading) if side else ([], label)
    code_tall = side + height(scan, small)
    top = foot - _GAP - max(tall, code_tall)
    below = top + (max(tall, code_tall) - tall)
    for _, name, text in origin_lines:
        below = _put(sheet, name, label, (_MARGIN, below), _SOFT)
        below = _put(sheet, text, kind, (_MARGIN, below), INK) + gap
    if side:
        left = width - _MARGIN - side
        code_top = foot - _GAP - code_tall
        sheet.code = (left, code_top, side)
        inset = round((side - widest(scan, small)) / 2)
        _put(sheet, scan, small, (left + max(0, inset), code_top + side), _SOFT)
    return top


def _bullet(sheet: Sheet, text: str, kind: Type, top: int, colour: str) -> int:
    indent = kind.size
    dot = max(4, kind.size // 3)
    middle = top + kind.leading // 2
    sheet.bands.append((_MARGIN, middle - dot // 2, _MARGIN + dot, middle - dot // 2 + dot, colour))
    room = sheet.shape.value[0] - 2 * _MARGIN - indent
    return _put(sheet, sheet.breaking(text, kind, room), kind, (_MARGIN + indent, top), INK)


def _put(sheet: Sheet, lines: list[str], kind: Type, start: tuple[int, int], colour: str) -> int:
    """Adds lines below each other; returns the bottom."""
    left, top = start
    for line in lines:
        sheet.lines.append(Line(line, kind, left, top, colour))
        top += kind.leading
    return top


def _fitting(text: str, kind: Type, width: int, tall: int) -> tuple[list[str], Type]:
    """The lines of a text and the largest type with which it fits a field."""

    def fits(scale: float) -> bool:
        smaller = kind.scaled(scale)
        return height(broken(text, smaller, width), smaller) <= tall

    fitting = kind.scaled(largest(fits))
    return balanced(text, fitting, width), fitting


def _readable_on(colour: str) -> str:
    """Black or white, whichever is readable on this colour."""
    return "#17212B" if luminance(colour) > 0.36 else "#FFFFFF"


QUIET = 2
"""Width of the quiet zone in modules; the card around it is nearly white, too."""
_MODULE_PIXELS_MIN = 3
"""Minimum pixels of a module; a smaller one does not survive the compression of a feed."""
_CODE_PIXELS_MAX = 480


def code_side(url: str, usual: int) -> int:
    """Pixels of a side; 0 without an address, or if the modules would be too small to scan."""
    if not url:
        return 0
    modules = segno.make_qr(url, error="m").symbol_size(border=QUIET)[0]
    side = max(usual // modules, _MODULE_PIXELS_MIN) * modules
    return int(side) if side <= _CODE_PIXELS_MAX else 0
