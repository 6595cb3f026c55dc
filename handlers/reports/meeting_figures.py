"""Figures of meetings for `/thongke`: totals only, none about fewer than five people."""

from handlers.conversation import Context, Html
from handlers.meetings.content import unpack
from handlers.views.small_counts import alone
from storage.meetings import meetings, totals
from storage.models import Meeting

_LAST = 3


async def lines(context: Context) -> list[Html]:
    """The newest meetings, the latest first, as one paragraph; none if there are none."""
    newest = await meetings.newest(context.tx, limit=_LAST)
    if not newest:
        return []
    shown = [await _line(context, meeting) for meeting in newest]
    return [Html("\n".join((context.say("statistics-meetings"), *shown)))]


async def _line(context: Context, meeting: Meeting) -> Html:
    now = await totals.of(context.tx, meeting)
    content = unpack(meeting.content)
    told = {
        "invited": now.invited,
        "yes": now.yes,
        "waiting": now.waiting,
        "came": now.came,
    }
    say = context.say
    return say(
        "statistics-meeting",
        title=content.title,
        day=say.day(content.begins_at) if content.begins_at else "",
        **{name: alone(number).said(say) for name, number in told.items()},
    )
