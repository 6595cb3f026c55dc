"""Invite codes as people type them: in a link, in groups, inside a sentence."""

import re
import unicodedata

from handlers.conversation.settings import ClubSettings
from storage.database import as_code
from storage.members.invites import CODE_LENGTH

_LINK = re.compile(rf"\?start=([0-9A-Z]{{{CODE_LENGTH}}})\b", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{5}[ -]?[0-9A-Z]{5}(?![0-9A-Z])", re.IGNORECASE)
_VOWELS = frozenset("AEIOUY")
_MISTAKEN = frozenset("IO")
"""Vowels that are written for a character of a code (`storage.database.as_code`)."""
_NEAR = range(CODE_LENGTH - 2, CODE_LENGTH + 3)


def code_in(text: str) -> str | None:
    """The code in a text, valid or not; None if there is none.

    A code has no vowels, words have: this tells `CFHJK 23456` from `xin chào bạn`.
    """
    if match := _LINK.search(text):
        return as_code(match[1])
    written = unicodedata.normalize("NFKC", text)
    candidates = (written, *(match[0] for match in _GROUPED.finditer(written)))
    return next((as_code(typed) for typed in candidates if _looks_meant(typed)), None)


def grouped(code: str) -> str:
    """The code in two halves: `CFHJK-23456`."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def link_to_join(club: ClubSettings, code: str) -> str:
    """The address that opens the bot with the code; empty for a club that is not on Telegram."""
    return f"{club.bot_link}?start={code}" if club.bot_link else ""


def _looks_meant(typed: str) -> bool:
    """Whether somebody meant a code. O and I are read as other characters, next to a digit."""
    letters = {c for c in typed.upper() if c.isalnum()}
    vowels = _VOWELS - _MISTAKEN if any(c.isdecimal() for c in letters) else _VOWELS
    code = as_code(typed)
    return len(code) in _NEAR and code.isascii() and not vowels & letters
