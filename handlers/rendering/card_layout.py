"""Layout of a picture card. Title and facts are never cut: the type becomes smaller until they fit.

Layout and painting are separate, so that a test can check the layout without reading pixels.
"""

from collections.abc import Callable
from dataclasses import replace

from handlers.rendering.card_frame import PLANS, Plan, foot, head, origin, secondary_scale
from handlers.rendering.card_sheet import (
    GAP,
    INK,
    MARGIN,
    Card,
    Shape,
    Sheet,
    Stamp,
    StampPlace,
)
from handlers.rendering.typesetting import (
    Breaking,
    Type,
    balanced,
    broken,
    ended,
    height,
    largest,
)

_RULE = 10
_LARGER = (1.3, 1.15)
"""Scales at which a title may begin where no facts stand below it."""
_SUMMARY_LINES_MIN = 3
"""Lines of a summary that the title leaves room for."""
_SUMMARY_LARGER = (1.35, 1.2, 1.1, 1.0)
"""Sizes tried for a summary that is short, in sizes of a fact."""
STAMP_PADDING = (44, 22)
"""Pixels between the words of a stamp and its border: beside and above them."""
_STAMP_LEAN = 30
"""Pixels that the turned stamp needs above and below the upright one."""


def lay_out(card: Card, shape: Shape) -> Sheet:
    """The layout with the largest type that fits."""

    def fits(scale: float, *, lines: int | None = _SUMMARY_LINES_MIN) -> bool:
        tried = _layout_at(card, shape, scale, broken, lines)
        return tried.bottom <= tried.room

    # Balancing moves line breaks and keeps the number of lines, so the height stays.
    return _layout_at(card, shape, largest(fits, _start(card, fits)), balanced, None)


def _start(card: Card, fits: Callable[..., bool]) -> float:
    """The scale of the title to begin with: larger where no facts follow and the whole text fits."""
    if card.facts:
        return 1.0
    return next((scale for scale in _LARGER if fits(scale, lines=None)), 1.0)


def _layout_at(
    card: Card, shape: Shape, scale: float, breaking: Breaking, lines_max: int | None
) -> Sheet:
    """The card with its title at this scale, and so many lines of a summary; None is what fits."""
    plan = PLANS[shape]
    sheet = Sheet(shape, breaking)
    foot_top = foot(sheet, card, plan)
    head(sheet, card, plan)
    sheet.room = origin(sheet, card, plan, scale, foot_top) - GAP
    title = plan.title.scaled(scale)
    top = sheet.put(
        breaking(card.title, title, _width(sheet)), title, (MARGIN, plan.head + GAP), INK
    )
    top += round(GAP * 0.5)
    if card.stamp:
        sheet.bottom = _put_stamp(sheet, card.stamp, plan, top)
    else:
        top = _rule(sheet, card, top)
        sheet.bottom = (
            _facts(sheet, card, plan, scale, top)
            if card.facts
            else _summary(sheet, card.summary, plan.fact, top, lines_max)
        )
    _move_down(sheet, has_facts=bool(card.facts))
    return sheet


def _width(sheet: Sheet) -> int:
    return sheet.shape.value[0] - 2 * MARGIN


def _rule(sheet: Sheet, card: Card, top: int) -> int:
    """Adds the short line below the title; returns the top of what follows."""
    sheet.bands.append(
        (MARGIN, top, MARGIN + (sheet.shape.value[0] // 6), top + _RULE, card.accent)
    )
    return top + _RULE + round(GAP * 0.7)


def _facts(sheet: Sheet, card: Card, plan: Plan, scale: float, top: int) -> int:
    for fact in card.facts:
        top = _bullet(sheet, fact, plan.fact.scaled(secondary_scale(scale)), top, card.colour)
        top += round(GAP * 0.4 * scale)
    return top


def _summary(sheet: Sheet, text: str, kind: Type, top: int, lines_max: int | None) -> int:
    """Adds the whole text in larger type if it fits, else its beginning; returns its bottom."""
    if not text:
        return top
    if sheet.breaking is broken:  # only how high it is matters
        return top + height(broken(text, kind, _width(sheet))[:lines_max], kind)
    for larger in _SUMMARY_LARGER:
        sized = kind.scaled(larger)
        lines = sheet.breaking(text, sized, _width(sheet))
        if top + height(lines, sized) <= sheet.room:
            return sheet.put(lines, sized, (MARGIN, top), INK)
    fitting = max(1, (sheet.room - top) // kind.leading)
    return sheet.put(ended(text, kind, _width(sheet), fitting), kind, (MARGIN, top), INK)


def _put_stamp(sheet: Sheet, stamp: Stamp, plan: Plan, top: int) -> int:
    """Adds the stamp in the middle, as large as the width allows; returns its bottom."""
    beside, above = STAMP_PADDING
    usual = replace(plan.club, size=round(plan.title.size * 0.9))
    words = f"{stamp.sign} {stamp.words}"
    room = _width(sheet) - 2 * beside
    kind = usual.scaled(largest(lambda scale: usual.scaled(scale).width(words) <= room))
    width = round(kind.width(words)) + 2 * beside
    tall = kind.leading + 2 * above + 2 * _STAMP_LEAN
    sheet.stamp = StampPlace(stamp, kind, (sheet.shape.value[0] - width) // 2, top, width, tall)
    return top + tall


def _move_down(sheet: Sheet, *, has_facts: bool) -> None:
    """Moves a short text down by a third of the free space: on a tall picture, and without facts."""
    spare = sheet.room - sheet.bottom
    if spare <= 0 or (sheet.shape is Shape.SQUARE and has_facts):
        return
    down, body = spare // 3, range(PLANS[sheet.shape].head, sheet.room)
    sheet.lines = [
        replace(one, top=one.top + down) if one.top in body else one for one in sheet.lines
    ]
    sheet.bands = [
        (left, top + down, right, bottom + down, colour)
        if top in body
        else (left, top, right, bottom, colour)
        for left, top, right, bottom, colour in sheet.bands
    ]
    if sheet.stamp:
        sheet.stamp = replace(sheet.stamp, top=sheet.stamp.top + down)
    sheet.bottom += down


def _bullet(sheet: Sheet, text: str, kind: Type, top: int, colour: str) -> int:
    indent = kind.size
    dot = max(4, kind.size // 3)
    middle = top + kind.leading // 2
    sheet.bands.append((MARGIN, middle - dot // 2, MARGIN + dot, middle - dot // 2 + dot, colour))
    return sheet.put(
        sheet.breaking(text, kind, _width(sheet) - indent), kind, (MARGIN + indent, top), INK
    )
