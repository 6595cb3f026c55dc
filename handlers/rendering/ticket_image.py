"""Draws the ticket of a meeting: a QR code and six digits, to be shown at the door on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from handlers.rendering.card_sheet import GAP, INK, MARGIN, PAPER, SOFT
from handlers.rendering.contrast import readable_on
from handlers.rendering.qr_code import qr_code
from handlers.rendering.typesetting import Type, balanced, broken, height, largest

WIDTH, HEIGHT = 1080, 1620
"""Pixels: the picture fills a phone's screen without being turned."""
_HEAD, _FOOT = 124, 96
_CODE_SIDE = 600
_QUIET = 4
"""Modules of white around the QR code (ISO/IEC 18004)."""
_CLUB, _HINT = Type(36, bold=True), Type(32)
_TITLE, _WHEN, _PLACE = Type(64, bold=True), Type(46, bold=True), Type(40)
_DIGITS = Type(150, bold=True)
_COLOURS = 64


@dataclass(frozen=True)
class Ticket:
    """What a ticket shows, in one language; equal tickets give equal pictures."""

    club: str
    title: str
    when: str
    place: str
    digits: str
    """Six digits, written in two groups."""
    scanned: str
    """What the QR code says: the link that opens check-in, or the digits."""
    hint: str
    colour: str


@dataclass(frozen=True)
class _Block:
    """Lines of one type, centred below each other."""

    lines: list[str]
    kind: Type
    colour: str


def draw(ticket: Ticket) -> bytes:
    """The ticket as a PNG. Takes a tenth of a second: to be offloaded."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    brush = ImageDraw.Draw(picture)
    _band(brush, (0, _HEAD), ticket.club, _CLUB, ticket.colour)
    _band(brush, (HEIGHT - _FOOT, HEIGHT), ticket.hint, _HINT, ticket.colour)
    code = _code(ticket.scanned)
    digits_top = HEIGHT - _FOOT - GAP - _DIGITS.leading
    code_top = digits_top - code.height
    picture.paste(code, ((WIDTH - code.width) // 2, code_top))
    _centred(brush, [ticket.digits], _DIGITS, digits_top, INK)
    top = _HEAD + GAP
    for block in _facts(ticket, code_top - top):
        top = _centred(brush, block.lines, block.kind, top, block.colour) + GAP // 2
    return _png(picture)


def _band(
    brush: ImageDraw.ImageDraw, span: tuple[int, int], text: str, kind: Type, colour: str
) -> None:
    """A stripe in the club's colour with one text, as large as it fits into two lines."""
    top, bottom = span
    brush.rectangle((0, top, WIDTH - 1, bottom - 1), fill=colour)

    def fits(scale: float) -> bool:
        tried = kind.scaled(scale)
        return height(broken(text, tried, WIDTH - 2 * MARGIN), tried) <= bottom - top

    fitting = kind.scaled(largest(fits))
    lines = balanced(text, fitting, WIDTH - 2 * MARGIN)
    first = (top + bottom - height(lines, fitting)) // 2
    _centred(brush, lines, fitting, first, readable_on(colour, INK))


def _facts(ticket: Ticket, room: int) -> Iterator[_Block]:
    """Title, time and place in the largest type that fits above the QR code."""
    parts = ((ticket.title, _TITLE, INK), (ticket.when, _WHEN, INK), (ticket.place, _PLACE, SOFT))
    width = WIDTH - 2 * MARGIN

    def fits(scale: float) -> bool:
        kinds = ((text, kind.scaled(scale)) for text, kind, _ in parts)
        return (
            sum(height(broken(text, kind, width), kind) + GAP // 2 for text, kind in kinds) <= room
        )

    scale = largest(fits)
    for text, kind, colour in parts:
        yield _Block(balanced(text, kind.scaled(scale), width), kind.scaled(scale), colour)


def _centred(
    brush: ImageDraw.ImageDraw, lines: list[str], kind: Type, top: int, colour: str
) -> int:
    """Paints lines below each other in the middle; returns where they end."""
    for line in lines:
        left = (WIDTH - round(kind.width(line))) // 2
        brush.text((left, top), line, font=kind.font, fill=colour)
        top += kind.leading
    return top


def _code(words: str) -> Image.Image:
    code = qr_code(words)
    scale = _CODE_SIDE // code.symbol_size(border=_QUIET)[0]
    encoded = BytesIO()
    code.save(encoded, kind="png", scale=scale, border=_QUIET, dark=INK)
    return Image.open(encoded).convert("RGB")


def _png(picture: Image.Image) -> bytes:
    """The picture with a palette, which makes it several times smaller."""
    encoded = BytesIO()
    reduced = picture.quantize(
        _COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    reduced.save(encoded, "PNG")
    return encoded.getvalue()
