"""`/cauhoi`: the questions that wait, the oldest first, and those that were answered."""

from collections.abc import Sequence

from handlers.announcing.compose.set_aside import set_aside
from handlers.conversation import Context, Html, Page, Routes, found, paged
from handlers.messages import Answer, Button, Rows
from handlers.questions.card import card
from storage import questions
from storage.database import id_of
from storage.models import Question, QuestionState, Role

routes = Routes()

_OPENING_CHARACTERS = 36
"""With its number, what a phone shows of a button's label."""


@routes.command("cauhoi", "questions", role=Role.OFFICER, for_others="hoi")
@paged(routes, "questions", role=Role.OFFICER)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """The questions that wait, the oldest first."""
    fetched = await questions.waiting(context.tx, offset=page.offset, limit=page.limit)
    count = await questions.count_open(context.tx)
    text = context.say("question-list", count=count) if count else context.say("question-none")
    return (
        text,
        (
            *_rows(context, page, fetched),
            (context.button("question-answered-button", "questions-answered", 0),),
        ),
    )


@paged(routes, "questions-answered", role=Role.OFFICER)
async def show_answered(context: Context, page: Page) -> tuple[Html, Rows]:
    """The questions that were answered, the newest first."""
    fetched = await questions.answered(context.tx, offset=page.offset, limit=page.limit)
    return (
        context.say("question-answered-list" if fetched else "question-none-answered"),
        (
            *_rows(context, page, fetched),
            (context.button("question-to-list", "questions", 0),),
        ),
    )


@routes.action("question", role=Role.OFFICER)
async def open_card(context: Context) -> Answer:
    """One question, in the place of the list."""
    question = found(await questions.find(context.tx, context.number()), "question-gone")
    return [*await set_aside(context), context.edit(*await card(context, question))]


def _rows(context: Context, page: Page, fetched: Sequence[Question]) -> Rows:
    shown, others = page.split(fetched)
    return (*((_question_button(context, question),) for question in shown), *others)


def _question_button(context: Context, question: Question) -> Button:
    number = id_of(question)
    text = " ".join(questions.text_of(context.tx, question).split())
    opening = f"{text[:_OPENING_CHARACTERS]}…" if len(text) > _OPENING_CHARACTERS else text
    key = "question-line-taken" if question.state is QuestionState.TAKEN else "question-line"
    return context.button(key, "question", number, number=str(number), text=opening)
