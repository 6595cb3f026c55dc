"""A member opens the papers of a meeting: everybody who was invited, or whoever came.

Whether somebody came is looked up for them alone, when they ask, and not stored
(docs/decisions/0040-who-came-is-told-by-the-ticket.md).
"""

from handlers.conversation import Context, Routes, found, require
from handlers.meetings.after.papers import as_read
from handlers.meetings.content import unpack
from handlers.meetings.invitation import for_member
from handlers.messages import Answer, Reply
from handlers.notifications import unpack as unpack_message
from storage.meetings import meetings, papers, rsvps, tickets
from storage.models import Meeting, MeetingPapers, PapersState

routes = Routes()


@routes.action("papers")
async def open_papers(context: Context) -> Answer:
    """The newest papers, for whom they are."""
    asked = found(await papers.find(context.tx, context.number()), "papers-gone")
    meeting = found(await meetings.find(context.tx, asked.meeting_id), "papers-gone")
    newest = await papers.newest_published(context.tx, asked.meeting_id)
    current = found(newest, "papers-gone")
    require(asked.state is PapersState.PUBLISHED, "papers-gone")
    require(await _may_open(context, meeting, current), "papers-for-those-who-came")
    return [Reply(as_read(context.say, meeting, unpack_message(current.content)))]


async def _may_open(context: Context, meeting: Meeting, current: MeetingPapers) -> bool:
    rsvp = await rsvps.find(context.tx, current.meeting_id, context.member_id)
    if current.for_all:
        return rsvp is not None or for_member(context, unpack(meeting.content))
    return rsvp is not None and await tickets.holder_came(context.tx, rsvp)
