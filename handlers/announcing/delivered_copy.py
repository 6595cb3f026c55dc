"""Marks a delivered copy, so that a press on one of its buttons proves that it arrived."""

from dataclasses import replace

from handlers.conversation import Context, Html, Speech
from handlers.messages import Button, Message
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT
from storage.outbox import uncertain

_MARK = "copy"
AGAIN = "sent-again"
"""The action that explains why a copy was sent twice."""


def delivered(copy: Message) -> Message:
    """The copy with the mark added to the action of every button."""
    return replace(
        copy,
        rows=tuple(
            tuple(replace(button, action=f"{button.action}:{_MARK}") for button in row)
            for row in copy.rows
        ),
    )


def again(copy: Message, say: Speech) -> Message:
    """The copy with a note that it may be the second one: above the text, or on a button."""
    text = Html(f"{say('copy-again')}\n\n{copy.text}")
    if visible_length(text) <= (CAPTION_LIMIT if copy.media else TEXT_LIMIT):
        return replace(copy, text=text)
    return replace(copy, rows=((Button(say.plain("copy-again-button"), action=AGAIN),), *copy.rows))


async def arrived(context: Context, announcement_id: int) -> None:
    """If the pressed button carries the mark, turns an uncertain delivery into a sent one."""
    press = context.incoming.press
    if press and context.args[-1:] == (_MARK,):
        await uncertain.mark_delivered(
            context.tx, announcement_id, context.member_id, press.message_id
        )
