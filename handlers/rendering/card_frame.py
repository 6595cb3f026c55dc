"""Header, footer and origin of a picture card."""

from dataclasses import dataclass

from handlers.rendering.card_sheet import ALARM, GAP, INK, MARGIN, SOFT, Card, Shape, Sheet
from handlers.rendering.contrast import readable_on
from handlers.rendering.qr_code import qr_code
from handlers.rendering.typesetting import Type, balanced, broken, height, largest, widest

_CODE_GAP = 40
_BESIDE_ANOTHER = 0.8
"""Size of each of two QR codes, compared with a single one."""


@dataclass(frozen=True)
class Plan:
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


PLANS = {
    Shape.SQUARE: Plan(
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
    Shape.TALL: Plan(
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


def head(sheet: Sheet, card: Card, plan: Plan) -> None:
    """Adds the header: the club's name on its colour, and the mark of an urgent announcement."""
    width = sheet.shape.value[0]
    sheet.bands.append((0, 0, width, plan.head, card.colour))
    urgent = _pill(sheet, card.urgent, plan) if card.urgent else width - MARGIN
    lines, kind = _fitting(
        card.club,
        plan.club,
        urgent - MARGIN - (GAP if card.urgent else 0),
        plan.head - 24 if sheet.shape is Shape.SQUARE else 130,
    )
    top = _head_middle(sheet.shape, plan) - height(lines, kind) // 2
    sheet.put(lines, kind, (MARGIN, top), readable_on(card.colour, INK))


def secondary_scale(scale: float) -> float:
    """The scale of small type, which shrinks later than the title and so stays readable."""
    return min(1.0, scale * 1.5)


def _head_middle(shape: Shape, plan: Plan) -> int:
    return plan.head // 2 if shape is Shape.SQUARE else plan.head - 80


def _pill(sheet: Sheet, text: str, plan: Plan) -> int:
    """Adds a red field at the right of the header; returns its left edge."""
    kind = plan.club
    right = sheet.shape.value[0] - MARGIN
    left = right - round(kind.width(text)) - 48
    middle = _head_middle(sheet.shape, plan)
    half = kind.leading // 2 + 10
    sheet.bands.append((left, middle - half, right, middle + half, ALARM))
    sheet.put([text], kind, (left + 24, middle - kind.leading // 2 + 2), "#FFFFFF")
    return left


def foot(sheet: Sheet, card: Card, plan: Plan) -> int:
    """Adds the footer: who shares it and for whom; returns its top."""
    width, tall = sheet.shape.value
    top = tall - plan.foot
    sheet.bands.append((0, top, width, tall, card.colour))
    usable = plan.foot - 16 if sheet.shape is Shape.SQUARE else 120
    lines, kind = _fitting(card.disclosure, plan.small, width - 2 * MARGIN, usable)
    first = top + (usable + 16 - height(lines, kind)) // 2
    sheet.put(lines, kind, (MARGIN, first), readable_on(card.colour, INK))
    return top


def origin(sheet: Sheet, card: Card, plan: Plan, scale: float, foot_top: int) -> int:
    """Adds issuer and source with the QR codes above the footer; returns the top."""
    width = sheet.shape.value[0]
    panels = _panels(card, plan)
    room = width - 2 * MARGIN - sum(panel.side + _CODE_GAP for panel in panels)
    label, kind = (one.scaled(secondary_scale(scale)) for one in (plan.label, plan.origin))
    origin_lines = [(label, [name], sheet.breaking(text, kind, room)) for name, text in card.origin]
    gap = round(14 * min(1.0, scale))
    tall = (
        sum(height(n, label) + height(t, kind) + gap for _, n, t in origin_lines) - gap
        if origin_lines
        else 0
    )
    code_tall = max((panel.height for panel in panels), default=0)
    top = foot_top - GAP - max(tall, code_tall)
    below = top + (max(tall, code_tall) - tall)
    for _, name, text in origin_lines:
        below = sheet.put(name, label, (MARGIN, below), SOFT)
        below = sheet.put(text, kind, (MARGIN, below), INK) + gap
    right = width - MARGIN
    for panel in panels:
        left, code_top = right - panel.side, foot_top - GAP - panel.height
        if panel.url == card.source_url:
            sheet.code = (left, code_top, panel.side)
        else:
            sheet.check = (left, code_top, panel.side)
        inset = round((panel.side - widest(panel.label, panel.kind)) / 2)
        sheet.put(panel.label, panel.kind, (left + max(0, inset), code_top + panel.side), SOFT)
        right = left - _CODE_GAP
    return top


@dataclass(frozen=True)
class _Panel:
    """A QR code with its label below."""

    url: str
    side: int
    label: list[str]
    kind: Type

    @property
    def height(self) -> int:
        return self.side + height(self.label, self.kind)


def _panels(card: Card, plan: Plan) -> list[_Panel]:
    """The QR codes, the source's first; two of them are smaller than one."""
    texts = [(card.source_url, card.scan), (card.check_url, card.check)]
    both = all(code_side(url, plan.code) for url, _ in texts)
    usual = round(plan.code * _BESIDE_ANOTHER) if both else plan.code
    panels = []
    for url, text in texts:
        if side := code_side(url, usual):
            label, kind = _fitting(text, plan.label, side, plan.label.leading)
            panels.append(_Panel(url, side, label, kind))
    return panels


def _fitting(text: str, kind: Type, width: int, tall: int) -> tuple[list[str], Type]:
    """A text in a field of its own, as large as the field allows."""

    def fits(scale: float) -> bool:
        smaller = kind.scaled(scale)
        return height(broken(text, smaller, width), smaller) <= tall

    fitting = kind.scaled(largest(fits))
    return balanced(text, fitting, width), fitting


QUIET = 2
"""Modules of white around it; the card around that is nearly white, too."""
_MODULE_PIXELS_MIN = 3
"""Pixels; smaller ones do not survive the compression of a feed."""
_CODE_PIXELS_MAX = 480


def code_side(url: str, usual: int) -> int:
    """Pixels of a side; 0 when there is nothing to scan, or it would be too fine to be scanned."""
    if not url:
        return 0
    modules = qr_code(url).symbol_size(border=QUIET)[0]
    side = max(usual // modules, _MODULE_PIXELS_MIN) * modules
    return int(side) if side <= _CODE_PIXELS_MAX else 0
