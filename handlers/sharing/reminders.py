"""*Remind me*: one reminder at a time the member chose. Only the member sets it.

Refusal: no-pressure-to-share.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import or_, select

from handlers.announcing.archive import is_over, readable
from handlers.conversation import (
    ClubSettings,
    Context,
    Html,
    Routes,
    Speech,
    TimeUnclear,
    UserError,
    read_time,
    require,
)
from handlers.messages import Answer, Message, Rows
from handlers.notifications import in_every_language
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, Content, member_copy, unpack
from handlers.views.announcement_reference import named
from storage.announcements import published, references, reminders, shares
from storage.announcements.references import Reference
from storage.database import Tx
from storage.models import Lane, MailingKind
from storage.outbox import deliveries, enqueue

routes = Routes()

_EVENING = time(19, 30)
_MORNING = time(7, 0)
_OFFERED, _STEP = "remind.offered", "remind.time"
"""Steps: times were offered, and one may be typed instead; a time was asked for."""
routes.brief_step(_OFFERED)
_FARTHEST = timedelta(days=366)


class Choice(StrEnum):
    """When a member can be reminded."""

    HOUR = "hour"
    TONIGHT = "tonight"
    MORNING = "morning"

    def moment(self, now: datetime, timezone: ZoneInfo) -> datetime:
        """The time of this choice, made at `now`; it may be past."""
        if self is Choice.HOUR:
            return now + timedelta(hours=1)
        today = now.astimezone(timezone).date()
        if self is Choice.TONIGHT:
            return datetime.combine(today, _EVENING, timezone)
        return datetime.combine(today + timedelta(days=1), _MORNING, timezone)


@routes.action("remind")
async def offer_times(context: Context) -> Answer:
    """Offers the times that are in the future and before the announcement ends."""
    which = await named(context)
    content = await _to_remind_of(context, which)
    choices = [choice for choice in Choice if _is_useful(context, content, choice)]
    require(choices, "remind-too-late", number=which.label)
    offered = [(context.button(f"remind-{c}", "remindat", which.id, c),) for c in choices]
    rows: Rows = (*offered, (context.button("remind-other", "remindother", which.id),))
    if not context.step:
        await context.set_state(_OFFERED, announcement=which.id)
    set_for = await reminders.asked_for(context.tx, which.id, context.member_id)
    if set_for is None:
        return [context.reply(context.say("remind-when"), rows)]
    already = context.say("remind-already", when=context.say.moment(set_for))
    return [context.reply(already, rows + _cancel_rows(context, which.id))]


@routes.action("remindat")
async def choose(context: Context) -> Answer:
    """Sets the reminder, which replaces an earlier one."""
    which = await named(context)
    content = await _to_remind_of(context, which)
    choice = _choice(context)
    require(_is_useful(context, content, choice), "remind-past")
    due_at = choice.moment(context.now, context.club.timezone)
    await reminders.ask(context.tx, which.id, context.member_id, due_at)
    return [context.edit(_confirmation(context, which, due_at), _cancel_rows(context, which.id))]


@routes.action("remindother")
async def ask_time(context: Context) -> Answer:
    """Asks for a typed time."""
    which = await named(context)
    await _to_remind_of(context, which)
    await context.set_state(_STEP, announcement=which.id)
    return [context.reply(context.say("remind-type"), context.cancel_row())]


@routes.step(_OFFERED)
async def read_time_instead(context: Context) -> Answer | None:
    """Sets the reminder for a time typed instead of a press; any other message is none of this."""
    try:
        read_time(context.incoming.text, context.now, context.club.timezone)
    except TimeUnclear:
        await context.clear_state()
        return None
    return await read_typed_time(context)


@routes.step(_STEP)
async def read_typed_time(context: Context) -> Answer:
    """Sets the reminder for the typed time; after an unclear one the state stays."""
    which = await references.of(context.tx, int(context.data["announcement"]))
    content = await _to_remind_of(context, which)
    try:
        due_at = read_time(context.incoming.text, context.now, context.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    if is_over(content, due_at):
        raise UserError("remind-after-the-end", when=context.say.when(due_at))
    require(due_at <= context.now + _FARTHEST, "remind-too-far")
    await context.clear_state()
    await reminders.ask(context.tx, which.id, context.member_id, due_at)
    return [context.reply(_confirmation(context, which, due_at), _cancel_rows(context, which.id))]


async def _to_remind_of(context: Context, which: Reference) -> Content:
    """The announcement, for a member who has not shared it yet.

    Raises:
        UserError: they have, or cannot read it.
    """
    content = await readable(context, which)
    shared = await shares.counted(context.tx, which.id, context.member_id)
    require(shared is None, "remind-shared", number=which.label)
    return content


def _confirmation(context: Context, which: Reference, due_at: datetime) -> Html:
    """Says when it comes: at the end of the club's quiet hours if it is due within them."""
    arrives = context.club.quiet_hours.end_after(due_at)
    text = context.say("remind-set", number=which.label, when=context.say.moment(arrives))
    return text if arrives == due_at else Html(f"{text} {context.say('remind-rests')}")


