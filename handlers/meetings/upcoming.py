"""`/lichhop`: the meetings to come for a member, with their answers."""

from handlers.conversation import Context, Html, Page, Routes, found, paged, require
from handlers.meetings.content import Content, unpack
from handlers.meetings.invitation import answer_rows, for_member, invitation, is_open_for_answers
from handlers.messages import Answer, Button, Rows
from handlers.preferences import preferences
from handlers.recognition.plain_text import shortened
from storage.database import id_of
from storage.meetings import meetings, rsvps
from storage.members import members
from storage.models import Meeting, MeetingState, Purpose, Rsvp, RsvpAnswer, RsvpPlace

routes = Routes()

_TITLE_CHARACTERS = 32


@routes.command("lichhop", "meetings", words=["lịch họp", "meetings"])
@paged(routes, "meetings-page")
async def coming(context: Context, page: Page) -> tuple[Html, Rows]:
    """Meetings to come that are for this member, or that they answered."""
    found_ones = [pair for pair in await _with_answers(context) if _concerns(context, *pair)]
    consent = await _consent_rows(context)
    if not found_ones:
        return context.say("meetings-none"), consent
    shown, others = page.split(found_ones[page.offset :][: page.limit])
    lines = tuple((_line(context, *pair),) for pair in shown)
    return context.say("meetings-coming"), (*lines, *others, *consent)


async def _with_answers(context: Context) -> list[tuple[Meeting, Rsvp | None]]:
    return [
        (meeting, await rsvps.find(context.tx, id_of(meeting), context.member_id))
        for meeting in await meetings.coming(context.tx)
    ]


def _concerns(context: Context, meeting: Meeting, rsvp: Rsvp | None) -> bool:
    return rsvp is not None or for_member(context, unpack(meeting.content))


async def _consent_rows(context: Context) -> Rows:
    """Whoever gets no invitations yet can ask for them here."""
    if Purpose.MEETINGS in await members.agreed(context.tx, context.member_id):
        return ()
    return ((context.button("meetings-want-invitations", "meetings-agree"),),)


@routes.action("meetings-agree")
async def agree(context: Context) -> Answer:
    """Gives the consent to get invitations."""
    await preferences.agree(context, Purpose.MEETINGS)
    return [context.edit(context.say("meetings-agreed"))]


def _line(context: Context, meeting: Meeting, rsvp: Rsvp | None) -> Button:
    content = unpack(meeting.content).in_language(context.say.language)
    return context.button(
        "meetings-line",
        "my-meeting",
        id_of(meeting),
        title=shortened(content.title, _TITLE_CHARACTERS),
        day=context.say.day(content.begins_at) if content.begins_at else "…",
        answer=context.say.plain(f"meetings-answer-{_standing(rsvp)}"),
    )


def _standing(rsvp: Rsvp | None) -> str:
    if rsvp is None or rsvp.answer is RsvpAnswer.NONE:
        return "none"
    if rsvp.answer is not RsvpAnswer.YES:
        return rsvp.answer.value
    return {
        RsvpPlace.WAITING: "waiting",
        RsvpPlace.OFFERED: "offered",
        RsvpPlace.NONE: "lapsed",
    }.get(rsvp.place, "yes")


@routes.action("my-meeting")
async def one(context: Context) -> Answer:
    """One meeting with this member's answer, and what they can do now."""
    meeting = found(await meetings.find(context.tx, context.number()), "meeting-gone")
    require(meeting.state is not MeetingState.DRAFT, "meeting-gone")
    require(meeting.state is MeetingState.OPEN, f"meeting-now-{meeting.state.value}")
    rsvp = await rsvps.find(context.tx, id_of(meeting), context.member_id)
    content = unpack(meeting.content)
    require(_concerns(context, meeting, rsvp), "meeting-gone")
    answer = context.say(f"meetings-your-answer-{_standing(rsvp)}")
    text = Html(f"{invitation(context.say, content, id_of(meeting)).text}\n\n{answer}")
    return [context.edit(text, await _rows(context, meeting, content, rsvp))]


async def _rows(context: Context, meeting: Meeting, content: Content, rsvp: Rsvp | None) -> Rows:
    number = id_of(meeting)
    rows: list[tuple[Button, ...]] = []
    if rsvp and rsvp.place is RsvpPlace.OFFERED:
        rows.append((context.button("meeting-take-seat", "meeting-seat", number),))
    if rsvp and rsvps.has_seat(rsvp):
        rows.append((context.button("meeting-show-ticket", "ticket", number),))
        key = "meeting-no-reminders" if rsvp.wants_reminders else "meeting-want-reminders"
        rows.append((context.button(key, "meeting-quiet", number),))
    if is_open_for_answers(content, context.now):
        rows += answer_rows(context.say, content, number)
    elif rsvp and rsvp.answer is not RsvpAnswer.NO:
        rows.append((context.button("meeting-no", "meeting-no", number),))
    return (*rows, (context.button("back", "meetings-page", 0),))
