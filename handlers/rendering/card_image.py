"""Draws the picture card of an announcement or a verdict for feeds."""

from io import BytesIO

from PIL import Image, ImageDraw

from handlers.rendering.card_frame import QUIET
from handlers.rendering.card_layout import STAMP_PADDING, lay_out
from handlers.rendering.card_sheet import INK, PAPER, Card, Shape, StampPlace
from handlers.rendering.qr_code import qr_code

_COLOURS = 128
_STAMP_TURN = 3
"""Degrees, against the clock."""
_STAMP_BORDER = 8
_SMOOTHING = 3
"""The stamp is painted this many times larger and scaled down, so that its slanted lines are even."""


def draw(card: Card, shape: Shape) -> bytes:
    """The card as a PNG. Takes a tenth of a second: to be offloaded."""
    sheet = lay_out(card, shape)
    picture = Image.new("RGB", shape.value, PAPER)
    brush = ImageDraw.Draw(picture)
    for left, top, right, bottom, colour in sheet.bands:
        brush.rectangle((left, top, right - 1, bottom - 1), fill=colour)
    for line in sheet.lines:
        brush.text((line.left, line.top), line.text, font=line.kind.font, fill=line.colour)
    for place, url in ((sheet.code, card.source_url), (sheet.check, card.check_url)):
        if place:
            left, top, side = place
            picture.paste(_code(url, side), (left, top))
    if sheet.stamp:
        _paste_stamp(picture, sheet.stamp)
    encoded = BytesIO()
    # Flat colours and their smoothed edges: a palette makes the file four times smaller.
    # This method is the quickest of those that change no colour visibly; `optimize` would take
    # six times as long for a sixth of the size.
    picture = picture.quantize(
        _COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    picture.save(encoded, "PNG")
    return encoded.getvalue()


def _code(url: str, side: int) -> Image.Image:
    code = qr_code(url)
    scale = side // code.symbol_size(border=QUIET)[0]
    buffer = BytesIO()
    code.save(buffer, kind="png", scale=scale, border=QUIET, dark=INK)
    return Image.open(buffer).convert("RGB")


def _paste_stamp(picture: Image.Image, place: StampPlace) -> None:
    """A frame with sign and words, slightly turned, as a rubber stamp leaves it."""
    size = place.width * _SMOOTHING, place.height * _SMOOTHING
    layer = Image.new("L", size, 0)
    brush = ImageDraw.Draw(layer)
    kind = place.kind.scaled(_SMOOTHING)
    half = kind.leading // 2 + STAMP_PADDING[1] * _SMOOTHING
    middle = size[1] // 2
    border = _STAMP_BORDER * _SMOOTHING
    brush.rounded_rectangle(
        (border, middle - half, size[0] - border, middle + half),
        radius=3 * border,
        outline=255,
        width=border,
    )
    words = f"{place.stamp.sign} {place.stamp.words}"
    brush.text((size[0] // 2, middle), words, font=kind.font, fill=255, anchor="mm")
    turned = layer.rotate(_STAMP_TURN, Image.Resampling.BICUBIC)
    mask = turned.resize((place.width, place.height), Image.Resampling.LANCZOS)
    picture.paste(place.stamp.colour, (place.left, place.top), mask)