@routes.action("remindoff")
async def cancel_reminder(context: Context) -> Answer:
    """Cancels the reminder."""
    which = await named(context)
    await stop(context, which.id)
    return [context.edit(context.say("remind-dropped", number=which.label))]


async def stop(context: Context, announcement_id: int) -> None:
    """Cancels the member's reminder, also one that is queued already: they have answered."""
    if await _has_reminder(context.tx, announcement_id, context.member_id):
        await reminders.discard(context.tx, announcement_id, context.member_id)
        await deliveries.cancel_reminders(context.tx, announcement_id, context.member_id)


async def _has_reminder(tx: Tx, announcement_id: int, member_id: int) -> bool:
    """Whether the member has asked for one, or one is queued: most have neither.

    One statement, so that a reminder that becomes a delivery meanwhile is seen as one of them.
    """
    asked = reminders.is_asked_for(announcement_id, member_id)
    return await tx.one(select(or_(asked, deliveries.has_reminder(announcement_id, member_id))))


async def send_due_reminders(tx: Tx, club: ClubSettings) -> int:
    """Queues all reminders that are due; returns how many."""
    queued = 0
    for announcement_id, members in (await reminders.take_due(tx)).items():
        announcement = await published.find(tx, announcement_id)
        content = unpack(announcement.content) if announcement else None
        if announcement and content and not is_over(content, tx.clock.now()):
            await _queue(tx, club, announcement.reference, content, members)
            queued += len(members)
    return queued


async def _queue(
    tx: Tx, club: ClubSettings, which: Reference, content: Content, members: list[int]
) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.REMINDER,
        subject=f"reminder {which.id} {tx.ids.number()}",
        announcement_id=which.id,
        lane=Lane.REMINDER,
        bodies=in_every_language(club, lambda say: reminder(content, which, say)),
        valid_until=content.valid_until,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, members)


def reminder(content: Content, which: Reference, say: Speech) -> Message:
    """The copy again, headed by the reason if that fits the message limit."""
    copy = replace(member_copy(content, which, say), pinned=False)
    text = Html("\n\n".join([say("remind-head"), copy.text]))
    limit = CAPTION_LIMIT if copy.media else TEXT_LIMIT
    return replace(copy, text=text) if visible_length(text) <= limit else copy


def _choice(context: Context) -> Choice:
    try:
        return Choice(context.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None


def _is_useful(context: Context, content: Content, choice: Choice) -> bool:
    moment = choice.moment(context.now, context.club.timezone)
    return moment > context.now and not is_over(content, moment)


def _cancel_rows(context: Context, announcement_id: int) -> Rows:
    return ((context.button("remind-off", "remindoff", announcement_id),),)
