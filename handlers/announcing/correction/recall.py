"""`/thuhoi`: recalls a sent announcement. One officer can do it, with a confirmation.

A recall needs no approval, because a wrong announcement does harm while it waits. Every other officer
is notified, and it is in the audit log.
"""

from handlers.announcing import picker
from handlers.announcing.copies_affected import copies_out, unchangeable_copies
from handlers.authenticity import record
from handlers.conversation import Context, Html, Routes, Speech
from handlers.messages import Answer, ButtonStyle, Message
from handlers.notifications import in_every_language, notify_officers
from handlers.views.announcement import Content
from storage import audit_log
from storage.announcements import announcements
from storage.database import id_of
from storage.members import members
from storage.models import (
    Announcement,
    AuditAction,
    Lane,
    MailingKind,
    MailingState,
    OfficialKind,
    Role,
)
from storage.outbox import enqueue, mailings

routes = Routes()


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
    """Says what the recall will do and asks for confirmation."""
    number = context.number()
    _, content = await picker.load_published(context, number)
    copies = (await copies_out(context, number)).counted(context.say)
    text = context.say("recalling-question", number=str(number), title=content.title, copies=copies)
    if anew := await unchangeable_copies(context, number):
        text = Html(f"{text}\n\n{context.say('recalling-anew', **anew)}")
    sure = context.button("recalling-sure", "recall-sure", number, style=ButtonStyle.DANGER)
    return [context.reply(text, ((context.button("recalling-keep", "recall-not", number), sure),))]


@routes.action("recall-not", role=Role.OFFICER)
async def keep(context: Context) -> Answer:
    """Keeps the announcement after the question."""
    return [context.final(context.say("recalling-kept", number=str(context.number())))]


@routes.action("recall-sure", role=Role.OFFICER)
async def recall(context: Context) -> Answer:
    """Recalls the announcement: stops sending and showing it, and starts to delete its copies."""
    number = context.number()
    announcement, content = await picker.load_published(context, number)
    await mailings.cancel_all(context.tx, number)
    await announcements.recall(context.tx, announcement)
    await _take_back(context, number)
    await _record(context, announcement, content)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.ANNOUNCEMENT_RECALLED, announcement=number
    )
    await _notify_others(context, number, content)
    return [context.final(context.say("recalling-begun", number=str(number)))]


async def _take_back(context: Context, number: int) -> None:
    await enqueue.open_mailing(
        context.tx,
        kind=MailingKind.RECALL,
        subject=str(number),
        announcement_id=number,
        lane=Lane.CORRECTION,
        bodies=in_every_language(context.club, lambda say: instead_of_copy(number, say)),
        state=MailingState.FILLING,
        spending=await mailings.allowance_of(context.tx, number),
        watcher_id=context.member_id,
    )


async def _record(context: Context, announcement: Announcement, content: Content) -> None:
    """Adds the notice to the index of official texts."""
    number = id_of(announcement)

    def write(say: Speech) -> Html:
        return Html(instead_of_copy(number, say).text)

    kind = OfficialKind.RECALL
    await record.notice_went_out(
        context.tx, context.club, kind, announcement, content=content, write=write
    )


def instead_of_copy(number: int, say: Speech) -> Message:
    """The text in place of a copy that cannot be deleted, and the notice to whoever shared it."""
    return Message(say("recalled-copy", number=str(number)))


async def _notify_others(context: Context, number: int, content: Content) -> None:
    def write(say: Speech) -> Message:
        return Message(say("recalling-told", number=str(number), title=content.title))

    others = await members.officers(context.tx, but=context.member_id)
    await notify_officers(context.tx, context.club, others, f"recalled {number}", write, about=None)
