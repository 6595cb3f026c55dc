"""Officers' meetings: the list, and the card of one that members know, with its totals."""

from handlers.conversation import Context, Html, Page, Routes, found, paged, require
from handlers.meetings import check_in
from handlers.meetings.card import show
from handlers.meetings.content import unpack
from handlers.meetings.invitation import summary
from handlers.meetings.proposals import Proposal
from handlers.messages import Answer, Button, Rows
from handlers.recognition.plain_text import shortened
from handlers.views.small_counts import alone
from storage.database import id_of
from storage.meetings import meetings, totals
from storage.models import Meeting, MeetingState, Role

routes = Routes()

_TITLE_CHARACTERS = 40


@routes.action("meeting-list", role=Role.OFFICER)
@paged(routes, "meeting-list-page", role=Role.OFFICER)
async def listed(context: Context, page: Page) -> tuple[Html, Rows]:
    """Meetings that wait for approval, then open ones, then those that ended."""
    await context.clear_state()
    fetched = await meetings.listed(context.tx, offset=page.offset, limit=page.limit)
    if not fetched:
        return context.say("meeting-list-empty"), ()
    shown, others = page.split(fetched)
    return context.say("meeting-list"), (*((_line(context, one),) for one in shown), *others)


def _line(context: Context, meeting: Meeting) -> Button:
    content = unpack(meeting.content or meeting.proposal or {})
    state = "pending" if meeting.is_pending else meeting.state.value
    return context.button(
        f"meeting-line-{state}",
        "meeting-see",
        id_of(meeting),
        title=shortened(content.title, _TITLE_CHARACTERS),
        day=context.say.day(content.begins_at) if content.begins_at else "…",
    )


@routes.action("meeting-see", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """What waits for approval, an officer's own draft, or the card of a meeting."""
    meeting = found(await meetings.lock(context.tx, context.number()), "meeting-gone")
    is_own = meeting.proposer_id == context.member_id
    if meeting.proposal is not None and (meeting.is_pending or is_own):
        return await show(context, Proposal(meeting, unpack(meeting.proposal)))
    require(meeting.state is not MeetingState.DRAFT, "meeting-gone")
    return [context.edit(await _card(context, meeting), _rows(context, meeting))]


async def _card(context: Context, meeting: Meeting) -> Html:
    say, content = context.say, unpack(meeting.content)
    return Html(
        "\n".join(
            (
                summary(say, content),
                say(f"meeting-state-{meeting.state.value}"),
                "",
                *await _totals(context, meeting),
            )
        )
    )


async def _totals(context: Context, meeting: Meeting) -> list[Html]:
    """How many were invited, come, wait: exact for who organises it, else as small counts are shown."""
    is_own = context.member_id in meetings.organisers(meeting)
    now, say = await totals.of(context.tx, meeting), context.say
    numbers = {"invited": now.invited, "yes": now.yes - now.waiting, "waiting": now.waiting}
    told = {
        name: say.number(number) if is_own else alone(number).said(say)
        for name, number in numbers.items()
    }
    seats = say.number(meeting.seats) if meeting.seats else say.plain("meeting-no-limit")
    return [say("meeting-totals", seats=seats, came=alone(now.came).said(say), **told)]


def _rows(context: Context, meeting: Meeting) -> Rows:
    number = id_of(meeting)
    rows: list[tuple[Button, ...]] = []
    if check_in.is_open(context, meeting):
        rows.append((context.button("checkin-button", "checkin", number),))
    if meeting.state is MeetingState.OPEN:
        rows.append((context.button("meeting-change-button", "meeting-change", number),))
        rows.append((context.button("meeting-call-off", "meeting-call-off", number),))
    if context.member_id in meetings.organisers(meeting):
        rows.append((context.button("checkin-workbook-button", "door-list", number),))
    if meeting.state is MeetingState.OVER:
        rows += _after(context, number)
    back = context.button("meeting-list-button", "meeting-list")
    return (*rows, (back,))


def _after(context: Context, number: int) -> list[tuple[Button, ...]]:
    """What officers do once a meeting is over."""
    return [
        (context.button("papers-button", "papers-write", number),),
        (context.button("feedback-results-button", "feedback-results", number, 0),),
        (context.button("decision-button", "meeting-decide", number),),
    ]
