"""Entry of flagging: `/baotin`, and messages that no other capability takes."""

from dataclasses import replace

from handlers.announcing.compose import start
from handlers.conversation import Context, Routes, UserError
from handlers.conversation.small_talk import is_courtesy
from handlers.flagging import official, pending
from handlers.flagging.known_or_new import shared_lately, start_flag
from handlers.flagging.pending import (
    AWAITS_SENDING,
    MOST_AT_ONCE,
    TICKET_LETTERS,
    Pending,
)
from handlers.flagging.post import FlaggedPost, pack, post_of, quoted_by, unpack
from handlers.flagging.prompts import ask_instead, flag_this, own_share, send_question
from handlers.home import screen
from handlers.messages import Answer, Button
from handlers.questions.ask import send
from storage.models import Role

routes = Routes(confidential=True)

_AWAITS_POST = "flag.post"
UNSURE = "flag.unsure"
"""The member was asked whether the message is a post. A passive step."""
routes.passive_step(UNSURE)


@routes.command(
    "baotin", "flag", also=["nghivan"], words=["báo tin", "báo tin nghi vấn", "nghi vấn"]
)
async def begin(context: Context) -> Answer:
    """Flags the text or file of the command, or the message it answers; else asks for a post."""
    refuse_unreadable(context)
    if context.rest or context.incoming.media:
        return await start_flag(context, post_of(context.incoming, context.rest))
    if quoted := quoted_by(context.incoming):
        return await start_flag(context, quoted)
    await context.set_state(_AWAITS_POST)
    return [context.reply(context.say("flag-prompt"), ((context.button("cancel", "cancel"),),))]


@routes.step(_AWAITS_POST)
async def take_post(context: Context) -> Answer:
    """Flags the post that was asked for, however short it is."""
    refuse_unsupported(context)
    return await start_flag(context, post_of(context.incoming))


@routes.fallback(role=Role.MEMBER)
async def receive(context: Context) -> Answer:
    """Flags a forwarded message, a picture, a link or a longer text; answers short talk with a hint.

    A short question that replies to a message of somebody else (“cái này thật không?”) flags that
    message. An officer gets their home for short talk, and is asked first what a longer text is for.
    """
    if context.incoming.is_sticker:
        return [context.reply(context.say("flag-courtesy"))]
    refuse_unsupported(context)
    post = post_of(context.incoming)
    if post.is_chat and (answer := await _answer_chat(context, post)):
        return answer
    if context.role and context.role.is_officer and not post.forwarded:
        return await _answer_officer(context, post)
    if not post.is_chat:
        return await start_flag(context, post)
    ticket = context.tx.ids.code(TICKET_LETTERS)
    await context.set_state(UNSURE, post=pack(post), ticket=ticket)
    share_rows = own_share(context, ticket, await shared_lately(context, post))
    rows = (
        *share_rows,
        (flag_this(context, "flag-this", ticket),),
        (ask_instead(context, ticket),),
    )
    return [context.reply(context.say("flag-unsure"), rows)]


async def _answer_chat(context: Context, post: FlaggedPost) -> Answer | None:
    """The answer to a typed code, to a remark about a quoted post, or to thanks; None for anything else."""
    if shown := await official.text_of_code(context, post.text):
        return shown
    if quoted := quoted_by(context.incoming):
        return await start_flag(context, quoted)
    return [context.reply(context.say("flag-courtesy"))] if is_courtesy(post.text) else None


@routes.step(UNSURE)
async def receive_rest(context: Context) -> Answer | None:
    """Adds more pictures of the album; any other message is handled by itself."""
    album = context.incoming.album
    if not album or context.data.get("album") != album:
        return None
    whole = unpack(context.data["post"]).with_album_picture(post_of(context.incoming))
    html = context.data.get("html") or context.incoming.html
    await context.set_state(UNSURE, **(context.data | {"post": pack(whole), "html": html}))
    return []


