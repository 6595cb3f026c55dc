"""A member's ticket: its picture and digits, the calendar file and the place on a map."""

from datetime import timedelta
from functools import partial

from handlers.conversation import Context, Routes, found, require
from handlers.meetings import ticket_code
from handlers.meetings.calendar_entry import entry_of
from handlers.meetings.content import Content, unpack
from handlers.messages import Answer, Media, MediaKind, Message, Reply
from handlers.rendering import calendar_file, ticket_image
from handlers.rendering.ticket_image import Ticket
from handlers.rendering.typesetting import drawable
from storage.database import id_of
from storage.meetings import meetings, rsvps, tickets
from storage.models import Meeting, MeetingState, Rsvp

routes = Routes()

ALARMS = (timedelta(days=1), timedelta(hours=2))
"""When the calendar of a member who wants to be reminded does so, before the beginning."""


async def given(context: Context, meeting: Meeting, rsvp: Rsvp) -> list[Reply]:
    """What a member with a seat gets: the ticket, then the calendar file with the place."""
    digits = await tickets.of(context.tx, rsvp)
    return [_picture(context, meeting, digits), _calendar(context, meeting, rsvp)]


@routes.action("ticket")
async def show_again(context: Context) -> Answer:
    """The ticket once more, for a member who has a seat."""
    meeting = found(await meetings.find(context.tx, context.number()), "ticket-none")
    require(meeting.state is MeetingState.OPEN, "ticket-over")
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    held = found(rsvp if rsvp and rsvps.has_seat(rsvp) else None, "ticket-none")
    return await given(context, meeting, held)


def _picture(context: Context, meeting: Meeting, digits: str) -> Reply:
    say, content = context.say, unpack(meeting.content).in_language(context.say.language)
    caption = say(
        "ticket-caption",
        title=content.title,
        when=say.moment(meeting.span[0]),
        place=content.where,
        digits=ticket_code.grouped(digits),
    )
    media = Media(MediaKind.PHOTO, name=say.plain("ticket-picture-file"))
    drawing = partial(ticket_image.draw, _ticket(context, meeting, content, digits))
    return Reply(Message(caption, media=media), draw=drawing)


def _ticket(context: Context, meeting: Meeting, content: Content, digits: str) -> Ticket:
    say, club = context.say, context.club
    return Ticket(
        club=drawable(club.name),
        title=drawable(content.title),
        when=say.when(meeting.span[0]),
        place=drawable(content.where),
        digits=ticket_code.grouped(digits),
        scanned=ticket_code.link_to(club, id_of(meeting), digits) or digits,
        hint=say.plain("ticket-hint"),
        colour=club.colour,
    )


def _calendar(context: Context, meeting: Meeting, rsvp: Rsvp) -> Reply:
    """The calendar file; the map comes before it, or its link stands beside it."""
    say, point = context.say, unpack(meeting.content).in_language(context.say.language).point
    entry = entry_of(meeting, say, context.club, ALARMS if rsvp.wants_reminders else ())
    media = Media(MediaKind.DOCUMENT, name=say.plain("ticket-file"))
    message = Message(say("ticket-calendar"), media=media, point=point)
    return Reply(message, draw=partial(calendar_file.write, entry))
