"""The delivered copy, told apart from the same text shown elsewhere: a press on it proves it came."""

from dataclasses import replace

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html, Speech
from handlers.messages import Button, Message
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT
from storage.outbox import uncertain

_MARK = "copy"
AGAIN = "sent-again"
"""The action that says why a copy came again."""


def delivered(copy: Message) -> Message:
    """The copy as the outbox brings it: what its buttons carry says so."""
    rows = tuple(
        tuple(replace(button, action=f"{button.action}:{_MARK}") for button in row)
        for row in copy.rows
    )
    return replace(copy, rows=rows)


def again(copy: Message, say: Speech) -> Message:
    """A delivered copy that may be the second, marked so: above the text, or on a button."""
    text = Html(f"{say('copy-again')}\n\n{copy.text}")
    limit = CAPTION_LIMIT if copy.media else TEXT_LIMIT
    if visible_length(text) <= limit:
        return replace(copy, text=text)
    mark = Button(say.plain("copy-again-button"), action=AGAIN)
    return replace(copy, rows=((mark,), *copy.rows))


async def arrived(context: Context, number: int) -> None:
    """Takes a press on a delivered copy as the proof that it is there, where that was uncertain."""
    press = context.incoming.press
    if press and context.args[-1:] == (_MARK,):
        await uncertain.mark_delivered(context.tx, number, context.member_id, press.message_id)
