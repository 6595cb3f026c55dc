"""`/cauhoi`: the questions that wait, the oldest first, and those that were answered."""

from collections.abc import Sequence

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Reply
from handlers.questions.card import card
from storage import questions
from storage.database.ids import id_of
from storage.models import Question, QuestionState, Role

routes = Routes()

_OPENING_CHARACTERS = 36
"""With its number, what a phone shows of a button's label."""


@routes.command("cauhoi", "questions", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """The first page of what waits."""
    return [await _waiting(context, 0)]


@routes.action("questions", role=Role.OFFICER)
async def turn_page(context: Context) -> Answer:
    """Another page of what waits, in its place."""
    return [await _waiting(context, context.number())]


@routes.action("questions-answered", role=Role.OFFICER)
async def show_answered(context: Context) -> Answer:
    """What was answered, the newest first."""
    page = context.number()
    fetched = await questions.answered(
        context.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    waiting = ((context.button("question-to-list", "questions", 0),),)
    ways = pagination.ways(context, "questions-answered", page, fetched)
    text = context.say("question-answered-list" if fetched else "question-none-answered")
    return [context.edit(text, (*_lines(context, pagination.shown(fetched)), *ways, *waiting))]


@routes.action("question", role=Role.OFFICER)
async def open_card(context: Context) -> Answer:
    """One question, in the place of the list."""
    question = await questions.find(context.tx, context.number())
    if question is None:
        raise UserError("question-gone")
    return [context.edit(*await card(context, question))]


async def _waiting(context: Context, page: int) -> Reply:
    fetched = await questions.waiting(
        context.tx, offset=page * pagination.PER_PAGE, limit=pagination.FETCHED
    )
    count = await questions.count_open(context.tx)
    answered = ((context.button("question-answered-button", "questions-answered", 0),),)
    ways = pagination.ways(context, "questions", page, fetched)
    text = context.say("question-list", count=count) if count else context.say("question-none")
    return context.edit(text, (*_lines(context, pagination.shown(fetched)), *ways, *answered))


def _lines(context: Context, shown: Sequence[Question]) -> tuple[tuple[Button, ...], ...]:
    return tuple((_line(context, question),) for question in shown)


def _line(context: Context, question: Question) -> Button:
    number = id_of(question)
    text = " ".join(questions.text_of(context.tx, question).split())
    opening = f"{text[:_OPENING_CHARACTERS]}…" if len(text) > _OPENING_CHARACTERS else text
    taken = question.state is QuestionState.TAKEN
    key = "question-line-taken" if taken else "question-line"
    return context.button(key, "question", number, number=str(number), text=opening)
