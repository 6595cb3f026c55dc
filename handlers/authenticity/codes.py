"""The code of an official text: on its cards and in its share kit, typed or opened as a link.

A code is drawn at random when a version goes out. It names that version in one language and nothing
else, so it is the same for everybody. Who looks one up is neither stored nor counted
(refusal: no-record-of-lookups).
"""

import re

from handlers.conversation.invite_code import code_in, grouped
from handlers.conversation.settings import ClubSettings
from storage.announcements.official_texts import CODE_LENGTH
from storage.database.ids import as_code

PREFIX = "ma-"
"""Before the code in the payload of a link: https://core.telegram.org/bots/features#deep-linking"""
_LINK = re.compile(rf"\?start={PREFIX}([0-9A-Z]{{{CODE_LENGTH}}})(?![0-9A-Za-z])", re.IGNORECASE)

__all__ = ["PREFIX", "code_in_link", "grouped", "link_to", "typed_code", "without_code_links"]


def link_to(club: ClubSettings, code: str) -> str:
    """The address that opens the bot with this code; empty for a club without a Telegram bot."""
    return f"{club.bot_link}?start={PREFIX}{code}" if club.bot_link and code else ""


def code_in_link(text: str, links: tuple[str, ...] = ()) -> str:
    """The code in a link to the bot; empty if there is none."""
    for one in (text, *links):
        if match := _LINK.search(one):
            return as_code(match[1])
    return ""


def typed_code(text: str) -> str:
    """The code in a short text that somebody typed; empty if there is none."""
    code = code_in(text) or ""
    return code if len(code) == CODE_LENGTH else ""


def without_code_links(text: str) -> str:
    """The text without the addresses that carry a code."""
    return re.sub(rf"\S*\?start={PREFIX}\S*", " ", text)
