"""A picture of an announcement, made for feeds: title, facts, issuer, and where to check it."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit

import segno
from PIL import Image, ImageDraw

from handlers.announcement import Content
from handlers.settings import ClubSettings
from handlers.sharing.kit import disclosure
from handlers.sharing.layout import INK, PAPER, QUIET, Card, Shape, lay_out
from handlers.sharing.typesetting import drawable
from handlers.speech import Speech

_CARDS_KEPT = 48
"""Some 6 MB; a card is asked for most in the hour after its announcement went out."""


def card_of(content: Content, say: Speech, club: ClubSettings) -> Card:
    """What is on the card of this announcement in this language."""
    wording = content.in_language(say.language)
    return Card(
        club=drawable(club.name),
        title=drawable(wording.title),
        facts=tuple(filter(None, map(drawable, wording.facts))),
        urgent=say.plain("card-urgent") if wording.urgent else "",
        origin=_origin(wording, say),
        source_url=wording.source_url,
        scan=say.plain("card-scan"),
        disclosure=drawable(disclosure(say, club)),
        colour=club.colour,
        accent=club.accent,
    )


def _origin(content: Content, say: Speech) -> tuple[tuple[str, str], ...]:
    until = say.when(content.valid_until) if content.valid_until else ""
    told = {
        "card-issuer": content.issuer,
        "card-source": urlsplit(content.source_url).hostname or "",
        "card-document": content.source_ref,
        "card-until": until,
    }
    return tuple((say.plain(key), text) for key, value in told.items() if (text := drawable(value)))


@lru_cache(_CARDS_KEPT)
def draw(card: Card, shape: Shape) -> bytes:
    """The card as a PNG. Takes a tenth of a second: call it in a thread."""
    sheet = lay_out(card, shape)
    picture = Image.new("RGB", shape.value, PAPER)
    brush = ImageDraw.Draw(picture)
    for left, top, right, bottom, colour in sheet.bands:
        brush.rectangle((left, top, right - 1, bottom - 1), fill=colour)
    for line in sheet.lines:
        brush.text((line.left, line.top), line.text, font=line.kind.font, fill=line.colour)
    if sheet.code:
        left, top, side = sheet.code
        picture.paste(_code(card.source_url, side), (left, top))
    encoded = BytesIO()
    picture.save(encoded, "PNG", optimize=True)
    return encoded.getvalue()


def _code(url: str, side: int) -> Image.Image:
    code = segno.make_qr(url, error="m")
    scale = side // code.symbol_size(border=QUIET)[0]
    buffer = BytesIO()
    code.save(buffer, kind="png", scale=scale, border=QUIET, dark=INK)
    return Image.open(buffer).convert("RGB")
