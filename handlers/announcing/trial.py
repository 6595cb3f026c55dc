"""A copy sent only to oneself, through the outbox like any other: *Gửi thử cho tôi*."""

from dataclasses import replace

from handlers.announcement import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Content,
    member_copy,
    visible_length,
)
from handlers.announcing import drafts
from handlers.messages import Answer, Button, Message
from handlers.outgoing import tell
from handlers.routes import Routes
from handlers.speech import Html, Speech
from handlers.turn import Turn
from storage.models import Role

routes = Routes()

_ACTION = "trial-copy"


def button(turn: Turn, number: int) -> Button:
    """Sends the announcement of this number to the author alone."""
    return turn.button("trial-send", "trial-send", number)


@routes.action("trial-send", role=Role.OFFICER)
async def send_draft(turn: Turn) -> Answer:
    """The draft as it stands, to its author."""
    draft = await drafts.own(turn, turn.number())
    await send(turn, draft.content, draft.called)
    return [turn.toast(turn.say.plain("trial-sent"))]


@routes.action(_ACTION)
async def press(turn: Turn) -> Answer:
    """The buttons of a trial copy do nothing but say so."""
    return [turn.toast(turn.say.plain("trial-only"))]


async def send(turn: Turn, content: Content, number: int) -> None:
    """Queues one copy to this officer; one update queues one."""

    def write(say: Speech) -> Message:
        return marked(member_copy(content, number, say), say)

    subject = f"trial {turn.incoming.sender.messenger} {turn.incoming.update_key}"
    await tell(turn.tx, turn.club, [turn.who], subject, write)


def marked(copy: Message, say: Speech) -> Message:
    """As members see it, with the mark above where there is room and its buttons harmless."""
    rows = tuple(tuple(Button(b.label, action=_ACTION) for b in row) for row in copy.rows)
    mark = Button(say.plain("trial-mark-button"), action=_ACTION)
    text = Html(f"{say('trial-mark')}\n\n{copy.text}")
    limit = CAPTION_LIMIT if copy.media else TEXT_LIMIT
    fits = visible_length(text) <= limit
    return replace(copy, text=text if fits else copy.text, rows=((mark,), *rows))
