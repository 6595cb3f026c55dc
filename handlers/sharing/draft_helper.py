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
async def begin(turn: Context) -> Answer:
    """The first question."""
    now = await offered(turn, turn.number())
    if now.wording != turn.number(1):
        return corrected(turn, now)
    await turn.go(_STEP, number=now.number, wording=now.wording)
    return [turn.reply(turn.say("share-ask-first"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_STEP)
async def answered(turn: Context) -> Answer:
    """The second question, or the post."""
    words = _words(turn)
    now = await offered(turn, turn.data["number"])
    if "first" not in turn.data:
        await turn.go(_STEP, number=now.number, wording=turn.data["wording"], first=words)
        ways = (
            turn.button("share-enough", "write-enough", now.number),
            turn.button("cancel", "cancel"),
        )
        return [turn.reply(turn.say("share-ask-second"), (ways,))]
    return await _finish(turn, now, f"{turn.data['first']}\n\n{words}")


@routes.action("write-enough")
async def enough(turn: Context) -> Answer:
    """The first answer is all there is to say."""
    if turn.step != _STEP or turn.data.get("number") != turn.number() or "first" not in turn.data:
        raise UserError("button-unknown")
    return await _finish(turn, await offered(turn, turn.number()), turn.data["first"])


def _words(turn: Context) -> str:
    words = turn.incoming.text.strip()
    if not words or turn.incoming.media or turn.incoming.forwarded:
        raise UserError("share-words-wanted")
    if (over := utf16_length(words) - WORDS_LIMIT) > 0:
        raise UserError("share-words-too-long", limit=WORDS_LIMIT, over=over)
    return words


async def _finish(turn: Context, now: OfferedAnnouncement, words: str) -> Answer:
    """What they wrote, with source and disclosure; of a corrected announcement the new kit."""
    await turn.done()
    if now.wording != turn.data["wording"]:
        return corrected(turn, now)
    content = now.content.in_language(turn.say.language)
    whole = post(words, content, turn.say, turn.club)
    text = turn.say("share-your-post", post=whole)
    again = now.button(turn.say, "share-write-again", "write")
    rows = (
        copying(whole, turn.say),
        links(content, words, turn.say, turn.club),
        (again, turn.button("shared-button", "shared", now.number)),
    )
    return [Reply(lasting(Message(text, tuple(row for row in rows if row))))]
