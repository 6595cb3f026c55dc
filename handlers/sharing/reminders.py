"""*Remind me*: one reminder at a time the member chose. Only the member sets it.

Refusal: no-pressure-to-share.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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
from storage.announcements import published, reminders, shares
from storage.database import Tx
from storage.models import Lane, MailingKind
from storage.outbox import deliveries, enqueue

routes = Routes()

_EVENING = time(19, 30)
_MORNING = time(7, 0)
_STEP = "remind.time"
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
    number = context.number()
    content = await _to_remind_of(context, number)
    choices = [choice for choice in Choice if _is_useful(context, content, choice)]
    require(choices, "remind-too-late", number=str(number))
    offered = [(context.button(f"remind-{c}", "remindat", number, c),) for c in choices]
    rows: Rows = (*offered, (context.button("remind-other", "remindother", number),))
    set_for = await reminders.asked_for(context.tx, number, context.member_id)
    if set_for is None:
        return [context.reply(context.say("remind-when"), rows)]
    already = context.say("remind-already", when=context.say.moment(set_for))
    return [context.reply(already, rows + _cancel_rows(context, number))]


@routes.action("remindat")
async def choose(context: Context) -> Answer:
    """Sets the reminder, which replaces an earlier one."""
    number = context.number()
    content = await _to_remind_of(context, number)
    choice = _choice(context)
    require(_is_useful(context, content, choice), "remind-past")
    due_at = choice.moment(context.now, context.club.timezone)
    await reminders.ask(context.tx, number, context.member_id, due_at)
    return [context.edit(_confirmation(context, number, due_at), _cancel_rows(context, number))]


@routes.action("remindother")
async def ask_time(context: Context) -> Answer:
    """Asks for a typed time."""
    number = context.number()
    await _to_remind_of(context, number)
    await context.set_state(_STEP, number=number)
    return [context.reply(context.say("remind-type"), context.cancel_row())]


@routes.step(_STEP)
async def read_typed_time(context: Context) -> Answer:
    """Sets the reminder for the typed time; after an unclear one the state stays."""
    number = int(context.data["number"])
    content = await _to_remind_of(context, number)
    try:
        due_at = read_time(context.incoming.text, context.now, context.club.timezone)
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None
    if is_over(content, due_at):
        raise UserError("remind-after-the-end", when=context.say.when(due_at))
    require(due_at <= context.now + _FARTHEST, "remind-too-far")
    await context.clear_state()
    await reminders.ask(context.tx, number, context.member_id, due_at)
    return [context.reply(_confirmation(context, number, due_at), _cancel_rows(context, number))]


async def _to_remind_of(context: Context, number: int) -> Content:
    """The announcement, for a member who has not shared it yet.

    Raises:
        UserError: they have, or cannot read it.
    """
    content = await readable(context, number)
    shared = await shares.counted(context.tx, number, context.member_id)
    require(shared is None, "remind-shared", number=str(number))
    return content


def _confirmation(context: Context, number: int, due_at: datetime) -> Html:
    """Says when it comes: at the end of the club's quiet hours if it is due within them."""
    arrives = context.club.quiet_hours.end_after(due_at)
    text = context.say("remind-set", number=str(number), when=context.say.moment(arrives))
    return text if arrives == due_at else Html(f"{text} {context.say('remind-rests')}")


@routes.action("remindoff")
async def cancel_reminder(context: Context) -> Answer:
    """Cancels the reminder."""
    number = context.number()
    await stop(context, number)
    return [context.edit(context.say("remind-dropped", number=str(number)))]


async def stop(context: Context, number: int) -> None:
    """Cancels the member's reminder, also one that is queued already: they have answered."""
    await reminders.discard(context.tx, number, context.member_id)
    await deliveries.cancel_reminders(context.tx, number, context.member_id)


async def send_due_reminders(tx: Tx, club: ClubSettings) -> int:
    """Queues all reminders that are due; returns how many."""
    queued = 0
    for number, members in (await reminders.take_due(tx)).items():
        announcement = await published.find(tx, number)
        content = unpack(announcement.content) if announcement else None
        if content and not is_over(content, tx.clock.now()):
            await _queue(tx, club, number, content, members)
            queued += len(members)
    return queued


async def _queue(
    tx: Tx, club: ClubSettings, number: int, content: Content, members: list[int]
) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.REMINDER,
        subject=f"reminder {number} {tx.ids.number()}",
        announcement_id=number,
        lane=Lane.REMINDER,
        bodies=in_every_language(club, lambda say: reminder(content, number, say)),
        valid_until=content.valid_until,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, members)


def reminder(content: Content, number: int, say: Speech) -> Message:
    """The copy again, headed by the reason if that fits the message limit."""
    copy = replace(member_copy(content, number, say), pinned=False)
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


def _cancel_rows(context: Context, number: int) -> Rows:
    return ((context.button("remind-off", "remindoff", number),),)
