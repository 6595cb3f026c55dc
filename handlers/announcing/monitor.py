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
from storage.models import Mailing, MailingKind, Role
from storage.outbox import mailings, uncertain

routes = Routes()

_MOST = 5
"""How many sendings are shown, each in a message of its own."""


@routes.command("tiendo", "progress", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """What is going out or paused, then what has copies of unknown fate; with a number, that one."""
    if turn.args:
        return await after_sending.show(turn)
    found = await mailings.under_way(turn.tx, limit=_MOST)
    found += await uncertain.count_uncertain(turn.tx, limit=_MOST - len(found))
    if not found:
        return [turn.reply(turn.say("progress-none"))]
    return [Reply(await _now(turn, mailing)) for mailing in found]


@routes.action("sending-pause", role=Role.OFFICER)
async def pause(turn: Context) -> Answer:
    """Nothing more leaves; what is on its way lands."""
    mailing = await _mailing(turn)
    if await mailings.pause(turn.tx, turn.number()):
        await _record(turn, mailing, "sending paused")
    return await _as_it_stands(turn)


@routes.action("sending-resume", role=Role.OFFICER)
async def resume(turn: Context) -> Answer:
    """Goes on where it stopped."""
    mailing = await _mailing(turn)
    if await mailings.resume(turn.tx, turn.number()):
        await _record(turn, mailing, "sending resumed")
    return await _as_it_stands(turn)


@routes.action("sending-cancel", role=Role.OFFICER)
async def cancel(turn: Context) -> Answer:
    """Asks once more, under the progress: that message changes by itself."""
    mailing = await _mailing(turn)
    if mailings.has_ended(mailing):
        return await _as_it_stands(turn)
    now = await figures(turn.tx, mailing, turn.club.quiet_hours)
    left = told_of(mailing, now).waiting.counted(turn.say)
    number = str(mailing.announcement_id)
    text = _cancel_question(turn, mailing.kind, number=number, left=left)
    sure = turn.button("progress-cancel-sure", "sending-cancel-sure", turn.number())
    keep = turn.button("progress-cancel-not", "sending-see", turn.number())
    return [turn.reply(text, ((keep, sure),))]


def _cancel_question(turn: Context, kind: MailingKind, **figures: str | int) -> Html:
    match kind:
        case MailingKind.CORRECTION:
            return turn.say("correction-cancel-question", **figures)
        case MailingKind.RECALL:
            return turn.say("recall-cancel-question", **figures)
    return turn.say("progress-cancel-question", **figures)


@routes.action("sending-cancel-sure", role=Role.OFFICER)
async def cancel_surely(turn: Context) -> Answer:
    """Who has no copy yet gets none."""
    mailing = await _mailing(turn)
    if await mailings.cancel(turn.tx, mailing):
        await _record(turn, mailing, "sending cancelled")
    return await _as_it_stands(turn)


@routes.action("sending-see", role=Role.OFFICER)
async def see(turn: Context) -> Answer:
    """How it stands, without changing anything."""
    return await _as_it_stands(turn)


@routes.action("doubts-again", role=Role.OFFICER)
async def send_again(turn: Context) -> Answer:
    """Once more to those whose copy may or may not be there; it says that it comes again."""
    mailing = await _in_doubt(turn)
    if mailing and mailing.valid_until and mailing.valid_until <= turn.now:
        raise UserError("progress-again-over")
    if mailing and await uncertain.send_again(turn.tx, mailing, _marked(turn, mailing)):
        await _record(turn, mailing, "doubtful copies sent again")
        await _watch_here(turn, mailing)
    return await _as_it_stands(turn)


@routes.action("doubts-leave", role=Role.OFFICER)
async def leave(turn: Context) -> Answer:
    """They stay as they are; a press on such a copy still proves it."""
    if mailing := await _in_doubt(turn):
        await uncertain.leave_uncertain(turn.tx, mailing)
        await _record(turn, mailing, "doubtful copies left")
    return await _as_it_stands(turn)


@routes.action(delivered_copy.AGAIN)
async def why_again(turn: Context) -> Answer:
    """The mark of a copy that came again."""
    return [turn.toast(turn.say.plain("copy-again-why"), alert=True)]


async def _watch_here(turn: Context, mailing: Mailing) -> None:
    """To its author the progress goes on in the message that was pressed, not in one more."""
    if turn.incoming.press and mailing.watcher_id == turn.member_id:
        message_id = turn.incoming.press.message_id
        await mailings.keep_progress_message(turn.tx, turn.number(), message_id)


async def _in_doubt(turn: Context) -> Mailing | None:
    """The mailing, held, if its copies of unknown fate wait for a choice."""
    mailing = await mailings.hold(turn.tx, await _mailing(turn))
    counts = await mailings.counts(turn.tx, turn.number())
    return mailing if doubt_ways(turn.say, mailing, counts) else None


def _marked(turn: Context, mailing: Mailing) -> dict[str, str]:
    words = [turn.speech(language) for language in LANGUAGES]
    return {
        say.language: pack_text(delivered_copy.again(choose(mailing.bodies, say.language), say))
        for say in words
    }


async def _mailing(turn: Context) -> Mailing:
    mailing = await mailings.find_shown(turn.tx, turn.number())
    if mailing is None:
        raise UserError("button-unknown")
    return mailing


async def _as_it_stands(turn: Context) -> Answer:
    message = await _now(turn, await _mailing(turn))
    return [turn.instead(Html(message.text), message.rows)]


async def _now(turn: Context, mailing: Mailing) -> Message:
    return progress(turn.say, mailing, await figures(turn.tx, mailing, turn.club.quiet_hours))


async def _record(turn: Context, mailing: Mailing, deed: str) -> None:
    await audit_log.record(turn.tx, turn.who, deed, announcement=mailing.announcement_id or 0)
