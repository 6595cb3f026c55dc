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
from handlers.views.announcement_reference import named
from storage import audit_log
from storage.announcements import announcements, references
from storage.announcements.references import Reference
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


@routes.command("thuhoi", "recall", role=Role.OFFICER, phrases=picker.wish("thu hoi", "recall"))
async def choose(context: Context) -> Answer:
    """Recalls the announcement that is named; without a number, asks which."""
    return (
        await ask(context)
        if context.args
        else await picker.offer(context, "recall", context.say("recalling-which"))
    )


@routes.action("recall", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Says what the recall will do and asks for its reason, which members read."""
    which = await named(context)
    _, content = await picker.load_published(context, which)
    copies = (await copies_out(context, which.id)).counted(context.say)
    text = context.say("recalling-question", number=which.label, title=content.title, copies=copies)
    if anew := await unchangeable_copies(context, which.id):
        text = Html(f"{text}\n\n{context.say('recalling-anew', **anew)}")
    await context.set_state(_STEP, announcement=which.id)
    reasons = (
        (context.button(key, "recall-why", which.id, at),) for at, key in enumerate(_REASONS)
    )
    return [context.reply(text, (*reasons, (_keep_button(context, which),)))]


@routes.action("recall-why", role=Role.OFFICER)
async def choose_reason(context: Context) -> Answer:
    """Takes one of the offered reasons."""
    which = await named(context)
    require(_is_asked(context), "recalling-begin-anew", number=which.label)
    require(context.number(1) < len(_REASONS), "button-unknown")
    return await _ask_once_more(context, which, _REASONS[context.number(1)])


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(context: Context) -> Answer:
    """Takes the typed reason; another text replaces it."""
    reason = " ".join(context.incoming.text.split())
    require(reason, "recalling-reason-wanted")
    within(reason, _REASON_LIMIT)
    which = await references.of(context.tx, context.data["announcement"])
    return await _ask_once_more(context, which, reason)


async def _ask_once_more(context: Context, which: Reference, reason: str) -> Answer:
    """Shows the notice as members will read it, and asks for confirmation."""
    _, content = await picker.load_published(context, which)
    await context.set_state(_STEP, announcement=which.id, reason=reason)
    notice = instead_of_copy(content, which, reason, context.say)
    text = context.say("recalling-check", number=which.label, notice=Html(notice.text))
    sure = context.button("recalling-sure", "recall-sure", which.id, style=ButtonStyle.DANGER)
    return [context.reply(text, ((_keep_button(context, which), sure),))]


def _keep_button(context: Context, which: Reference) -> Button:
    return context.button("recalling-keep", "recall-not", which.id)


def _is_asked(context: Context) -> bool:
    """Whether this chat is at the recall that the button belongs to."""
    return context.step == _STEP and context.data["announcement"] == context.number()


@routes.action("recall-not", role=Role.OFFICER)
async def keep(context: Context) -> Answer:
    """Keeps the announcement after the question."""
    if _is_asked(context):
        await context.clear_state()
    which = await named(context)
    return [context.final(context.say("recalling-kept", number=which.label))]


@routes.action("recall-sure", role=Role.OFFICER)
async def recall(context: Context) -> Answer:
    """Recalls the announcement: stops sending and showing it, and starts to delete its copies."""
    which = await named(context)
    announcement, content = await picker.load_published(context, which)
    reason = context.data.get("reason") if _is_asked(context) else None
    write = partial(
        instead_of_copy,
        content,
        which,
        found(reason, "recalling-begin-anew", number=which.label),
    )
    await context.clear_state()
    await mailings.cancel_all(context.tx, which.id)
    await announcements.recall(context.tx, announcement)
    await _take_back(context, which, write)
    await record.notice_went_out(
        context.tx, context.club, OfficialKind.RECALL, announcement, content=content, write=write
    )
    await audit_log.record(
        context.tx, context.current_member, AuditAction.ANNOUNCEMENT_RECALLED, announcement=which.id
    )
    await _notify_others(context, which, content, str(reason))
    return [context.final(context.say("recalling-begun", number=which.label))]


async def _take_back(
    context: Context, which: Reference, write: Callable[[Speech], Message]
) -> None:
    await enqueue.open_mailing(
        context.tx,
        kind=MailingKind.RECALL,
        subject=str(which.id),
        announcement_id=which.id,
        lane=Lane.CORRECTION,
        bodies=in_every_language(context.club, write),
        state=MailingState.FILLING,
        spending=await mailings.allowance_of(context.tx, which.id),
        watcher_id=context.member_id,
    )


def instead_of_copy(content: Content, which: Reference, reason: str, say: Speech) -> Message:
    """The notice to everyone who has a copy, and the text in place of one that cannot be deleted.

    `reason` is the key of an offered reason, or what the officer typed.
    """
    title = content.in_language(say.language).title
    text = say("recalled-copy", number=which.label, title=title, reason=_worded(reason, say))
    return Message(text)


def _worded(reason: str, say: Speech) -> str:
    return say(reason) if reason in _REASONS else reason


async def _notify_others(context: Context, which: Reference, content: Content, reason: str) -> None:
    def write(say: Speech) -> Message:
        text = say(
            "recalling-told",
            number=which.label,
            title=content.title,
            reason=_worded(reason, say),
        )
        return Message(text)

    others = await members.officers(context.tx, but=context.member_id)
    subject = f"recalled {which.id}"
    await notify_officers(context.tx, context.club, others, subject, write, about=None)
