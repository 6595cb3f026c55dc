"""The code of an official text: printed on its cards and in its share kit, sent as text or as a link.

A code stands for one version in one language, so it is the same for everybody. It is computed with the
club's key, so nobody can guess the code of an announcement that is not for them. Looking one up is
neither stored nor counted (refusal: no-record-of-lookups).
"""

import re

from handlers.conversation import LANGUAGES, ClubSettings, code_in, invite_code, speech_to
from handlers.recognition.plain_text import visible
from storage.announcements.official_texts import CODE_LENGTH
from storage.database import as_code

PREFIX = "ma-"
"""Before the code in the payload of a link: https://core.telegram.org/bots/features#deep-linking"""

_SLOT = "XXXXX"


def link_to(club: ClubSettings, code: str) -> str:
    """The address that opens the bot with this code; empty for a club without a Telegram bot."""
    return f"{club.bot_link}?start={PREFIX}{code}" if club.bot_link and code else ""


def grouped(code: str) -> str:
    """The code in two halves, as it is typed: `CFHJK-23456`; empty without a code."""
    return invite_code.grouped(code) if code else ""


def code_in_link(text: str, links: tuple[str, ...], club: ClubSettings) -> str:
    """The code in a link to the club's bot; empty if there is none. A link to another bot is none."""
    if not club.bot_link:
        return ""
    bot = re.escape(club.bot_link.partition("://")[2] or club.bot_link)
    link = re.compile(
        rf"(?<!\S)(?:https?://)?{bot}\?start={PREFIX}([0-9A-Z]{{{CODE_LENGTH}}})(?!\S)",
        re.IGNORECASE,
    )
    for one in (text, *links):
        if match := link.search(one):
            return as_code(match[1])
    return ""


def typed_code(text: str) -> str:
    """The code in a short text that somebody typed; empty if there is none."""
    code = code_in(text) or ""
    return code if len(code) == CODE_LENGTH else ""


def without_codes(text: str, club: ClubSettings) -> str:
    """The text without the lines and links of this club that carry a code.

    They are not part of an official text, so they are not compared with it.
    """
    if club.bot_link:
        link = re.escape(f"{club.bot_link}?start={PREFIX}")
        text = re.sub(rf"{link}[0-9A-Za-z]{{{CODE_LENGTH}}}(?![0-9A-Za-z])", " ", text)
    for language in LANGUAGES:
        line = re.escape(visible(speech_to(club, language)("genuine-code", code=_SLOT)))
        typed = r"[0-9A-Z]{5}-?[0-9A-Z]{5}"
        text = re.sub(line.replace(_SLOT, typed), " ", text)
    return text
