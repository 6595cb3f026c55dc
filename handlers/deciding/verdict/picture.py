"""The stamped picture of a verdict: the claim, the rating as a stamp, the source, the disclosure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from handlers.authenticity import codes
from handlers.conversation import LANGUAGES, ClubSettings, Html, Speech, speech_to
from handlers.flagging.redaction import mask
from handlers.messages import Media, MediaKind, Message
from handlers.notifications import pack
from handlers.recognition.plain_text import opening_words
from handlers.rendering import card_image
from handlers.rendering.card_sheet import Card, Shape, Stamp
from handlers.rendering.typesetting import drawable, lacks_letters
from handlers.sharing.card import code_origin
from handlers.sharing.kit import disclosure
from handlers.views.verdict import picture_of
from handlers.worker_tasks import Offload, WorkerFailed
from storage.announcements import official_texts
from storage.database import Tx
from storage.models import Rating, Verdict

CLAIM_CHARACTERS = 160
"""A longer claim would be set too small to be read in a feed."""
STAMPS: Mapping[Rating, tuple[str, str]] = MappingProxyType(
    {
        Rating.FALSE: ("✗", "#B3261E"),
        Rating.MISLEADING: ("≠", "#8A4600"),
        Rating.SCAM: ("⚠", "#8E1553"),
        Rating.TRUE: ("✓", "#1B6E3C"),
        Rating.UNPROVEN: ("?", "#4A5560"),
        Rating.SATIRE: ("☺", "#2A4E9B"),
    }
)
"""Sign and colour of each rating. Signs differ, so that no rating is told by its colour alone."""


FILE_NAME = "verdict.png"


async def drawn(
    tx: Tx, verdict: Verdict, code: str, club: ClubSettings, offload: Offload
) -> dict[str, Any]:
    """The stamped picture in every language as bodies of a mailing; none if it cannot be drawn now.

    None either for a verdict with a picture of the officers': a message has one picture.

    Raises:
        OffloadRequired: it is not drawn yet.
    """
    if picture_of(verdict):
        return {}
    bodies = {}
    for language in LANGUAGES:
        official = official_texts.of_verdict(verdict.case_id, verdict.version, language)
        check = await official_texts.code_of(tx, official)
        card = card_of(verdict, code, speech_to(club, language), club, check)
        try:
            content = offload(card_image.draw, card, Shape.SQUARE)
        except WorkerFailed:
            return {}
        bodies[language] = pack(
            Message(Html(), media=Media(MediaKind.PHOTO, name=FILE_NAME, content=content))
        )
    return bodies


def card_of(verdict: Verdict, code: str, say: Speech, club: ClubSettings, check: str = "") -> Card:
    """The stamped picture of a verdict as data, in the language of `say`, without personal numbers.

    `code` is that of the case, `check` that of this version as an official text.
    """
    source = verdict.sources[0]
    origin = (
        (say.plain("card-source"), urlsplit(source).hostname or ""),
        (say.plain("card-verdict", code=code), say.day(verdict.decided_at)),
    )
    return Card(
        club=drawable(club.name),
        title=_quoted(mask(verdict.claim)),
        facts=(),
        urgent="",
        origin=(
            *((name, drawable(text)) for name, text in origin),
            *code_origin(check, say, club),
        ),
        check_url=codes.link_to(club, check),
        check=codes.grouped(check),
        source_url=source,
        scan=say.plain("card-scan"),
        disclosure=drawable(disclosure(say, club)),
        colour=club.colour,
        accent=club.accent,
        stamp=stamp_of(verdict.rating, say),
    )


def _quoted(claim: str) -> str:
    """The claim in quotation marks; empty where the font lacks words of it, as of some scripts."""
    words = opening_words(drawable(claim), CLAIM_CHARACTERS)
    return f"“{words}”" if words and not lacks_letters(claim) else ""


def stamp_of(rating: Rating, say: Speech) -> Stamp:
    """The rating in capitals, with its sign and colour."""
    sign, colour = STAMPS[rating]
    return Stamp(say.plain(f"verdict-rating-{rating.value}").upper(), sign, colour)
