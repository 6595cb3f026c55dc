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
from storage.models import AnnouncementState, DeliveryState, Mailing, Role
from storage.outbox import corrections, mailings, resend
from storage.reports import batch_totals as figures_of

routes = Routes()
_S = DeliveryState


@routes.action("aftercare", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """Who got it so far, and what can be done, each with how many people it is about."""
    mailing = await _mailing(turn)
    text = await _how_it_stands(turn, mailing)
    if await _is_recalled(turn):
        return [turn.reply(text)]
    changes = (
        turn.button("aftercare-correct", "correct", turn.number()),
        turn.button("aftercare-recall", "recall", turn.number()),
    )
    return [turn.reply(text, (*await _later(turn, mailing), changes))]


async def _how_it_stands(turn: Context, mailing: Mailing) -> Html:
    """The sending, and what was done last about the copies."""
    shown = [mailing]
    if remedy := await corrections.newest_of(turn.tx, turn.number()):
        shown.append(remedy)
    texts = [
        progress(turn.say, one, await figures(turn.tx, one, turn.club.quiet_hours)).text
        for one in shown
    ]
    return Html("\n\n".join(texts))


async def _later(turn: Context, mailing: Mailing) -> Rows:
    """Whom it can be sent to once it has gone out; nobody who has it is among them."""
    if not _may_go_again(turn, mailing):
        return ()
    number = turn.number()
    more = await figures_of.later(turn.tx, mailing)
    rows = []
    if more.newcomers:
        new = alone(more.newcomers).said(turn.say)
        rows.append((turn.button("later-new", "later-new", number, count=new),))
    if more.missed:
        missed = (await _told_missed(turn, mailing, more.missed)).said(turn.say)
        rows.append((turn.button("later-missed", "later-missed", number, count=missed),))
    return tuple(rows)


async def _told_missed(turn: Context, mailing: Mailing, number: int) -> ShownCount:
    """Who missed it and can be reached now: a part of those who missed it."""
    copies = shown_copies(await mailings.counts(turn.tx, mailing.id or 0))
    each = [copies.each.get(state) for state in (_S.FAILED, _S.GONE, _S.CANCELLED)]
    if any(one is None or one.sign for one in each):
        return SOME
    return part(number, sum(one.number for one in each if one))


@routes.action("later-new", role=Role.OFFICER)
async def to_newcomers(turn: Context) -> Answer:
    """Those who joined or agreed since, and are not on its list."""
    mailing = await _to_send(turn)
    seen = await figures_of.later(turn.tx, mailing)
    if not seen.newcomers or not await resend.send_to_newcomers(turn.tx, mailing):
        raise UserError("later-nobody")
    await audit_log.record(
        turn.tx, turn.who, "announcement sent to newcomers", announcement=turn.number()
    )
    await figures_of.note_later(turn.tx, mailing, replace(seen, newcomers=0))
    return await _begun(turn, mailing, alone(seen.newcomers))


@routes.action("later-missed", role=Role.OFFICER)
async def to_missed(turn: Context) -> Answer:
    """Those it could not be brought to then, and who can be reached now."""
    mailing = await _to_send(turn)
    seen = await figures_of.later(turn.tx, mailing)
    missed = await _told_missed(turn, mailing, seen.missed)
    if not seen.missed or not await resend.send_to_missed(turn.tx, mailing):
        raise UserError("later-nobody")
    await audit_log.record(
        turn.tx, turn.who, "announcement sent to the missed", announcement=turn.number()
    )
    await figures_of.note_later(turn.tx, mailing, replace(seen, missed=0))
    return await _begun(turn, mailing, missed)


async def _begun(turn: Context, mailing: Mailing, count: ShownCount) -> Answer:
    """The officer who began it sees it go out, in a new message."""
    await turn.tx.session.refresh(mailing)
    await mailings.watch(turn.tx, mailing, turn.member_id, "")
    return [
        turn.instead(turn.say("later-begun", number=str(turn.number()), count=count.said(turn.say)))
    ]


async def _to_send(turn: Context) -> Mailing:
    """The mailing, held, if it may go out to more people now.

    Raises:
        Sorry: it was recalled, is over, or goes out at this moment.
    """
    mailing = await mailings.hold(turn.tx, await _mailing(turn))
    if await _is_recalled(turn):
        raise UserError("recalling-already", number=str(turn.number()))
    if not _may_go_again(turn, mailing):
        raise UserError("later-not-now")
    return mailing


def _may_go_again(turn: Context, mailing: Mailing) -> bool:
    over = mailing.valid_until is not None and mailing.valid_until <= turn.now
    return mailings.has_ended(mailing) and not over


async def _is_recalled(turn: Context) -> bool:
    announcement = await announcements.find(turn.tx, turn.number())
    return announcement is not None and announcement.state is AnnouncementState.RECALLED


async def _mailing(turn: Context) -> Mailing:
    mailing = await mailings.of_announcement(turn.tx, turn.number())
    if mailing is None:
        raise UserError("picking-unknown", number=str(turn.number()))
    return mailing