async def _answer_officer(context: Context, post: FlaggedPost) -> Answer:
    """Their home for short talk; a longer text may be an answer, an announcement or a reason."""
    if post.is_chat:
        return await screen.show(context, understood=False)
    if not context.incoming.album and (own := await official.find(context, post)):
        return await official.say_finding(context, post, own)
    ticket = context.tx.ids.code(TICKET_LETTERS)
    html, album = context.incoming.html, context.incoming.album
    await context.set_state(UNSURE, post=pack(post), ticket=ticket, album=album, html=html)
    rows = (
        (context.button("flag-officer-compose", "flag-compose", ticket),),
        (Button(context.say.plain("flag-officer-queue"), action="/choxuly"),),
        (flag_this(context, "flag-officer-flag", ticket),),
    )
    return [context.reply(context.say("flag-officer-unsure"), rows)]


@routes.action("flag-compose", role=Role.OFFICER)
async def compose_what_was_said(context: Context) -> Answer:
    """The officer says that it is an announcement: begins a draft with it, else asks for a text."""
    if not _is_of_this_message(context) or "html" not in context.data:
        return await start.compose(context)
    post = unpack(context.data["post"])
    return await start.begin_with(context, context.data["html"], post.media)


@routes.action("flag-this")
async def flag_what_was_said(context: Context) -> Answer:
    """The member says that the message is a post."""
    if not _is_of_this_message(context):
        raise UserError("flag-stale")
    return await start_flag(context, unpack(context.data["post"]))


def _is_of_this_message(context: Context) -> bool:
    """Whether the pressed button stands under the question about the message that is kept."""
    return context.step == UNSURE and context.args == (context.data["ticket"],)


@routes.action("flag-ask")
async def ask_what_was_said(context: Context) -> Answer:
    """The member says that it is a question: sends it as `/hoi` does, unchanged."""
    at_choice = context.step in {UNSURE, AWAITS_SENDING}
    if not at_choice or context.args != (context.data["ticket"],):
        raise UserError("flag-stale")
    post = unpack(context.data["post"])
    if not post.may_be_question:
        raise UserError("flag-stale")
    await context.clear_state()
    return await send(context, post.text.strip(), 0)


@routes.step(AWAITS_SENDING)
async def receive_meanwhile(context: Context) -> Answer:
    """Adds pictures of the album without an answer; queues another post."""
    waiting = pending.load(context.data)
    refuse_unreadable(context)
    post = post_of(context.incoming)
    if context.incoming.album and context.incoming.album in {waiting.album, waiting.more_album}:
        await pending.save(context, pending.with_picture(waiting, post, context.incoming.album))
        return []
    refuse_unsupported(context)
    if post.is_chat:
        return [context.reply(context.say("flag-choose-above"))]
    return await _queue_post(context, waiting, post)


async def _queue_post(context: Context, waiting: Pending, post: FlaggedPost) -> Answer:
    """Queues the post. The first one is asked about, later ones are only counted."""
    if len(waiting.more) >= MOST_AT_ONCE:
        raise UserError("flag-one-after-the-other")
    more = (*waiting.more, post)
    await pending.save(context, replace(waiting, more=more, more_album=context.incoming.album))
    if waiting.more:
        return [context.reply(context.say("flag-also", count=len(more) + 1))]
    together = context.button("flag-together", "flag-together", waiting.ticket)
    apart = context.button("flag-apart", "flag-apart", waiting.ticket)
    return [context.reply(context.say("flag-several"), ((together,), (apart,)))]


@routes.action("flag-together")
async def take_together(context: Context) -> Answer:
    """Joins all queued messages to one post."""
    waiting = pending.of_pressed_button(context)
    whole = waiting.post
    for post in waiting.more:
        whole = whole.joined_with(post)
    return await start_flag(context, whole)


@routes.action("flag-apart")
async def take_apart(context: Context) -> Answer:
    """Flags the queued posts one by one, the first one now."""
    waiting = pending.of_pressed_button(context)
    return [send_question(context, waiting)]


def refuse_unsupported(context: Context) -> None:
    """Raises:
    UserError: there is nothing in the message that could be checked.
    """
    incoming = context.incoming
    refuse_unreadable(context)
    if incoming.unsupported or not (incoming.text.strip() or incoming.media):
        raise UserError("flag-unsupported")


def refuse_unreadable(context: Context) -> None:
    """Raises:
    UserError: there is a picture in the message that nobody could be shown.
    """
    media = context.incoming.media
    if context.incoming.is_unreadable or (media is not None and media.is_other_picture):
        raise UserError("flag-picture-unread")
