"""One question as officers see it: the words, the day, what it is about; never who asked."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.messages import Rows
from handlers.views.defang import defang
from storage import questions
from storage.members import members
from storage.models import MemberState, Question, QuestionState


def is_mine(turn: Context, question: Question) -> bool:
    """Whether this officer has taken the question."""
    return question.state is QuestionState.TAKEN and question.officer_id == turn.member_id


async def is_free(turn: Context, question: Question) -> bool:
    """Whether an officer can take it: nobody is on it, or one who is no officer any more."""
    if question.state is not QuestionState.TAKEN or question.officer_id is None:
        return question.state is QuestionState.NEW
    holder = await members.get(turn.tx, question.officer_id)
    return not (holder.state is MemberState.ACTIVE and holder.role.is_officer)


async def held(turn: Context, number: int) -> Question:
    """The question of this number, held for changing it.

    Raises:
        Sorry: it was taken back or forgotten, or never was.
    """
    question = await questions.hold(turn.tx, number)
    if question is None:
        raise UserError("question-gone")
    return question


async def held_mine(turn: Context, number: int) -> Question:
    """The same, if this officer is on it.

    Raises:
        Sorry: it is not this officer's, or not any more.
    """
    question = await held(turn, number)
    if not is_mine(turn, question):
        raise UserError("question-not-yours")
    return question


async def card(turn: Context, question: Question) -> tuple[Html, Rows]:
    """The question and what this officer can do with it."""
    free = await is_free(turn, question)
    parts = [
        turn.say(
            "question-card",
            number=str(questions.number_of(question)),
            day=turn.say.day(question.asked_at),
            about=about(turn.say, question),
            text=defang(questions.text_of(turn.tx, question)),
        )
    ]
    if said := questions.answer_of(turn.tx, question):
        parts.append(turn.say("question-card-answer", text=said))
    parts.append(turn.say(_state(turn, question)))
    return Html("\n\n".join(parts)), _rows(turn, question, free=free)


def about(say: Speech, question: Question) -> Html:
    """What the question is about."""
    if question.announcement_id is None:
        return say("question-about-club")
    return say("question-about-announcement", number=str(question.announcement_id))


def _state(turn: Context, question: Question) -> str:
    if question.state is QuestionState.TAKEN:
        return "question-state-mine" if is_mine(turn, question) else "question-state-taken"
    if question.public_answer_id is not None:
        return "question-state-public"
    return f"question-state-{question.state.value}"


def _rows(turn: Context, question: Question, *, free: bool) -> Rows:
    number = questions.number_of(question)
    back = (turn.button("question-to-list", "questions", 0),)
    if is_mine(turn, question):
        return (
            (turn.button("question-answer-it", "question-answer", number),),
            (
                turn.button("question-close", "question-close", number),
                turn.button("question-return", "question-return", number),
            ),
            back,
        )
    if free:
        return ((turn.button("question-take", "question-take", number),), back)
    return (*publishing_rows(turn, question), back)


def publishing_rows(turn: Context, question: Question) -> Rows:
    """Into the announcement's *Hỏi – đáp*, or to where it stands there."""
    number = questions.number_of(question)
    if question.state is not QuestionState.ANSWERED or question.announcement_id is None:
        return ()
    if question.public_answer_id is not None:
        return ((turn.button("faq-open", "faq", question.announcement_id),),)
    return ((turn.button("question-publish", "question-publish", number),),)
