"""Trial copies: a draft sent through the outbox to its author or to the officers only."""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.conversation import Context, Html, Routes, Speech
from handlers.messages import Answer, Button, Message
from handlers.notifications import notify, notify_officers
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, Content, member_copy
from storage.announcements.references import Reference
from storage.members import members
from storage.models import Role

routes = Routes()

_ACTION = "trial-copy"


def buttons(context: Context, announcement_id: int) -> tuple[Button, ...]:
    """The buttons that send this draft to the author alone, or to the officers."""
    return (
        context.button("trial-send", "trial-send", announcement_id),
        context.button("trial-send-officers", "trial-officers", announcement_id),
    )


@routes.action("trial-send", role=Role.OFFICER)
async def send_draft(context: Context) -> Answer:
    """Sends the current draft to its author."""
    draft = await drafts.load_own(context, context.number())
    await send(context, draft.content, draft.reference)
    return [context.toast(context.say.plain("trial-sent"))]


@routes.action("trial-officers", role=Role.OFFICER)
async def send_to_officers(context: Context) -> Answer:
    """Sends the current draft to every officer who agreed to messages about their duties."""
    draft = await drafts.load_own(context, context.number())

    def write(say: Speech) -> Message:
        return marked(
            member_copy(draft.content, draft.reference, say), say, say("trial-mark-officers")
        )

    officers = await members.officers(context.tx)
    await notify_officers(
        context.tx, context.club, officers, _subject(context), write, about=context.current_member
    )
    return [context.toast(context.say.plain("trial-sent-officers"))]


@routes.action(_ACTION)
async def press(context: Context) -> Answer:
    """Answers the buttons of a trial copy: they have no effect."""
    return [context.toast(context.say.plain("trial-only"))]


async def send(context: Context, content: Content, announcement: Reference) -> None:
    """Queues one trial copy to this officer; one update queues one."""

    def write(say: Speech) -> Message:
        return marked(member_copy(content, announcement, say), say)

    await notify(
        context.tx,
        context.club,
        [context.current_member],
        _subject(context),
        write,
        about=context.current_member,
    )


def _subject(context: Context) -> str:
    """The subject of the mailing: an update handled twice queues one trial."""
    return f"trial {context.incoming.sender.messenger} {context.incoming.update_key}"


def marked(copy: Message, say: Speech, words: Html | None = None) -> Message:
    """The copy with a note that it is a trial above the text, and inert buttons as members get them.

    A text without room for the note has a button for it.
    """
    rows = tuple(tuple(Button(b.label, action=_ACTION) for b in row) for row in copy.rows)
    text = Html(f"{words or say('trial-mark')}\n\n{copy.text}")
    fits = visible_length(text) <= (CAPTION_LIMIT if copy.media else TEXT_LIMIT)
    if fits:
        return replace(copy, text=text, rows=rows, pinned=False)
    # A sample takes no number and no place of a real button.
    mark = Button(say.plain("trial-mark-button"), action=_ACTION, sample=True)
    return replace(copy, rows=((mark,), *rows), pinned=False)
