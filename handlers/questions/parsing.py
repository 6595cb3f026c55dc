"""Reads questions and answers that people type."""

import re

from handlers.conversation import UserError, require, typed_text
from handlers.messages import Incoming
from handlers.recognition.personal_numbers import spans
from handlers.recognition.plain_text import plain

TEXT_LIMIT = 1000
"""Maximum length of a question and of an answer in UTF-16 units: both fit into one message."""
GENERAL_LIMIT = 200
"""Maximum length of a published question in UTF-16 units."""
_MAIL = re.compile(r"\S@\S")
_ASKING = re.compile(
    r"\?|\b(?:gi|nao|sao|dau|ai|bao (?:gio|lau|nhieu)|may (?:gio|ngay)|co phai"
    r"|(?:cho|xin|muon) (?:\w+ )?hoi|hoi (?:chut|ti|xiu|them|ve)"
    r"|what|when|where|who|why|how|which|can i|do i|should i|is it)\b"
    r"|\b(?:khong|ko|k|hong|chua|h[au])(?: (?:a|ah|ad|ban|vay|nhi|the))*\W*$"
)
"""Signs of a question in a text without diacritics: a question mark, a word, or an ending."""


def read_words(incoming: Incoming, limit: int = TEXT_LIMIT) -> str:
    """The typed text.

    Raises:
        UserError: it is forwarded, has a file or no text, or is too long.
    """
    return typed_text(incoming, limit, UserError("question-words-wanted"))


def is_question(text: str) -> bool:
    """Whether it reads like a question; in doubt yes, since officers can close it."""
    return bool(_ASKING.search(plain(text)))


def read_general(incoming: Incoming) -> str:
    """A question in general words.

    Raises:
        UserError: it is too long, or holds a number or mail address that could be somebody's.
    """
    text = " ".join(read_words(incoming, GENERAL_LIMIT).split())
    require(not _MAIL.search(text) and not any(spans(text)), "question-personal")
    return text
