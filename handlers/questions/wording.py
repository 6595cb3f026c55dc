"""What people write here, and what is refused."""

import re

from handlers.announcement import utf16_length
from handlers.messages import Incoming
from handlers.turn import Sorry

TEXT_LIMIT = 1000
"""Of a question and of an answer, as Telegram counts: both fit into one message."""
GENERAL_LIMIT = 200
"""Of a question that everybody may read."""
_SOMEBODYS = re.compile(r"(?:\d[ .-]?){9,}|\S@\S")
"""A telephone or identity number, or a mail address."""


def read_words(incoming: Incoming, limit: int = TEXT_LIMIT) -> str:
    """What was typed.

    Raises:
        Sorry: it is no text of one's own, or too long.
    """
    text = incoming.text.strip()
    if incoming.forwarded or incoming.media or incoming.unsupported or not text:
        raise Sorry("question-words-wanted")
    return within(text, limit)


def within(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text, if it is no longer than that.

    Raises:
        Sorry: it is.
    """
    if (over := utf16_length(text) - limit) > 0:
        raise Sorry("question-too-long", limit=limit, over=over)
    return text


def read_general(incoming: Incoming) -> str:
    """A question in words that are about nobody.

    Raises:
        Sorry: it is too long, or holds a number or mail address that could be somebody's.
    """
    text = " ".join(read_words(incoming, GENERAL_LIMIT).split())
    if _SOMEBODYS.search(text):
        raise Sorry("question-personal")
    return text
