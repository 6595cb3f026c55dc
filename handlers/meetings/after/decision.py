"""Starts an announcement from what a meeting decided, with one button."""

from handlers.announcing import drafts
from handlers.announcing.compose import flow
from handlers.announcing.compose.fields import with_defaults
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, found, require
from handlers.meetings.content import unpack
from handlers.messages import Answer
from handlers.notifications import unpack as unpack_message
from handlers.views.announcement import Content
from storage.announcements import announcements
from storage.database import id_of
from storage.meetings import meetings, papers
from storage.models import Meeting, MeetingState, Role

routes = Routes()


@routes.action("meeting-decide", role=Role.OFFICER)
async def announce(context: Context) -> Answer:
    """Opens the card of an announcement with the minutes, or the agenda before there are any."""
    meeting = found(await meetings.find(context.tx, context.number()), "meeting-gone")
    require(meeting.state is MeetingState.OVER, "papers-too-early")
    saved = await drafts.save_content(
        context,
        Draft(await announcements.start(context.tx, context.member_id), Content()),
        with_defaults(context, await _content(context, meeting)),
    )
    return await flow.proceed(context, saved, context.say("decision-note"))


async def _content(context: Context, meeting: Meeting) -> Content:
    say, held = context.speech("vi"), unpack(meeting.content)
    minutes = await papers.newest_published(context.tx, id_of(meeting))
    message = unpack_message(minutes.content) if minutes else None
    return Content(
        title=say.plain("decision-title", title=held.title),
        html=Html(message.text if message and message.text else held.html),
        media=message.media if message else None,
        areas=held.areas,
        source_ref=say("decision-ref", title=held.title, day=say.day(meeting.span[0])),
    )
