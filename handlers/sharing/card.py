"""The words of the picture card of an announcement: title, facts or the beginning of the text, issuer, source."""

from urllib.parse import urlsplit

from handlers.authenticity import codes
from handlers.conversation import ClubSettings, Speech
from handlers.recognition.plain_text import visible
from handlers.rendering.card_sheet import Card
from handlers.rendering.typesetting import drawable
from handlers.sharing.kit import disclosure
from handlers.views.announcement import Content

_SIGNS = str.maketrans({"✅": "✓", "☑": "✓", "❌": "✗", "❎": "✗", "🚫": "✗", "⛔": "✗"})


def card_of(content: Content, say: Speech, club: ClubSettings, code: str = "") -> Card:
    """The card of this announcement in the language of `say`, with the code of this version."""
    wording = content.in_language(say.language)
    return Card(
        club=drawable(club.name),
        title=_drawn(wording.title),
        facts=tuple(filter(None, map(_drawn, wording.facts))),
        urgent=say.plain("card-urgent") if wording.urgent else "",
        origin=(*_origin(wording, say), *code_origin(code, say, club)),
        source_url=wording.source_url,
        scan=say.plain("card-scan"),
        disclosure=drawable(disclosure(say, club)),
        check_url=codes.link_to(club, code),
        check=codes.grouped(code),
        colour=club.colour,
        accent=club.accent,
        summary="" if wording.facts else _drawn(visible(wording.html)),
    )


def _drawn(text: str) -> str:
    """The text as the font can draw it; a sign that negates or affirms a line stays a sign."""
    return drawable(text.translate(_SIGNS))


def code_origin(code: str, say: Speech, club: ClubSettings) -> tuple[tuple[str, str], ...]:
    """The code as text, on a card without a QR code that says it."""
    if not code or codes.link_to(club, code):
        return ()
    return ((say.plain("card-code"), codes.grouped(code)),)


def _origin(content: Content, say: Speech) -> tuple[tuple[str, str], ...]:
    until = say.when(content.valid_until) if content.valid_until else ""
    values = {
        "card-issuer": content.issuer,
        "card-source": urlsplit(content.source_url).hostname or "",
        "card-document": content.source_ref,
        "card-until": until,
    }
    return tuple(
        (say.plain(key), text) for key, value in values.items() if (text := drawable(value))
    )
