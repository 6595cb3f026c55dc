"""Entry of flagging: `/baotin`, and messages that no other capability takes."""

from dataclasses import replace

from handlers.announcing.compose import start
from handlers.conversation import Context, Routes, UserError, require
from handlers.conversation.small_talk import is_courtesy
from handlers.flagging import official, pending, tracking_code
from handlers.flagging.known_or_new import shared_lately, start_flag
from handlers.flagging.pending import (
    AWAITS_SENDING,
    MOST_AT_ONCE,
    TICKET_LETTERS,
    Pending,
)
from handlers.flagging.picture_words import read_post
from handlers.flagging.post import MEDIA_MAX, FlaggedPost, pack, quoted_by, unpack
from handlers.flagging.prompts import ask_instead, flag_this, own_share, send_question
from handlers.home import screen
from handlers.messages import CAPTIONS_APART, Answer, Button, Reply
from handlers.questions.ask import send
from storage.models import Role

routes = Routes(confidential=True)

_AWAITS_POST = "flag.post"
UNSURE = "flag.unsure"
"""The member was asked whether the message is a post. A passive step."""
LOOKED_UP = "flag.looked_up"
"""The member was told that a post they looked up is not known. A passive step."""
routes.passive_step(UNSURE)
routes.passive_step(LOOKED_UP)


@routes.command(
    "baotin", "flag", also=["nghivan"], words=["báo tin", "báo tin nghi vấn", "nghi vấn"]
)
async def begin(context: Context) -> Answer:
    """Flags the text or file of the command, or the message it answers; else asks for a post."""
    refuse_unreadable(context)
    if context.rest or context.incoming.media:
        return await start_flag(context, read_post(context, context.rest))
    if quoted := quoted_by(context.incoming):
        return await start_flag(context, quoted)
    await context.set_state(_AWAITS_POST)
    return [context.reply(context.say("flag-prompt"), ((context.button("cancel", "cancel"),),))]


@routes.step(_AWAITS_POST)
async def take_post(context: Context) -> Answer:
    """Flags the post that was asked for, however short it is."""
    refuse_unsupported(context)
    return await start_flag(context, read_post(context))


@routes.fallback(role=Role.MEMBER)
async def receive(context: Context) -> Answer:
    """Flags a forwarded message, a picture, a link or a longer text; answers short talk with a hint.

    A short question that replies to a message of somebody else (“cái này thật không?”) flags that
    message. An officer gets their home for short talk, and is asked first what a longer text is for.
    """
    if context.incoming.is_sticker:
        return [context.reply(context.say("flag-courtesy"))]
    refuse_unsupported(context)
    post = read_post(context)
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
    if not post.forwarded and (shown := await tracking_code.answer(context, post.text)):
        return shown
    return [context.reply(context.say("flag-courtesy"))] if is_courtesy(post.text) else None


@routes.step(UNSURE, takes_late_parts=True)
async def receive_late_part(context: Context) -> Answer | None:
    """Adds a late part to the album that was asked about; any other message is handled by itself."""
    incoming = context.incoming
    if not incoming.is_late_part or context.data.get("album") != incoming.album:
        return None
    refuse_unreadable(context)
    before = unpack(context.data["post"])
    if before.is_full:
        return [_files_full(context)]
    whole = before.joined_with(read_post(context))
    html = CAPTIONS_APART.join(filter(None, (context.data["html"], incoming.html)))
    await context.set_state(UNSURE, **(context.data | {"post": pack(whole), "html": html}))
    return [context.reply(context.say("flag-album-added"))]


async def _answer_officer(context: Context, post: FlaggedPost) -> Answer:
    """Their home for short talk; a longer text may be an answer, an announcement or a reason."""
    if post.is_chat:
        return await screen.show(context, understood=False)
    if own := await official.find(context, post):
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
    return context.step in {UNSURE, LOOKED_UP} and context.args == (context.data["ticket"],)


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
    return await send(context, post.text.strip(), None)


@routes.step(AWAITS_SENDING, takes_late_parts=True)
async def receive_meanwhile(context: Context) -> Answer | None:
    """Adds a late part to its album; queues another post."""
    waiting = pending.load(context.data)
    refuse_unsupported(context)
    post = read_post(context)
    if context.incoming.is_late_part:
        return await _add_late_part(context, waiting, post)
    if post.is_chat:
        return [context.reply(context.say("flag-choose-above"))]
    return await _queue_post(context, waiting, post)


async def _add_late_part(context: Context, waiting: Pending, post: FlaggedPost) -> Answer | None:
    """Looks the whole album up again and asks anew; None for a part of an album that is not waiting."""
    album = context.incoming.album
    if album == waiting.album:
        if waiting.post.is_full:
            return [_files_full(context)]
        return await start_flag(context, waiting.post.joined_with(post), more=waiting.more)
    if album != waiting.more_album:
        return None
    *others, last = waiting.more
    if last.is_full:
        return [_files_full(context)]
    await pending.save(context, replace(waiting, more=(*others, last.joined_with(post))))
    return [context.reply(context.say("flag-album-added"))]


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
    files = sum(len(post.media) for post in (waiting.post, *waiting.more))
    full = [_files_full(context)] if files > MEDIA_MAX else []
    return [*full, *await start_flag(context, whole)]


def _files_full(context: Context) -> Reply:
    return context.reply(context.say("flag-files-full", most=MEDIA_MAX))


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
    incoming = context.incoming
    require(not any(file.is_heic for file in incoming.files), "picture-heic")
    if incoming.is_unreadable or any(file.is_other_picture for file in incoming.files):
        raise UserError("flag-album-unread" if incoming.more_media else "flag-picture-unread")
