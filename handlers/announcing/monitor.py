"""`/tiendo`: what is going out; any officer can pause it, let it go on, or give up the rest.

Of copies that may or may not have arrived officers decide: once more, marked so, or left as they are.
"""

from handlers.announcing import after_sending, delivered_copy
from handlers.announcing.progress_message import doubt_ways, figures, progress, told_of
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.conversation.settings import LANGUAGES
from handlers.messages import Answer, Message, Reply
from handlers.notifications import choose, pack_text
from storage import audit_log
from storage.models import AuditAction, Mailing, MailingKind, Role
from storage.outbox import mailings, uncertain

routes = Routes()

_MOST = 5
"""How many sendings are shown, each in a message of its own."""


@routes.command("tiendo", "progress", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """What is going out or paused, then what has copies of unknown fate; with a number, that one."""
    if context.args:
        return await after_sending.show(context)
    found = await mailings.under_way(context.tx, limit=_MOST)
    found += await uncertain.undecided_mailings(context.tx, limit=_MOST - len(found))
    if not found:
        return [context.reply(context.say("progress-none"))]
    return [Reply(await _now(context, mailing)) for mailing in found]


@routes.action("sending-pause", role=Role.OFFICER)
async def pause(context: Context) -> Answer:
    """Nothing more leaves; what is on its way lands."""
    mailing = await _mailing(context)
    if await mailings.pause(context.tx, context.number()):
        await _record(context, mailing, AuditAction.SENDING_PAUSED)
    return await _as_it_stands(context)


@routes.action("sending-resume", role=Role.OFFICER)
async def resume(context: Context) -> Answer:
    """Goes on where it stopped."""
    mailing = await _mailing(context)
    if await mailings.resume(context.tx, context.number()):
        await _record(context, mailing, AuditAction.SENDING_RESUMED)
    return await _as_it_stands(context)


@routes.action("sending-cancel", role=Role.OFFICER)
async def cancel(context: Context) -> Answer:
    """Asks once more, under the progress: that message changes by itself."""
    mailing = await _mailing(context)
    if mailings.has_ended(mailing):
        return await _as_it_stands(context)
    now = await figures(context.tx, mailing, context.club.quiet_hours)
    left = told_of(mailing, now).waiting.counted(context.say)
    number = str(mailing.announcement_id)
    text = _cancel_question(context, mailing.kind, number=number, left=left)
    sure = context.button("progress-cancel-sure", "sending-cancel-sure", context.number())
    keep = context.button("progress-cancel-not", "sending-see", context.number())
    return [context.reply(text, ((keep, sure),))]


def _cancel_question(context: Context, kind: MailingKind, **figures: str | int) -> Html:
    match kind:
        case MailingKind.CORRECTION:
            return context.say("correction-cancel-question", **figures)
        case MailingKind.RECALL:
            return context.say("recall-cancel-question", **figures)
    return context.say("progress-cancel-question", **figures)


@routes.action("sending-cancel-sure", role=Role.OFFICER)
async def cancel_surely(context: Context) -> Answer:
    """Who has no copy yet gets none."""
    mailing = await _mailing(context)
    if await mailings.cancel(context.tx, mailing):
        await _record(context, mailing, AuditAction.SENDING_CANCELLED)
    return await _as_it_stands(context)


@routes.action("sending-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """How it stands, without changing anything."""
    return await _as_it_stands(context)


@routes.action("doubts-again", role=Role.OFFICER)
async def send_again(context: Context) -> Answer:
    """Once more to those whose copy may or may not be there; it says that it comes again."""
    mailing = await _in_doubt(context)
    if mailing and mailing.valid_until and mailing.valid_until <= context.now:
        raise UserError("progress-again-over")
    if mailing and await uncertain.send_again(context.tx, mailing, _marked(context, mailing)):
        await _record(context, mailing, AuditAction.DOUBTFUL_COPIES_SENT_AGAIN)
        await _watch_here(context, mailing)
    return await _as_it_stands(context)


@routes.action("doubts-leave", role=Role.OFFICER)
async def leave(context: Context) -> Answer:
    """They stay as they are; a press on such a copy still proves it."""
    if mailing := await _in_doubt(context):
        await uncertain.leave_uncertain(context.tx, mailing)
        await _record(context, mailing, AuditAction.DOUBTFUL_COPIES_LEFT)
    return await _as_it_stands(context)


@routes.action(delivered_copy.AGAIN)
async def why_again(context: Context) -> Answer:
    """The mark of a copy that came again."""
    return [context.toast(context.say.plain("copy-again-why"), alert=True)]


async def _watch_here(context: Context, mailing: Mailing) -> None:
    """To its author the progress goes on in the message that was pressed, not in one more."""
    if context.incoming.press and mailing.watcher_id == context.member_id:
        message_id = context.incoming.press.message_id
        await mailings.keep_progress_message(context.tx, context.number(), message_id)


async def _in_doubt(context: Context) -> Mailing | None:
    """The mailing, held, if its copies of unknown fate wait for a choice."""
    mailing = await mailings.hold(context.tx, await _mailing(context))
    counts = await mailings.counts(context.tx, context.number())
    return mailing if doubt_ways(context.say, mailing, counts) else None


def _marked(context: Context, mailing: Mailing) -> dict[str, str]:
    words = [context.speech(language) for language in LANGUAGES]
    return {
        say.language: pack_text(delivered_copy.again(choose(mailing.bodies, say.language), say))
        for say in words
    }


async def _mailing(context: Context) -> Mailing:
    mailing = await mailings.find_shown(context.tx, context.number())
    if mailing is None:
        raise UserError("button-unknown")
    return mailing


async def _as_it_stands(context: Context) -> Answer:
    message = await _now(context, await _mailing(context))
    return [context.edit(Html(message.text), message.rows)]


async def _now(context: Context, mailing: Mailing) -> Message:
    return progress(
        context.say, mailing, await figures(context.tx, mailing, context.club.quiet_hours)
    )


async def _record(context: Context, mailing: Mailing, action: AuditAction) -> None:
    await audit_log.record(
        context.tx, context.current_member, action, announcement=mailing.announcement_id or 0
    )
