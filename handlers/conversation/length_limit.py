"""Refuses texts that exceed a limit, and says by how much."""

from handlers.conversation.context import UserError
from handlers.recognition.plain_text import utf16_length


def within(text: str, limit: int) -> str:
    """The text, if it has at most `limit` UTF-16 units, as messengers count.

    Raises:
        UserError: it is longer; the step stays, so that a shorter text can be sent.
    """
    if (over := utf16_length(text) - limit) > 0:
        raise UserError("text-too-long", limit=limit, over=over)
    return text
