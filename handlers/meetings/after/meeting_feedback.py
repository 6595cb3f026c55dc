"""Three short questions after a meeting, and words; nothing says who answered."""

from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    UserError,
    found,
    paged,
    require,
    typed_text,
)
from handlers.flagging.redaction import mask
from handlers.messages import Answer, Reply, Rows
from handlers.views.defang import defang
from storage.meetings import feedback, meetings, rsvps
from storage.meetings.feedback import RATINGS, SHOWN_FROM, Ratings
from storage.models import MeetingState, Role, Rsvp

routes = Routes(confidential=True)

WORDS_MOST = 500
_STEP = "meeting.feedback"
_QUESTIONS = ("content", "organisation", "place")


@routes.action("feedback")
async def begin(context: Context) -> Answer:
    """Asks the first question of somebody who had a seat."""
    rsvp = await _owed(context, context.number())
    await context.set_state(_STEP, meeting=rsvp.meeting_id, ratings=[])
    return [_question(context, rsvp.meeting_id, 0)]


@routes.action("feedback-rate")
async def rate(context: Context) -> Answer:
    """Takes one rating, and asks the next question."""
    meeting_id, position, rating = (context.number(place) for place in range(3))
    await _owed(context, meeting_id)
    require(_is_at(context, meeting_id, position) and rating in RATINGS, "button-unknown")
    ratings = [*context.data["ratings"], rating]
    await context.set_state(_STEP, meeting=meeting_id, ratings=ratings)
    if len(ratings) < len(_QUESTIONS):
        return [_question(context, meeting_id, len(ratings))]
    skip = context.button("feedback-no-words", "feedback-no-words", meeting_id)
    return [context.edit(context.say("feedback-words", most=WORDS_MOST), ((skip,),))]


@routes.step(_STEP)
async def take_words(context: Context) -> Answer:
    """Takes the words, with personal numbers redacted, and shows them as they are stored."""
    require(len(context.data["ratings"]) == len(_QUESTIONS), "feedback-press-a-number")
    wanted = UserError("feedback-words-wanted", most=WORDS_MOST)
    return await _give(context, mask(typed_text(context.incoming, WORDS_MOST, wanted)))


@routes.action("feedback-no-words")
async def without_words(context: Context) -> Answer:
    """Ends without words."""
    require(_is_at(context, context.number(), len(_QUESTIONS)), "button-unknown")
    return await _give(context, "")


async def _give(context: Context, words: str) -> Answer:
    rsvp = await _owed(context, context.data["meeting"])
    await context.clear_state()
    await feedback.give(context.tx, rsvp, Ratings(*context.data["ratings"]), words)
    thanks = context.say("feedback-thanks")
    said = context.say("feedback-your-words", words=words) if words else Html()
    return [context.edit(Html("\n".join(filter(None, (thanks, said)))))]


def _question(context: Context, meeting_id: int, position: int) -> Reply:
    rows: Rows = (
        tuple(
            context.button(
                "feedback-rating", "feedback-rate", meeting_id, position, n, rating=str(n)
            )
            for n in RATINGS
        ),
    )
    return context.edit(context.say(f"feedback-question-{_QUESTIONS[position]}"), rows)


def _is_at(context: Context, meeting_id: int, position: int) -> bool:
    """Whether the chat is at this question of this meeting."""
    return (
        context.step == _STEP
        and context.data["meeting"] == meeting_id
        and len(context.data["ratings"]) == position
    )


async def _owed(context: Context, meeting_id: int) -> Rsvp:
    """The answer of a member who had a seat and has given no feedback.

    Raises:
        UserError: they had none, the meeting is not over or long over, or they have given it.
    """
    meeting = found(await meetings.find(context.tx, meeting_id), "feedback-closed")
    rsvp = await rsvps.find(context.tx, meeting_id, context.member_id)
    held = found(rsvp if rsvp and rsvps.has_seat(rsvp) else None, "feedback-closed")
    require(meeting.state is MeetingState.OVER, "feedback-closed")
    require(not held.gave_feedback, "feedback-given")
    return held


@paged(routes, "feedback-results", role=Role.OFFICER, position=1)
async def results(context: Context, page: Page) -> tuple[Html, Rows]:
    """The averages, and the words in a random order; nothing below five answers."""
    meeting_id = context.number()
    found(await meetings.find(context.tx, meeting_id), "meeting-gone")
    back = (context.button("back", "meeting-see", meeting_id),)
    told = await feedback.averages(context.tx, meeting_id)
    if told is None:
        return context.say("feedback-too-few", fewest=SHOWN_FROM), (back,)
    count, averages = told
    head = context.say(
        "feedback-results",
        count=count,
        content=_average(averages.content),
        organisation=_average(averages.organisation),
        place=_average(averages.place),
    )
    fetched = await feedback.words(context.tx, meeting_id, limit=page.limit, offset=page.offset)
    shown, others = page.split(fetched, meeting_id)
    lines = [context.say("feedback-line", text=defang(one)) for one in shown]
    return Html("\n\n".join([head, *lines])), (*others, back)


def _average(hundredths: int) -> str:
    """`4,5` of 5."""
    return f"{hundredths / 100:.1f}".replace(".", ",")
