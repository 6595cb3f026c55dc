"""Words that are longer than what they are for: their author learns by how much."""

from handlers.conversation.context import UserError
from handlers.recognition.plain_text import utf16_length


def within(text: str, limit: int) -> str:
    """The text, if it has no more than `limit` UTF-16 units, as messengers count.

    Raises:
        UserError: it has; nothing of what was begun is lost, and a shorter text can be sent.
    """
    if (over := utf16_length(text) - limit) > 0:
        raise UserError("text-too-long", limit=limit, over=over)
    return text
