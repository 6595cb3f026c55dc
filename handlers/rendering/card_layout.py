"""Where every line of a picture card stands. Nothing is ever cut: what is long is set smaller.

Laying out and painting are two steps, so that a test can see that all of it is there without looking
at pixels.
"""

from dataclasses import dataclass, field
from enum import Enum

import segno

from handlers.rendering.contrast import luminance
from handlers.rendering.typesetting import Breaking, Type, balanced, broken, height, largest, widest


class Shape(Enum):
    """What feeds show: width and height in pixels."""

    SQUARE = (1080, 1080)
    TALL = (1080, 1920)


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
    bottom: int = 0
    """Where what stands above the footer ends."""
    room: int = 0
    """Where it has to end."""


PAPER, INK, _SOFT, _ALARM = "#FBFAF6", "#17212B", "#5A6872", "#B3261E"
_MARGIN = 72
_RULE = 10
_GAP = 36
_CODE_GAP = 40


@dataclass(frozen=True)
class _Plan:
    """The sizes at which a shape begins, in pixels."""

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
    # Above and below, the apps lay their own signs over a tall picture.
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
    """Every line of the card, as large as all of it allows."""

    def fits(scale: float) -> bool:
        tried = _layout_at(card, shape, scale, broken)
        return tried.bottom <= tried.room

    # Balancing changes where lines break, not how many there are.
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
    """The title shrinks first: what is small already stays readable for longer."""
    return min(1.0, scale * 1.5)


def _centre_on_tall(sheet: Sheet) -> None:
    """On a tall picture, what is short stands nearer to the middle."""
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
    """The club's name on its colour, and the word that marks what is urgent."""
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
    """A red field at the right of the head; returns where it begins."""
    kind = plan.club
    right = sheet.shape.value[0] - _MARGIN
    left = right - round(kind.width(text)) - 48
    middle = _head_middle(sheet.shape, plan)
    half = kind.leading // 2 + 10
    sheet.bands.append((left, middle - half, right, middle + half, _ALARM))
    _put(sheet, [text], kind, (left + 24, middle - kind.leading // 2 + 2), "#FFFFFF")
    return left


def _foot(sheet: Sheet, card: Card, plan: _Plan) -> int:
    """Who shares it and for whom, on the club's colour; returns where that begins."""
    width, tall = sheet.shape.value
    top = tall - plan.foot
    sheet.bands.append((0, top, width, tall, card.colour))
    usable = plan.foot - 16 if sheet.shape is Shape.SQUARE else 120
    lines, kind = _fitting(card.disclosure, plan.small, width - 2 * _MARGIN, usable)
    first = top + (usable + 16 - height(lines, kind)) // 2
    _put(sheet, lines, kind, (_MARGIN, first), _readable_on(card.colour))
    return top


def _origin_lines(sheet: Sheet, card: Card, plan: _Plan, scale: float, foot: int) -> int:
    """Who issued it and where to check it, with the QR code; returns where that begins."""
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
    """Adds lines one below the other; returns where they end."""
    left, top = start
    for line in lines:
        sheet.lines.append(Line(line, kind, left, top, colour))
        top += kind.leading
    return top


def _fitting(text: str, kind: Type, width: int, tall: int) -> tuple[list[str], Type]:
    """A text in a field of its own, as large as the field allows."""

    def fits(scale: float) -> bool:
        smaller = kind.scaled(scale)
        return height(broken(text, smaller, width), smaller) <= tall

    fitting = kind.scaled(largest(fits))
    return balanced(text, fitting, width), fitting


def _readable_on(colour: str) -> str:
    """Black or white, whichever can be read on this colour."""
    return "#17212B" if luminance(colour) > 0.36 else "#FFFFFF"


QUIET = 2
"""Modules of white around it; the card around that is nearly white, too."""
_MODULE_PIXELS_MIN = 3
"""Pixels; smaller ones do not survive the compression of a feed."""
_CODE_PIXELS_MAX = 480


def code_side(url: str, usual: int) -> int:
    """Pixels of a side; 0 when there is nothing to scan, or it would be too fine to be scanned."""
    if not url:
        return 0
    modules = segno.make_qr(url, error="m").symbol_size(border=QUIET)[0]
    side = max(usual // modules, _MODULE_PIXELS_MIN) * modules
    return int(side) if side <= _CODE_PIXELS_MAX else 0
