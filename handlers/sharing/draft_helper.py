"""Two questions that help a member write a post; the answers are not stored."""

from handlers.conversation import Context, Routes, UserError, require
from handlers.messages import Answer, Message, Reply, lasting
from handlers.recognition.plain_text import utf16_length
from handlers.sharing.kit import OfferedAnnouncement, copying, links, post
from handlers.sharing.kit_menu import corrected, offered
from handlers.views.announcement_reference import named
from storage.announcements import references

routes = Routes()

_STEP = "share.write"
WORDS_LIMIT = 700
"""UTF-16 units of each answer, so that the post with source and disclosure fits one message."""


@routes.action("write")
async def begin(context: Context) -> Answer:
    """Asks the first question."""
    current = await offered(context, await named(context))
    if current.wording != context.number(1):
        return corrected(context, current)
    await context.set_state(_STEP, announcement=current.which.id, wording=current.wording)
    return [context.reply(context.say("share-ask-first"), context.cancel_row())]


@routes.step(_STEP)
async def read_answer(context: Context) -> Answer:
    """Takes an answer; asks the second question or shows the post."""
    words = _words(context)
    which = await references.of(context.tx, context.data["announcement"])
    current = await offered(context, which)
    if "first" not in context.data:
        await context.set_state(
            _STEP, announcement=current.which.id, wording=context.data["wording"], first=words
        )
        buttons = (
            context.button("share-enough", "write-enough", current.which.id),
            context.button("cancel", "cancel"),
        )
        return [context.reply(context.say("share-ask-second"), (buttons,))]
    return await _finish(context, current, f"{context.data['first']}\n\n{words}")


@routes.action("write-enough")
async def finish_with_first(context: Context) -> Answer:
    """Shows the post with the first answer alone."""
    require(
        context.step == _STEP
        and context.data.get("announcement") == context.number()
        and "first" in context.data,
        "button-unknown",
    )
    current = await offered(context, await named(context))
    return await _finish(context, current, context.data["first"])


def _words(context: Context) -> str:
    words = context.incoming.text.strip()
    require(
        words and not context.incoming.media and not context.incoming.forwarded,
        "share-words-wanted",
    )
    if (over := utf16_length(words) - WORDS_LIMIT) > 0:
        raise UserError("share-words-too-long", limit=WORDS_LIMIT, over=over)
    return words


async def _finish(context: Context, current: OfferedAnnouncement, words: str) -> Answer:
    """The post with source and disclosure; the new kit if the announcement was corrected."""
    await context.clear_state()
    if current.wording != context.data["wording"]:
        return corrected(context, current)
    content = current.content.in_language(context.say.language)
    whole = post(words, content, context.say, context.club)
    text = context.say("share-your-post", post=whole)
    rows = (
        copying(whole, context.say),
        links(content, words, context.say, context.club),
        (
            current.button(context.say, "share-write-again", "write"),
            context.button("shared-button", "shared", current.which.id),
        ),
    )
    return [Reply(lasting(Message(text, tuple(row for row in rows if row), copy_apart=True)))]
