"""The six digits of a ticket: as they are shown, typed at the door, and carried by the QR code."""

import re
import unicodedata

from handlers.conversation import ClubSettings

DIGITS = 6
PREFIX = "ve"
"""Before the meeting and the digits in the payload of a link, which no invite code looks like."""
_PAYLOAD = re.compile(rf"{PREFIX}([1-9][0-9]{{0,8}})-([0-9]{{{DIGITS}}})")
_SEPARATORS = re.compile(r"[\s.,\-–·]+")
_TYPED = re.compile(rf"(?<![0-9])[0-9]{{{DIGITS}}}(?![0-9])")
_TYPED_MOST = 64
"""Characters of a message in which digits are looked for."""


def grouped(digits: str) -> str:
    """The digits in two groups, as they are read aloud: `482 913`."""
    return f"{digits[: DIGITS // 2]} {digits[DIGITS // 2 :]}"


def link_to(club: ClubSettings, meeting_id: int, digits: str) -> str:
    """The address that opens the bot with this ticket; empty for a club without a Telegram bot."""
    return f"{club.bot_link}?start={PREFIX}{meeting_id}-{digits}" if club.bot_link else ""


def is_payload(payload: str) -> bool:
    """Whether the payload of a link is meant as a ticket, damaged or not."""
    return re.match(rf"{PREFIX}[0-9]", payload) is not None


def read_payload(payload: str) -> tuple[int, str] | None:
    """The meeting and the digits in the payload of a link; None if it is damaged."""
    match = _PAYLOAD.fullmatch(payload)
    return (int(match[1]), match[2]) if match else None


def typed_digits(text: str) -> str:
    """The digits in what an officer typed, however they are grouped; empty if there are not six."""
    if len(text) > _TYPED_MOST:
        return ""
    written = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    match = _TYPED.search(written)
    return match[0] if match else ""
