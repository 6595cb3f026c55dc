"""What people write here, and what is refused."""

import re

from handlers.conversation.context import UserError
from handlers.conversation.length_limit import within
from handlers.messages import Incoming
from handlers.recognition.personal_numbers import spans
from handlers.recognition.plain_text import plain

TEXT_LIMIT = 1000
"""Of a question and of an answer, as Telegram counts: both fit into one message."""
GENERAL_LIMIT = 200
"""Of a question that everybody may read."""
_MAIL = re.compile(r"\S@\S")
_ASKING = re.compile(
    r"\?|\b(?:gi|nao|sao|dau|ai|bao (?:gio|lau|nhieu)|may (?:gio|ngay)|co phai"
    r"|(?:cho|xin|muon) (?:\w+ )?hoi|hoi (?:chut|ti|xiu|them|ve)"
    r"|what|when|where|who|why|how|which|can i|do i|should i|is it)\b"
    r"|\b(?:khong|ko|k|hong|chua|h[au])(?: (?:a|ah|ad|ban|vay|nhi|the))*\W*$"
)
"""Of a question, in a text without diacritics: its mark, its words, or how it ends."""


def read_words(incoming: Incoming, limit: int = TEXT_LIMIT) -> str:
    """What was typed.

    Raises:
        UserError: it is no text of one's own, or too long.
    """
    text = incoming.text.strip()
    if incoming.forwarded or incoming.media or incoming.unsupported or not text:
        raise UserError("question-words-wanted")
    return within(text, limit)


def is_question(text: str) -> bool:
    """Whether it reads like one; in doubt it does, for an officer can close what needs no answer."""
    return bool(_ASKING.search(plain(text)))


def read_general(incoming: Incoming) -> str:
    """A question in words that are about nobody.

    Raises:
        UserError: it is too long, or holds a number or mail address that could be somebody's.
    """
    text = " ".join(read_words(incoming, GENERAL_LIMIT).split())
    if _MAIL.search(text) or any(spans(text)):
        raise UserError("question-personal")
    return text
