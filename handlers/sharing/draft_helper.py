"""Two questions that help a member write a post of their own; nothing of it is kept."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Message, Reply, lasting
from handlers.recognition.plain_text import utf16_length
from handlers.sharing.kit import OfferedAnnouncement, copying, links, post
from handlers.sharing.kit_menu import corrected, offered

routes = Routes()

_STEP = "share.write"
WORDS_LIMIT = 700
"""Of each of the two answers, so that the post fits into one message with all that stands below."""


@routes.action("write")
async def begin(context: Context) -> Answer:
    """The first question."""
    now = await offered(context, context.number())
    if now.wording != context.number(1):
        return corrected(context, now)
    await context.set_state(_STEP, number=now.number, wording=now.wording)
    return [context.reply(context.say("share-ask-first"), ((context.button("cancel", "cancel"),),))]


@routes.step(_STEP)
async def answered(context: Context) -> Answer:
    """The second question, or the post."""
    words = _words(context)
    now = await offered(context, context.data["number"])
    if "first" not in context.data:
        await context.set_state(
            _STEP, number=now.number, wording=context.data["wording"], first=words
        )
        ways = (
            context.button("share-enough", "write-enough", now.number),
            context.button("cancel", "cancel"),
        )
        return [context.reply(context.say("share-ask-second"), (ways,))]
    return await _finish(context, now, f"{context.data['first']}\n\n{words}")


@routes.action("write-enough")
async def enough(context: Context) -> Answer:
    """The first answer is all there is to say."""
    if (
        context.step != _STEP
        or context.data.get("number") != context.number()
        or "first" not in context.data
    ):
        raise UserError("button-unknown")
    return await _finish(context, await offered(context, context.number()), context.data["first"])


def _words(context: Context) -> str:
    words = context.incoming.text.strip()
    if not words or context.incoming.media or context.incoming.forwarded:
        raise UserError("share-words-wanted")
    if (over := utf16_length(words) - WORDS_LIMIT) > 0:
        raise UserError("share-words-too-long", limit=WORDS_LIMIT, over=over)
    return words


async def _finish(context: Context, now: OfferedAnnouncement, words: str) -> Answer:
    """What they wrote, with source and disclosure; of a corrected announcement the new kit."""
    await context.clear_state()
    if now.wording != context.data["wording"]:
        return corrected(context, now)
    content = now.content.in_language(context.say.language)
    whole = post(words, content, context.say, context.club)
    text = context.say("share-your-post", post=whole)
    again = now.button(context.say, "share-write-again", "write")
    rows = (
        copying(whole, context.say),
        links(content, words, context.say, context.club),
        (again, context.button("shared-button", "shared", now.number)),
    )
    return [Reply(lasting(Message(text, tuple(row for row in rows if row))))]
