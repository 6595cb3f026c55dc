"""Check-in: an officer at the door types the six digits of a ticket, or scans its QR code.

See docs/decisions/0040-who-came-is-told-by-the-ticket.md.
"""

from datetime import datetime, timedelta
from functools import partial

from handlers.conversation import Context, Html, Routes, UserError, found, require
from handlers.meetings import ticket_code
from handlers.meetings.content import unpack
from handlers.messages import Answer, Button, Rows
from handlers.views.small_counts import alone
from storage import audit_log
from storage.database import id_of
from storage.meetings import meetings, rsvps, tickets
from storage.meetings.tickets import TooManyWrong
from storage.members import members
from storage.models import AuditAction, Meeting, MeetingState, Role

routes = Routes()

STEP = "check-in"
OPENS_BEFORE = timedelta(hours=12)
"""How long before the beginning of a meeting its tickets open the door."""
CLOSES_AFTER = timedelta(hours=12)
"""How long after its end they do."""
_RUNNING = (MeetingState.OPEN, MeetingState.OVER)


@routes.action("checkin", role=Role.OFFICER)
async def open_for(context: Context) -> Answer:
    """Opens check-in of a meeting, or counts again who has come in."""
    meeting = await openable(context, context.number())
    await _start(context, meeting)
    return [context.edit(*await _screen(context, meeting))]


@routes.step(STEP, role=Role.OFFICER)
async def take_digits(context: Context) -> Answer | None:
    """Reads the digits of a ticket."""
    if context.incoming.forwarded or not context.incoming.text:
        return None
    meeting = await openable(context, context.data["meeting"])
    digits = ticket_code.typed_digits(context.incoming.text)
    if not digits:
        return [context.reply(context.say("checkin-digits-wanted"), (_close_row(context),))]
    return await _admit(context, meeting, digits)


async def scanned(context: Context, payload: str) -> Answer:
    """The ticket whose link an officer's phone opened; anybody else learns nothing about it."""
    if context.role is None or not context.role.is_officer:
        key = "ticket-for-officers" if context.is_member else "ticket-for-officers-stranger"
        return [context.reply(context.say(key))]
    meeting_id, digits = found(ticket_code.read_payload(payload), "checkin-damaged")
    meeting = await openable(context, meeting_id)
    await _start(context, meeting)
    return await _admit(context, meeting, digits)


@routes.action("checkin-close", role=Role.OFFICER)
async def close(context: Context) -> Answer:
    """Ends check-in in this chat; it can be opened again."""
    require(context.step == STEP, "button-unknown")
    await context.clear_state()
    came = await tickets.came(context.tx, context.data["meeting"])
    return [context.final(context.say("checkin-closed", came=came))]


async def openable(context: Context, meeting_id: int) -> Meeting:
    """The meeting, if tickets open its door now.

    Raises:
        UserError: it is too early or too late, it was called off, or there is no such meeting.
    """
    meeting = found(await meetings.find(context.tx, meeting_id), "checkin-gone")
    opens, closes = found(_hours(meeting), "checkin-over")
    require(context.now < closes, "checkin-over")
    if context.now < opens:
        hours = OPENS_BEFORE // timedelta(hours=1)
        raise UserError("checkin-not-yet", hours=hours, time=context.say.when(opens))
    return meeting


def is_open(context: Context, meeting: Meeting) -> bool:
    """Whether tickets open the door of a meeting now."""
    hours = _hours(meeting)
    return hours is not None and hours[0] <= context.now < hours[1]


def _hours(meeting: Meeting) -> tuple[datetime, datetime] | None:
    """From when to when tickets open the door; None if the meeting is not approved or called off."""
    if meeting.state not in _RUNNING or meeting.begins_at is None or meeting.ends_at is None:
        return None
    return meeting.begins_at - OPENS_BEFORE, meeting.ends_at + CLOSES_AFTER


def door_rows(context: Context, meeting: Meeting) -> Rows:
    """What an officer at the door can do besides typing digits."""
    number = id_of(meeting)
    return (
        (context.button("checkin-walk-in", "walk-in", number),),
        (
            context.button("checkin-refresh", "checkin", number),
            context.button("checkin-close", "checkin-close"),
        ),
    )


def _close_row(context: Context) -> tuple[Button, ...]:
    return (context.button("checkin-close", "checkin-close"),)


async def _start(context: Context, meeting: Meeting) -> None:
    """Sets the step, and logs that check-in was opened; not again while it is open."""
    stored = await context.chat_step.find()
    if stored and stored.name == STEP and stored.data["meeting"] == meeting.id:
        return
    await context.set_state(STEP, meeting=id_of(meeting))
    await audit_log.record(
        context.tx, context.current_member, AuditAction.CHECK_IN_OPENED, meeting=id_of(meeting)
    )


async def _screen(context: Context, meeting: Meeting) -> tuple[Html, Rows]:
    text = context.say(
        "checkin-open",
        title=unpack(meeting.content).in_language(context.say.language).title,
        came=await tickets.came(context.tx, id_of(meeting)),
        seated=alone((await rsvps.totals(context.tx, meeting)).seated).said(context.say),
    )
    return text, door_rows(context, meeting)


async def _admit(context: Context, meeting: Meeting, digits: str) -> Answer:
    """Opens the door for a ticket; a wrong one counts as an attempt (rate limited)."""
    attempt = partial(
        tickets.admit,
        meeting_id=id_of(meeting),
        digits=digits,
        officer_id=context.member_id,
    )
    opened = await context.keep(attempt)
    if isinstance(opened, TooManyWrong):
        raise UserError("checkin-wait", time=context.say.when(opened.until))
    admitted = found(opened, "checkin-unknown", digits=ticket_code.grouped(digits))
    holder = await members.get(context.tx, admitted.member_id)
    name = members.name_of(context.tx, holder) or context.say.plain("checkin-nameless")
    key = "checkin-again" if admitted.is_again else "checkin-admitted"
    came = await tickets.came(context.tx, id_of(meeting))
    return [context.reply(context.say(key, name=name, came=came), door_rows(context, meeting))]
