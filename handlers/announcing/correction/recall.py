"""`/thuhoi`: recalls a sent announcement. One officer can do it, with a reason and a confirmation.

A recall needs no approval, because a wrong announcement does harm while it waits. Every other officer
is notified, and it is in the audit log.
"""

from collections.abc import Callable
from functools import partial

from handlers.announcing import picker
from handlers.announcing.copies_affected import copies_out, unchangeable_copies
from handlers.authenticity import record
from handlers.conversation import Context, Html, Routes, Speech, found, require, within
from handlers.messages import Answer, Button, ButtonStyle, Message
from handlers.notifications import in_every_language, notify_officers
from handlers.views.announcement import Content
from storage import audit_log
from storage.announcements import announcements
from storage.members import members
from storage.models import (
    AuditAction,
    Lane,
    MailingKind,
    MailingState,
    OfficialKind,
    Role,
)
from storage.outbox import enqueue, mailings

routes = Routes()

_STEP = "announcing.recall"
_REASON_LIMIT = 200
"""Characters of a typed reason."""
_REASONS = (
    "recalling-why-time",
    "recalling-why-place",
    "recalling-why-off",
    "recalling-why-content",
)
"""The keys of the offered reasons, which each reader gets in their language."""


@routes.command("thuhoi", "recall", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Recalls the announcement of this number; without a number, asks which."""
    return (
        await ask(context)
        if context.args
        else await picker.offer(context, "recall", context.say("recalling-which"))
    )


@routes.action("recall", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Says what the recall will do and asks for its reason, which members read."""
    number = context.number()
    _, content = await picker.load_published(context, number)
    copies = (await copies_out(context, number)).counted(context.say)
    text = context.say("recalling-question", number=str(number), title=content.title, copies=copies)
    if anew := await unchangeable_copies(context, number):
        text = Html(f"{text}\n\n{context.say('recalling-anew', **anew)}")
    await context.set_state(_STEP, number=number)
    reasons = ((context.button(key, "recall-why", number, at),) for at, key in enumerate(_REASONS))
    return [context.reply(text, (*reasons, (_keep_button(context, number),)))]


@routes.action("recall-why", role=Role.OFFICER)
async def choose_reason(context: Context) -> Answer:
    """Takes one of the offered reasons."""
    number = context.number()
    require(_is_asked(context), "recalling-begin-anew", number=str(number))
    require(context.number(1) < len(_REASONS), "button-unknown")
    return await _ask_once_more(context, number, _REASONS[context.number(1)])


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(context: Context) -> Answer:
    """Takes the typed reason; another text replaces it."""
    reason = " ".join(context.incoming.text.split())
    require(reason, "recalling-reason-wanted")
    within(reason, _REASON_LIMIT)
    return await _ask_once_more(context, context.data["number"], reason)


async def _ask_once_more(context: Context, number: int, reason: str) -> Answer:
    """Shows the notice as members will read it, and asks for confirmation."""
    _, content = await picker.load_published(context, number)
    await context.set_state(_STEP, number=number, reason=reason)
    notice = instead_of_copy(content, number, reason, context.say)
    text = context.say("recalling-check", number=str(number), notice=Html(notice.text))
    sure = context.button("recalling-sure", "recall-sure", number, style=ButtonStyle.DANGER)
    return [context.reply(text, ((_keep_button(context, number), sure),))]


def _keep_button(context: Context, number: int) -> Button:
    return context.button("recalling-keep", "recall-not", number)


def _is_asked(context: Context) -> bool:
    """Whether this chat is at the recall that the button belongs to."""
    return context.step == _STEP and context.data["number"] == context.number()


@routes.action("recall-not", role=Role.OFFICER)
async def keep(context: Context) -> Answer:
    """Keeps the announcement after the question."""
    if _is_asked(context):
        await context.clear_state()
    return [context.final(context.say("recalling-kept", number=str(context.number())))]


@routes.action("recall-sure", role=Role.OFFICER)
async def recall(context: Context) -> Answer:
    """Recalls the announcement: stops sending and showing it, and starts to delete its copies."""
    number = context.number()
    announcement, content = await picker.load_published(context, number)
    reason = context.data.get("reason") if _is_asked(context) else None
    write = partial(
        instead_of_copy,
        content,
        number,
        found(reason, "recalling-begin-anew", number=str(number)),
    )
    await context.clear_state()
    await mailings.cancel_all(context.tx, number)
    await announcements.recall(context.tx, announcement)
    await _take_back(context, number, write)
    await record.notice_went_out(
        context.tx, context.club, OfficialKind.RECALL, announcement, content=content, write=write
    )
    await audit_log.record(
        context.tx, context.current_member, AuditAction.ANNOUNCEMENT_RECALLED, announcement=number
    )
    await _notify_others(context, number, content, str(reason))
    return [context.final(context.say("recalling-begun", number=str(number)))]


async def _take_back(context: Context, number: int, write: Callable[[Speech], Message]) -> None:
    await enqueue.open_mailing(
        context.tx,
        kind=MailingKind.RECALL,
        subject=str(number),
        announcement_id=number,
        lane=Lane.CORRECTION,
        bodies=in_every_language(context.club, write),
        state=MailingState.FILLING,
        spending=await mailings.allowance_of(context.tx, number),
        watcher_id=context.member_id,
    )


def instead_of_copy(content: Content, number: int, reason: str, say: Speech) -> Message:
    """The notice to everyone who has a copy, and the text in place of one that cannot be deleted.

    `reason` is the key of an offered reason, or what the officer typed.
    """
    title = content.in_language(say.language).title
    text = say("recalled-copy", number=str(number), title=title, reason=_worded(reason, say))
    return Message(text)


def _worded(reason: str, say: Speech) -> str:
    return say(reason) if reason in _REASONS else reason


async def _notify_others(context: Context, number: int, content: Content, reason: str) -> None:
    def write(say: Speech) -> Message:
        text = say(
            "recalling-told",
            number=str(number),
            title=content.title,
            reason=_worded(reason, say),
        )
        return Message(text)

    others = await members.officers(context.tx, but=context.member_id)
    await notify_officers(context.tx, context.club, others, f"recalled {number}", write, about=None)
