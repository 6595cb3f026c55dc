"""Reads typed texts and refuses what is no typed text or exceeds a limit."""

from handlers.conversation.context import UserError
from handlers.messages import Incoming
from handlers.recognition.plain_text import utf16_length


def within(text: str, limit: int) -> str:
    """The text, if it has at most `limit` UTF-16 units, as messengers count.

    Raises:
        UserError: it is longer; the step stays, so that a shorter text can be sent.
    """
    if (over := utf16_length(text) - limit) > 0:
        raise UserError("text-too-long", limit=limit, over=over)
    return text


def typed_text(
    incoming: Incoming, limit: int, wanted: UserError, *, forwarded: bool = False
) -> str:
    """The text of a message that is nothing but text; `forwarded` allows a forwarded one.

    Raises:
        UserError: `wanted`, if it is anything else; that it is longer than `limit` UTF-16 units.
    """
    text = incoming.text.strip()
    is_own = forwarded or not incoming.forwarded
    if not (text and is_own) or incoming.media or incoming.unsupported:
        raise wanted
    return within(text, limit)
