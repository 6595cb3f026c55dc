"""`/tiendo`: announcements being sent; any officer can pause, resume or cancel a mailing.

For uncertain deliveries officers choose: send again, with a note, or leave them.
"""

from handlers.announcing import after_sending, delivered_copy
from handlers.announcing.progress_message import figures, progress, shown_copies_of, uncertain_rows
from handlers.conversation import LANGUAGES, Context, Html, Routes, found, require
from handlers.messages import Answer, ButtonStyle, Message, Reply
from handlers.notifications import choose, pack_text
from storage import audit_log
from storage.models import AuditAction, Mailing, MailingKind, Role
from storage.outbox import mailings, uncertain

routes = Routes()

_MOST = 5
"""How many mailings are shown, each in its own message."""


@routes.command("tiendo", "progress", role=Role.OFFICER, also=["tamdung", "pause"])
async def show(context: Context) -> Answer:
    """Mailings being sent or paused, then those with uncertain copies; with a number, that one."""
    if context.args:
        return await after_sending.show(context)
    shown = await mailings.under_way(context.tx, limit=_MOST)
    shown += await uncertain.undecided_mailings(context.tx, limit=_MOST - len(shown))
    if not shown:
        return [context.final(context.say("progress-none"))]
    return [Reply(await _progress_message(context, mailing)) for mailing in shown]


@routes.action("sending-pause", role=Role.OFFICER)
async def pause(context: Context) -> Answer:
    """Pauses the mailing; deliveries already started are finished."""
    mailing = await _mailing(context)
    if await mailings.pause(context.tx, context.number()):
        return await _show_change(
            context, mailing, AuditAction.SENDING_PAUSED, "progress-pause-toast"
        )
    return await _show_progress(context)


@routes.action("sending-resume", role=Role.OFFICER)
async def resume(context: Context) -> Answer:
    """Resumes the mailing."""
    mailing = await _mailing(context)
    if await mailings.resume(context.tx, context.number()):
        return await _show_change(
            context, mailing, AuditAction.SENDING_RESUMED, "progress-resume-toast"
        )
    return await _show_progress(context)


@routes.action("sending-cancel", role=Role.OFFICER)
async def cancel(context: Context) -> Answer:
    """Asks whether to cancel the mailing, in a new message: the progress message changes by itself."""
    mailing = await _mailing(context)
    if mailings.has_ended(mailing):
        return await _show_progress(context)
    current = await figures(context.tx, mailing, context.club.quiet_hours)
    text = _cancel_question(
        context,
        mailing.kind,
        number=current.label,
        left=shown_copies_of(mailing, current).waiting.counted(context.say),
    )
    sure = context.button(
        "progress-cancel-sure", "sending-cancel-sure", context.number(), style=ButtonStyle.DANGER
    )
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
async def cancel_confirmed(context: Context) -> Answer:
    """Cancels the deliveries that have not started."""
    mailing = await _mailing(context)
    if await mailings.cancel(context.tx, mailing):
        return await _show_change(
            context, mailing, AuditAction.SENDING_CANCELLED, "progress-cancel-toast"
        )
    return await _show_progress(context)


@routes.action("sending-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """Shows the current progress."""
    return await _show_progress(context)


@routes.action("doubts-again", role=Role.OFFICER)
async def send_again(context: Context) -> Answer:
    """Sends uncertain copies again, with a note that it may be the second copy."""
    mailing = await _lock_uncertain(context)
    require(
        not mailing or not mailing.valid_until or mailing.valid_until > context.now,
        "progress-again-over",
    )
    if mailing and await uncertain.send_again(
        context.tx, mailing, _repeat_bodies(context, mailing)
    ):
        await _record(context, mailing, AuditAction.DOUBTFUL_COPIES_SENT_AGAIN)
        await _continue_here(context, mailing)
    return await _show_progress(context)


@routes.action("doubts-leave", role=Role.OFFICER)
async def dismiss_uncertain(context: Context) -> Answer:
    """Leaves uncertain copies; a press on such a copy still proves that it arrived."""
    if mailing := await _lock_uncertain(context):
        await uncertain.dismiss_uncertain(context.tx, mailing)
        await _record(context, mailing, AuditAction.DOUBTFUL_COPIES_LEFT)
    return await _show_progress(context)


@routes.action(delivered_copy.AGAIN)
async def explain_resent(context: Context) -> Answer:
    """Explains the note on a copy that was sent again."""
    return [context.toast(context.say.plain("copy-again-why"), alert=True)]


async def _continue_here(context: Context, mailing: Mailing) -> None:
    """For the author, later progress replaces the pressed message instead of a new one."""
    if context.incoming.press and mailing.watcher_id == context.member_id:
        await mailings.keep_progress_message(
            context.tx, context.number(), context.incoming.press.message_id
        )


async def _lock_uncertain(context: Context) -> Mailing | None:
    """The mailing, locked, if its uncertain copies wait for a choice."""
    mailing = await mailings.lock(context.tx, await _mailing(context))
    counts = await mailings.counts(context.tx, context.number())
    return mailing if uncertain_rows(context.say, mailing, counts) else None


def _repeat_bodies(context: Context, mailing: Mailing) -> dict[str, str]:
    speeches = [context.speech(language) for language in LANGUAGES]
    return {
        say.language: pack_text(delivered_copy.again(choose(mailing.bodies, say.language), say))
        for say in speeches
    }


async def _mailing(context: Context) -> Mailing:
    return found(await mailings.find_shown(context.tx, context.number()), "button-unknown")


async def _show_change(
    context: Context, mailing: Mailing, action: AuditAction, toast: str
) -> Answer:
    """Records what was done and shows the progress; the toast comes at once, also during a 429."""
    await _record(context, mailing, action)
    return await _show_progress(context, toast=context.say.plain(toast))


async def _show_progress(context: Context, *, toast: str = "") -> Answer:
    message = await _progress_message(context, await _mailing(context))
    return [context.edit(Html(message.text), message.rows, toast=toast)]


async def _progress_message(context: Context, mailing: Mailing) -> Message:
    return progress(
        context.say, mailing, await figures(context.tx, mailing, context.club.quiet_hours)
    )


async def _record(context: Context, mailing: Mailing, action: AuditAction) -> None:
    await audit_log.record(
        context.tx, context.current_member, action, announcement=mailing.announcement_id or 0
    )
