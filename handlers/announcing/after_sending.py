"""What officers can do with an announcement that is out: correct, recall, send it to who lacks it."""

from dataclasses import replace

from handlers.announcing.progress_message import figures, progress
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Rows
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import SOME, ShownCount, alone, part
from storage import audit_log
from storage.announcements import announcements
from storage.database.ids import id_of
from storage.models import AnnouncementState, AuditAction, DeliveryState, Mailing, Role
from storage.outbox import corrections, mailings, resend
from storage.reports import batch_totals as figures_of

routes = Routes()
_S = DeliveryState


@routes.action("aftercare", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Who got it so far, and what can be done, each with how many people it is about."""
    mailing = await _mailing(context)
    text = await _how_it_stands(context, mailing)
    if await _is_recalled(context):
        return [context.reply(text)]
    changes = (
        context.button("aftercare-correct", "correct", context.number()),
        context.button("aftercare-recall", "recall", context.number()),
    )
    return [context.reply(text, (*await _later(context, mailing), changes))]


async def _how_it_stands(context: Context, mailing: Mailing) -> Html:
    """The sending, and what was done last about the copies."""
    shown = [mailing]
    if remedy := await corrections.newest_of(context.tx, context.number()):
        shown.append(remedy)
    texts = [
        progress(context.say, one, await figures(context.tx, one, context.club.quiet_hours)).text
        for one in shown
    ]
    return Html("\n\n".join(texts))


async def _later(context: Context, mailing: Mailing) -> Rows:
    """Whom it can be sent to once it has gone out; nobody who has it is among them."""
    if not _may_go_again(context, mailing):
        return ()
    number = context.number()
    more = await figures_of.later(context.tx, mailing)
    rows = []
    if more.newcomers:
        new = alone(more.newcomers).said(context.say)
        rows.append((context.button("later-new", "later-new", number, count=new),))
    if more.missed:
        missed = (await _told_missed(context, mailing, more.missed)).said(context.say)
        rows.append((context.button("later-missed", "later-missed", number, count=missed),))
    return tuple(rows)


async def _told_missed(context: Context, mailing: Mailing, number: int) -> ShownCount:
    """Who missed it and can be reached now: a part of those who missed it."""
    copies = shown_copies(await mailings.counts(context.tx, id_of(mailing)))
    each = [copies.each.get(state) for state in (_S.FAILED, _S.GONE, _S.CANCELLED)]
    if any(one is None or one.sign for one in each):
        return SOME
    return part(number, sum(one.number for one in each if one))


@routes.action("later-new", role=Role.OFFICER)
async def to_newcomers(context: Context) -> Answer:
    """Those who joined or agreed since, and are not on its list."""
    mailing = await _to_send(context)
    seen = await figures_of.later(context.tx, mailing)
    if not seen.newcomers or not await resend.send_to_newcomers(context.tx, mailing):
        raise UserError("later-nobody")
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.ANNOUNCEMENT_SENT_TO_NEWCOMERS,
        announcement=context.number(),
    )
    await figures_of.note_later(context.tx, mailing, replace(seen, newcomers=0))
    return await _begun(context, mailing, alone(seen.newcomers))


@routes.action("later-missed", role=Role.OFFICER)
async def to_missed(context: Context) -> Answer:
    """Those it could not be brought to then, and who can be reached now."""
    mailing = await _to_send(context)
    seen = await figures_of.later(context.tx, mailing)
    missed = await _told_missed(context, mailing, seen.missed)
    if not seen.missed or not await resend.send_to_missed(context.tx, mailing):
        raise UserError("later-nobody")
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.ANNOUNCEMENT_SENT_TO_THE_MISSED,
        announcement=context.number(),
    )
    await figures_of.note_later(context.tx, mailing, replace(seen, missed=0))
    return await _begun(context, mailing, missed)


async def _begun(context: Context, mailing: Mailing, count: ShownCount) -> Answer:
    """The officer who began it sees it go out, in a new message."""
    await context.tx.session.refresh(mailing)
    await mailings.watch(context.tx, mailing, context.member_id, "")
    return [
        context.edit(
            context.say("later-begun", number=str(context.number()), count=count.said(context.say))
        )
    ]


async def _to_send(context: Context) -> Mailing:
    """The mailing, held, if it may go out to more people now.

    Raises:
        UserError: it was recalled, is over, or goes out at this moment.
    """
    mailing = await mailings.hold(context.tx, await _mailing(context))
    if await _is_recalled(context):
        raise UserError("recalling-already", number=str(context.number()))
    if not _may_go_again(context, mailing):
        raise UserError("later-not-now")
    return mailing


def _may_go_again(context: Context, mailing: Mailing) -> bool:
    over = mailing.valid_until is not None and mailing.valid_until <= context.now
    return mailings.has_ended(mailing) and not over


async def _is_recalled(context: Context) -> bool:
    announcement = await announcements.find(context.tx, context.number())
    return announcement is not None and announcement.state is AnnouncementState.RECALLED


async def _mailing(context: Context) -> Mailing:
    mailing = await mailings.of_announcement(context.tx, context.number())
    if mailing is None:
        raise UserError("picking-unknown", number=str(context.number()))
    return mailing
