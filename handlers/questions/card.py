"""The card of a question for officers: text, day and subject; never who asked."""

from handlers.conversation import Context, Html, found, require
from handlers.messages import Rows
from handlers.views.defang import defang
from storage import questions
from storage.announcements import references
from storage.database import id_of
from storage.members import members
from storage.models import MemberState, Question, QuestionState


def is_mine(context: Context, question: Question) -> bool:
    """Whether this officer has taken the question."""
    return question.state is QuestionState.TAKEN and question.officer_id == context.member_id


async def is_free(context: Context, question: Question) -> bool:
    """Whether an officer can take it: nobody has, or somebody who is no longer an officer."""
    if question.state is not QuestionState.TAKEN or question.officer_id is None:
        return question.state is QuestionState.NEW
    holder = await members.get(context.tx, question.officer_id)
    return not (holder.state is MemberState.ACTIVE and holder.role.is_officer)


async def lock_question(context: Context, number: int) -> Question:
    """The question of this number, its row locked until the transaction ends.

    Raises:
        UserError: it was withdrawn or purged, or never existed.
    """
    return found(await questions.lock(context.tx, number), "question-gone")


async def lock_own_question(context: Context, number: int) -> Question:
    """The question of this number, locked, if this officer has taken it.

    Raises:
        UserError: it is not this officer's, or not any more.
    """
    question = await lock_question(context, number)
    require(is_mine(context, question), "question-not-yours")
    return question


async def card(context: Context, question: Question) -> tuple[Html, Rows]:
    """The question and what this officer can do with it."""
    is_free_now = await is_free(context, question)
    parts = [
        context.say(
            "question-card",
            number=str(id_of(question)),
            day=context.say.day(question.asked_at),
            about=await about(context, question),
            text=defang(questions.text_of(context.tx, question)),
        )
    ]
    if answer := questions.answer_of(context.tx, question):
        parts.append(context.say("question-card-answer", text=answer))
    parts.append(context.say(_state(context, question)))
    return Html("\n\n".join(parts)), _rows(context, question, free=is_free_now)


async def about(context: Context, question: Question) -> Html:
    """The subject: one announcement, or the club in general."""
    if question.announcement_id is None:
        return context.say("question-about-club")
    which = await references.of(context.tx, question.announcement_id)
    return context.say("question-about-announcement", number=which.label)


def _state(context: Context, question: Question) -> str:
    if question.state is QuestionState.TAKEN:
        return "question-state-mine" if is_mine(context, question) else "question-state-taken"
    if question.public_answer_id is not None:
        return "question-state-public"
    return f"question-state-{question.state.value}"


def _rows(context: Context, question: Question, *, free: bool) -> Rows:
    number = id_of(question)
    back = (context.button("question-to-list", "questions", 0), *context.home_row()[0])
    if is_mine(context, question):
        return (
            (context.button("question-answer-it", "question-answer", number),),
            (
                context.button("question-close", "question-close", number),
                context.button("question-return", "question-return", number),
            ),
            back,
        )
    if free:
        return ((context.button("question-take", "question-take", number),), back)
    return (*publishing_rows(context, question), back)


def publishing_rows(context: Context, question: Question) -> Rows:
    """The button to publish the answer in *Hỏi – đáp*, or to open it there, if either applies."""
    number = id_of(question)
    if question.state is not QuestionState.ANSWERED or question.announcement_id is None:
        return ()
    if question.public_answer_id is not None:
        return ((context.button("faq-open", "faq", question.announcement_id),),)
    return ((context.button("question-publish", "question-publish", number),),)
