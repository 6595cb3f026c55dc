"""Publishes an answer in the *Hỏi – đáp* of its announcement, in general words without personal data."""

from handlers.announcing.compose.link_check import warnings
from handlers.conversation import Context, Html, Routes, found, require, within
from handlers.messages import Answer, ButtonStyle
from handlers.questions.card import card, lock_question
from handlers.questions.parsing import GENERAL_LIMIT, TEXT_LIMIT, read_general, read_words
from handlers.questions.public import entry
from storage import audit_log, questions
from storage.announcements import references
from storage.database import id_of
from storage.models import AuditAction, PublicAnswer, Question, QuestionState, Role

routes = Routes()

_QUESTION = "publish.question"
_ANSWER = "publish.answer"
_READY = "publish.ready"


@routes.action("question-publish", role=Role.OFFICER)
async def begin(context: Context) -> Answer:
    """Asks for the question in general words."""
    question = await _load_publishable(context, context.number())
    await context.set_state(_QUESTION, question=question.id)
    text = context.say(
        "question-publish-prompt", text=questions.text_of(context.tx, question), limit=GENERAL_LIMIT
    )
    return [context.reply(text, context.cancel_row())]


@routes.step(_QUESTION, role=Role.OFFICER)
async def take_question(context: Context) -> Answer:
    """Takes the question in general words; asks for the answer, which can be kept."""
    wording = read_general(context.incoming)
    number = context.data["question"]
    await context.set_state(_ANSWER, question=number, wording=wording)
    keep = context.button("question-publish-keep", "question-publish-keep", number)
    text = context.say("question-publish-answer-prompt", limit=TEXT_LIMIT)
    return [context.reply(text, ((keep, context.button("cancel", "cancel")),))]


@routes.step(_ANSWER, role=Role.OFFICER)
async def take_answer(context: Context) -> Answer:
    """Takes another wording of the answer."""
    question = await _load_publishable(context, context.data["question"])
    return await _preview(context, question, read_words(context.incoming))


@routes.action("question-publish-keep", role=Role.OFFICER)
async def keep_answer(context: Context) -> Answer:
    """Keeps the answer as the member got it."""
    question = await _load_publishable(context, context.number())
    require(context.step == _ANSWER and context.data["question"] == question.id, "question-stale")
    return await _preview(
        context, question, within(questions.answer_of(context.tx, question), TEXT_LIMIT)
    )


async def _preview(context: Context, question: Question, text: str) -> Answer:
    wording = context.data["wording"]
    await context.set_state(_READY, question=question.id, wording=wording, text=text)
    number = id_of(question)
    rows = (
        (
            context.button(
                "question-publish-yes", "question-publish-yes", number, style=ButtonStyle.SUCCESS
            ),
        ),
        (
            context.button("question-publish-again", "question-publish", number),
            context.button("cancel", "cancel"),
        ),
    )
    which = await references.of(context.tx, question.announcement_id or 0)
    intro = context.say("question-publish-preview", number=which.label)
    parts = [intro, *warnings(context.say, [wording, text]), entry(context.say, wording, text)]
    return [context.edit(Html("\n\n".join(parts)), rows)]


@routes.action("question-publish-yes", role=Role.OFFICER)
async def publish(context: Context) -> Answer:
    """Publishes question and answer for everybody who may read the announcement."""
    question = await _load_publishable(context, context.number())
    require(context.step == _READY and context.data["question"] == question.id, "question-stale")
    wording, text = context.data["wording"], context.data["text"]
    await context.clear_state()
    await questions.publish(context.tx, question, context.member_id, wording, text)
    await _record(
        context,
        question.announcement_id,
        question.public_answer_id,
        AuditAction.PUBLIC_ANSWER_ADDED,
    )
    return [context.edit(*await card(context, question))]


@routes.action("faq-remove", role=Role.OFFICER)
async def ask_before_removing(context: Context) -> Answer:
    """Asks for confirmation before removing."""
    public_answer = await _load_published(context)
    sure = context.button(
        "faq-remove-yes", "faq-remove-yes", context.number(), style=ButtonStyle.DANGER
    )
    return [
        context.edit(
            context.say("faq-remove-sure", question=public_answer.question),
            ((context.button("back", "faq", public_answer.announcement_id, 0), sure),),
        )
    ]


@routes.action("faq-remove-yes", role=Role.OFFICER)
async def remove(context: Context) -> Answer:
    """Removes it from *Hỏi – đáp*, whoever published it."""
    public_answer = await _load_published(context)
    await _record(
        context, public_answer.announcement_id, public_answer.id, AuditAction.PUBLIC_ANSWER_REMOVED
    )
    await questions.unpublish(context.tx, public_answer)
    return [context.final(context.say("faq-removed"))]


async def _load_published(context: Context) -> PublicAnswer:
    return found(await questions.public_answer(context.tx, context.number()), "button-unknown")


async def _record(
    context: Context, announcement: int | None, number: int | None, action: AuditAction
) -> None:
    await audit_log.record(
        context.tx, context.current_member, action, announcement=announcement, public_answer=number
    )


async def _load_publishable(context: Context, number: int) -> Question:
    """An answered question about an announcement that is not in its *Hỏi – đáp* yet.

    Raises:
        UserError: it is something else, as in an old or forged button.
    """
    question = await lock_question(context, number)
    is_unpublished = question.announcement_id is not None and question.public_answer_id is None
    require(question.state is QuestionState.ANSWERED and is_unpublished, "question-stale")
    return question
