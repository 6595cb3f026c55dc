"""What officers can do with a sent announcement: correct it, recall it, send it to more members."""

from dataclasses import replace

from handlers.announcing.progress_message import figures, progress
from handlers.conversation import Context, Html, Routes, UserError, found, require
from handlers.messages import Answer, Rows
from handlers.views.announcement_reference import named
from handlers.views.delivery_counts import shown_copies
from handlers.views.small_counts import SOME, ShownCount, alone, part
from storage import audit_log
from storage.announcements import announcements
from storage.announcements.references import Reference
from storage.database import id_of
from storage.models import AnnouncementState, AuditAction, DeliveryState, Mailing, Role
from storage.outbox import corrections, mailings, resend
from storage.reports import batch_totals as figures_of

routes = Routes()
_S = DeliveryState


@routes.action("aftercare", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """The progress, and buttons to resend (with the number of people), correct and recall."""
    which = await named(context)
    mailing = await _mailing(context, which)
    text = await _progress_text(context, mailing, which)
    changes = await change_rows(context, which)
    if not changes:
        return [context.reply(text)]
    resending = await _resend_rows(context, mailing, which)
    return [context.reply(text, (*resending, *changes, *context.home_row()))]


async def change_rows(context: Context, which: Reference) -> Rows:
    """Buttons to correct and to recall a sent announcement; empty once it is recalled."""
    if await _is_recalled(context, which):
        return ()
    correct = context.button("aftercare-correct", "correct", which.id)
    return ((correct, context.button("aftercare-recall", "recall", which.id)),)


async def _progress_text(context: Context, mailing: Mailing, which: Reference) -> Html:
    """The progress of the announcement and of its newest correction or recall."""
    shown_mailings = [mailing]
    if correction := await corrections.newest_of(context.tx, which.id):
        shown_mailings.append(correction)
    texts = [
        progress(
            context.say, shown, await figures(context.tx, shown, context.club.quiet_hours)
        ).text
        for shown in shown_mailings
    ]
    return Html("\n\n".join(texts))


async def _resend_rows(context: Context, mailing: Mailing, which: Reference) -> Rows:
    """Buttons to send it to newcomers and to those who missed it; empty while it is being sent."""
    if not _can_resend(context, mailing):
        return ()
    later = await figures_of.later(context.tx, mailing)
    rows = []
    if later.newcomers:
        new = alone(later.newcomers).said(context.say)
        rows.append((context.button("later-new", "later-new", which.id, count=new),))
    if later.missed:
        missed = (await _shown_missed(context, mailing, later.missed)).said(context.say)
        rows.append((context.button("later-missed", "later-missed", which.id, count=missed),))
    return tuple(rows)


async def _shown_missed(context: Context, mailing: Mailing, number: int) -> ShownCount:
    """How many of those who missed it can be reached now, as a part of all who missed it."""
    copies = shown_copies(await mailings.counts(context.tx, id_of(mailing)))
    counts = [copies.each.get(state) for state in (_S.FAILED, _S.GONE, _S.CANCELLED)]
    if any(count is None or count.sign for count in counts):
        return SOME
    return part(number, sum(count.number for count in counts if count))


@routes.action("later-new", role=Role.OFFICER)
async def to_newcomers(context: Context) -> Answer:
    """Sends it to members who joined or agreed since it was sent."""
    which = await named(context)
    mailing = await _lock_resendable(context, which)
    later = await figures_of.later(context.tx, mailing)
    require(later.newcomers, "later-nobody")
    require(await resend.send_to_newcomers(context.tx, mailing), "later-nobody")
    await figures_of.note_later(context.tx, mailing, replace(later, newcomers=0))
    action, count = AuditAction.ANNOUNCEMENT_SENT_TO_NEWCOMERS, alone(later.newcomers)
    return await _confirm(context, mailing, which, action, count)


@routes.action("later-missed", role=Role.OFFICER)
async def to_missed(context: Context) -> Answer:
    """Sends it to members it did not reach and who can be reached now."""
    which = await named(context)
    mailing = await _lock_resendable(context, which)
    later = await figures_of.later(context.tx, mailing)
    missed = await _shown_missed(context, mailing, later.missed)
    require(later.missed, "later-nobody")
    require(await resend.send_to_missed(context.tx, mailing), "later-nobody")
    await figures_of.note_later(context.tx, mailing, replace(later, missed=0))
    action = AuditAction.ANNOUNCEMENT_SENT_TO_THE_MISSED
    return await _confirm(context, mailing, which, action, missed)


async def _confirm(
    context: Context, mailing: Mailing, which: Reference, action: AuditAction, count: ShownCount
) -> Answer:
    """Records it and says how many get it now; this officer gets a new progress message."""
    await audit_log.record(context.tx, context.current_member, action, announcement=which.id)
    await context.tx.session.refresh(mailing)
    await mailings.watch(context.tx, mailing, context.member_id, "")
    text = context.say("later-begun", number=which.label, count=count.said(context.say))
    return [context.final(text)]


async def _lock_resendable(context: Context, which: Reference) -> Mailing:
    """The mailing, locked, if it may be sent to more people now.

    Raises:
        UserError: it was recalled, is no longer valid, or is being sent.
    """
    mailing = await mailings.lock(context.tx, await _mailing(context, which))
    if await _is_recalled(context, which):
        raise UserError("recalling-already", number=which.label)
    require(_can_resend(context, mailing), "later-not-now")
    return mailing


def _can_resend(context: Context, mailing: Mailing) -> bool:
    is_over = mailing.valid_until is not None and mailing.valid_until <= context.now
    return mailings.has_ended(mailing) and not is_over


async def _is_recalled(context: Context, which: Reference) -> bool:
    announcement = await announcements.find(context.tx, which.id)
    return announcement is not None and announcement.state is AnnouncementState.RECALLED


async def _mailing(context: Context, which: Reference) -> Mailing:
    mailing = await mailings.of_announcement(context.tx, which.id)
    return found(mailing, "picking-unknown", number=which.label)
