"""`/cauhoi`: the questions that wait, the oldest first, and those that were answered."""

from collections.abc import Sequence

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Reply
from handlers.questions.card import card
from storage import questions
from storage.models import Question, QuestionState, Role

routes = Routes()

_OPENING_CHARACTERS = 36
"""With its number, what a phone shows of a button's label."""


@routes.command("cauhoi", "questions", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """The first page of what waits."""
    return [await _waiting(turn, 0)]


@routes.action("questions", role=Role.OFFICER)
async def turn_page(turn: Context) -> Answer:
    """Another page of what waits, in its place."""
    return [await _waiting(turn, turn.number())]


@routes.action("questions-answered", role=Role.OFFICER)
async def show_answered(turn: Context) -> Answer:
    """What was answered, the newest first."""
    page = turn.number()
    fetched = await questions.answered(
        turn.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    waiting = ((turn.button("question-to-list", "questions", 0),),)
    ways = pagination.ways(turn, "questions-answered", page, fetched)
    text = turn.say("question-answered-list" if fetched else "question-none-answered")
    return [turn.instead(text, (*_lines(turn, pagination.shown(fetched)), *ways, *waiting))]


@routes.action("question", role=Role.OFFICER)
async def open_card(turn: Context) -> Answer:
    """One question, in the place of the list."""
    question = await questions.find(turn.tx, turn.number())
    if question is None:
        raise UserError("question-gone")
    return [turn.instead(*await card(turn, question))]


async def _waiting(turn: Context, page: int) -> Reply:
    fetched = await questions.waiting(
        turn.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    count = await questions.count_open(turn.tx)
    answered = ((turn.button("question-answered-button", "questions-answered", 0),),)
    ways = pagination.ways(turn, "questions", page, fetched)
    text = turn.say("question-list", count=count) if count else turn.say("question-none")
    return turn.instead(text, (*_lines(turn, pagination.shown(fetched)), *ways, *answered))


def _lines(turn: Context, shown: Sequence[Question]) -> tuple[tuple[Button, ...], ...]:
    return tuple((_line(turn, question),) for question in shown)


def _line(turn: Context, question: Question) -> Button:
    number = questions.number_of(question)
    text = " ".join(questions.text_of(turn.tx, question).split())
    opening = f"{text[:_OPENING_CHARACTERS]}…" if len(text) > _OPENING_CHARACTERS else text
    taken = question.state is QuestionState.TAKEN
    key = "question-line-taken" if taken else "question-line"
    return turn.button(key, "question", number, number=str(number), text=opening)
