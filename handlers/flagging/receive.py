"""What a member sends without being asked: a post to be checked, or a word that needs a hint."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.conversation.small_talk import is_courtesy
from handlers.flagging import pending
from handlers.flagging.known_or_new import shared_lately, start_flag
from handlers.flagging.pending import (
    AWAITS_CATEGORY,
    AWAITS_SENDING,
    MOST_AT_ONCE,
    TICKET_LETTERS,
    Pending,
)
from handlers.flagging.post import FlaggedPost, pack, post_of, quoted_by, unpack
from handlers.flagging.prompts import ask_instead, category_question, own_share
from handlers.messages import Answer, Button
from handlers.questions.ask import send
from storage.models import Role

routes = Routes()

_AWAITS_POST = "flag.post"
UNSURE = "flag.unsure"
"""Something was said of which only the member knows whether it is a post. Holds nobody up."""
routes.passes(UNSURE)


@routes.command("nghivan", "flag", words=["báo tin", "báo tin nghi vấn", "nghi vấn"])
async def begin(turn: Context) -> Answer:
    """Takes what stands behind the command, hangs on it or is answered by it; else asks for it."""
    refuse_unreadable(turn)
    if turn.rest or turn.incoming.media:
        return await start_flag(turn, post_of(turn.incoming, turn.rest))
    if quoted := quoted_by(turn.incoming):
        return await start_flag(turn, quoted)
    await turn.go(_AWAITS_POST)
    return [turn.reply(turn.say("flag-prompt"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_AWAITS_POST)
async def take_post(turn: Context) -> Answer:
    """Whatever was asked for is a post, however short."""
    refuse_unsupported(turn)
    return await start_flag(turn, post_of(turn.incoming))


@routes.otherwise(role=Role.MEMBER)
async def receive(turn: Context) -> Answer:
    """A forwarded message, a picture, a link or a longer text is a post; short talk gets a hint.

    So is what a short word answers: “cái này thật không?” under something from elsewhere. What an
    officer typed is asked about first.
    """
    if turn.incoming.is_sticker:
        return [turn.reply(turn.say("flag-courtesy"))]
    refuse_unsupported(turn)
    post = post_of(turn.incoming)
    if post.is_chat and (quoted := quoted_by(turn.incoming)):
        return await start_flag(turn, quoted)
    if post.is_chat and is_courtesy(post.text):
        return [turn.reply(turn.say("flag-courtesy"))]
    if turn.role and turn.role.is_officer and not post.forwarded:
        return await _ask_officer(turn, post)
    if not post.is_chat:
        return await start_flag(turn, post)
    ticket = turn.tx.ids.code(TICKET_LETTERS)
    await turn.go(UNSURE, post=pack(post), ticket=ticket)
    own = own_share(turn, ticket, await shared_lately(turn, post))
    rows = (*own, (turn.button("flag-this", "flag-this"),), (ask_instead(turn, ticket),))
    return [turn.reply(turn.say("flag-unsure"), rows)]


@routes.step(UNSURE)
async def receive_rest(turn: Context) -> Answer | None:
    """More pictures of an album that was asked about join it; anything else is heard for itself."""
    album = turn.incoming.album
    if not album or turn.data.get("album") != album:
        return None
    whole = unpack(turn.data["post"]).and_(post_of(turn.incoming))
    await turn.go(UNSURE, **(turn.data | {"post": pack(whole)}))
    return []


async def _ask_officer(turn: Context, post: FlaggedPost) -> Answer:
    """What an officer types may be an answer, an announcement, a reason: it is no flag by itself."""
    ticket = turn.tx.ids.code(TICKET_LETTERS)
    await turn.go(UNSURE, post=pack(post), ticket=ticket, album=turn.incoming.album)
    rows = (
        (Button(turn.say.plain("flag-officer-compose"), action="/soan"),),
        (Button(turn.say.plain("flag-officer-queue"), action="/hangdoi"),),
        (turn.button("flag-officer-flag", "flag-this"),),
    )
    return [turn.reply(turn.say("flag-officer-unsure"), rows)]


@routes.action("flag-this")
async def flag_what_was_said(turn: Context) -> Answer:
    """What was said or asked about is meant as a post after all."""
    if turn.step != UNSURE:
        raise UserError("flag-stale")
    return await start_flag(turn, unpack(turn.data["post"]))


@routes.action("flag-ask")
async def ask_what_was_said(turn: Context) -> Answer:
    """It was a question to the club: it goes where `/hoi` leads, in the very words."""
    at_choice = turn.step in {UNSURE, AWAITS_CATEGORY}
    if not at_choice or turn.args != (turn.data["ticket"],):
        raise UserError("flag-stale")
    post = unpack(turn.data["post"])
    if not post.may_be_question:
        raise UserError("flag-stale")
    await turn.done()
    return await send(turn, post.text.strip(), 0)


@routes.step(AWAITS_CATEGORY)
@routes.step(AWAITS_SENDING)
async def receive_meanwhile(turn: Context) -> Answer:
    """More pictures of the album join it silently; another post waits for its turn."""
    waiting = pending.remembered(turn.data)
    refuse_unreadable(turn)
    post = post_of(turn.incoming)
    if turn.incoming.album and turn.incoming.album in {waiting.album, waiting.more_album}:
        await pending.keep(turn, pending.with_picture(waiting, post, turn.incoming.album))
        return []
    refuse_unsupported(turn)
    if post.is_chat:
        return [turn.reply(turn.say("flag-choose-above"))]
    return await _queue_post(turn, waiting, post)


async def _queue_post(turn: Context, waiting: Pending, post: FlaggedPost) -> Answer:
    """Several messages in a row are asked about once; what follows is only acknowledged."""
    if len(waiting.more) >= MOST_AT_ONCE:
        raise UserError("flag-one-after-the-other")
    more = (*waiting.more, post)
    await pending.keep(turn, replace(waiting, more=more, more_album=turn.incoming.album))
    if waiting.more:
        return [turn.reply(turn.say("flag-also", count=len(more) + 1))]
    together = turn.button("flag-together", "flag-together", waiting.ticket)
    apart = turn.button("flag-apart", "flag-apart", waiting.ticket)
    return [turn.reply(turn.say("flag-several"), ((together,), (apart,)))]


@routes.action("flag-together")
async def take_together(turn: Context) -> Answer:
    """All of it is one post."""
    waiting = pending.pressed(turn)
    whole = waiting.post
    for post in waiting.more:
        whole = whole.followed_by(post)
    return await start_flag(turn, whole)


@routes.action("flag-apart")
async def take_apart(turn: Context) -> Answer:
    """One after the other, beginning with the first."""
    waiting = replace(pending.pressed(turn), category=None)
    await pending.keep(turn, waiting)
    return [category_question(turn, waiting)]


def refuse_unsupported(turn: Context) -> None:
    """Raises:
    Sorry: there is nothing in the message that could be checked.
    """
    incoming = turn.incoming
    refuse_unreadable(turn)
    if incoming.unsupported or not (incoming.text.strip() or incoming.media):
        raise UserError("flag-unsupported")


def refuse_unreadable(turn: Context) -> None:
    """Raises:
    Sorry: there is a picture in the message that nobody could be shown.
    """
    media = turn.incoming.media
    if turn.incoming.is_unreadable or (media is not None and media.is_other_picture):
        raise UserError("flag-picture-unread")
