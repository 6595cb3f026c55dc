"""A member's answer to an invitation: coming, perhaps, or not; changed until the deadline."""

from handlers.conversation import Context, Html, Routes, found, require
from handlers.meetings import tickets, waiting_list
from handlers.meetings.content import unpack
from handlers.meetings.invitation import for_member, is_open_for_answers, span
from handlers.messages import Answer, Message, Reply, Rows
from storage.database import id_of
from storage.meetings import meetings, rsvps
from storage.models import Meeting, MeetingState, Rsvp, RsvpAnswer, RsvpPlace

routes = Routes()


@routes.action("meeting-yes")
async def accept(context: Context) -> Answer:
    """Takes a seat, or a place on the waiting list."""
    meeting = await _answerable(context)
    rsvp = await rsvps.answer(context.tx, meeting, context.member_id, RsvpAnswer.YES)
    await waiting_list.settle(context.tx, context.club, meeting)
    if rsvp.place is RsvpPlace.WAITING:
        return [context.edit(await _waiting(context, meeting, rsvp), _change_row(context, meeting))]
    return await _with_ticket(context, meeting, rsvp)


async def _with_ticket(context: Context, meeting: Meeting, rsvp: Rsvp) -> Answer:
    content = unpack(meeting.content).in_language(context.say.language)
    text = context.say("meeting-you-come", title=content.title, when=span(context.say, content))
    answer = context.edit(text, _change_row(context, meeting))
    return [answer, *await tickets.given(context, meeting, rsvp)]


async def _waiting(context: Context, meeting: Meeting, rsvp: Rsvp) -> Html:
    position = await rsvps.waiting_position(context.tx, rsvp)
    title = unpack(meeting.content).in_language(context.say.language).title
    return context.say("meeting-you-wait", title=title, position=position)


@routes.action("meeting-maybe")
async def leave_open(context: Context) -> Answer:
    """Notes that the member may come; a seat they had goes to the next."""
    meeting = await _answerable(context)
    await rsvps.answer(context.tx, meeting, context.member_id, RsvpAnswer.MAYBE)
    await waiting_list.settle(context.tx, context.club, meeting)
    return [context.edit(context.say("meeting-you-may-come"), _change_row(context, meeting))]


@routes.action("meeting-no", always=True)
async def decline(context: Context) -> Answer:
    """Notes that the member does not come, also after the deadline: the seat goes to the next."""
    meeting = await _known(context)
    require(meeting.state is MeetingState.OPEN, f"meeting-now-{meeting.state.value}")
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    require(rsvp or for_member(context, unpack(meeting.content)), "meeting-gone")
    await rsvps.answer(context.tx, meeting, context.member_id, RsvpAnswer.NO)
    await waiting_list.settle(context.tx, context.club, meeting)
    return [context.edit(context.say("meeting-you-do-not-come"), _change_row(context, meeting))]


@routes.action("meeting-seat")
async def take_offered_seat(context: Context) -> Answer:
    """Takes the seat that is kept for this member."""
    meeting = await _known(context)
    require(meeting.state is MeetingState.OPEN, f"meeting-now-{meeting.state.value}")
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    if rsvp and rsvps.has_seat(rsvp):
        return await _with_ticket(context, meeting, rsvp)
    taken = rsvp is not None and await rsvps.accept_offer(context.tx, meeting, rsvp)
    await waiting_list.settle(context.tx, context.club, meeting)
    if rsvp is None or not taken:
        return [context.reply(context.say("meeting-seat-gone"), _change_row(context, meeting))]
    return await _with_ticket(context, meeting, rsvp)


@routes.action("meeting-quiet", always=True)
async def no_reminders(context: Context) -> Answer:
    """Ends the reminders of one meeting for this member."""
    meeting = await _known(context)
    rsvp = found(await rsvps.find(context.tx, id_of(meeting), context.member_id), "meeting-gone")
    rsvp.wants_reminders = not rsvp.wants_reminders
    key = "meeting-reminders-on" if rsvp.wants_reminders else "meeting-reminders-off"
    return [context.reply(context.say(key))]


@routes.action("meeting-documents")
async def documents(context: Context) -> Answer:
    """Sends the documents of a meeting."""
    meeting = await _known(context)
    require(meeting.state is MeetingState.OPEN, f"meeting-now-{meeting.state.value}")
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    content = unpack(meeting.content)
    require(rsvp or for_member(context, content), "meeting-gone")
    require(content.documents, "meeting-no-documents")
    say = context.say
    return [
        Reply(Message(say("meeting-document", title=content.title), media=file))
        for file in content.documents
    ]


async def _answerable(context: Context) -> Meeting:
    """The meeting, locked, if this member may say that they come.

    Raises:
        UserError: it is not open, not for them, or the deadline is over.
    """
    meeting = await _known(context)
    require(meeting.state is MeetingState.OPEN, f"meeting-now-{meeting.state.value}")
    content = unpack(meeting.content)
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    require(rsvp or for_member(context, content), "meeting-gone")
    require(is_open_for_answers(content, context.now), "meeting-too-late")
    return meeting


async def _known(context: Context) -> Meeting:
    meeting = found(await meetings.lock(context.tx, context.number()), "meeting-gone")
    require(meeting.state is not MeetingState.DRAFT, "meeting-gone")
    return meeting


def _change_row(context: Context, meeting: Meeting) -> Rows:
    return ((context.button("meeting-change-answer", "my-meeting", id_of(meeting)),),)
