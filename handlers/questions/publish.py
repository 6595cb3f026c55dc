"""An answer that helps everybody goes under the announcement, in words that are about nobody."""

from handlers.announcing.compose.link_check import warnings
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.length_limit import within
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from handlers.questions.card import card, held
from handlers.questions.parsing import GENERAL_LIMIT, TEXT_LIMIT, read_general, read_words
from handlers.questions.public import entry
from storage import audit_log, questions
from storage.models import PublicAnswer, Question, QuestionState, Role

routes = Routes()

_QUESTION = "publish.question"
_ANSWER = "publish.answer"
_READY = "publish.ready"


@routes.action("question-publish", role=Role.OFFICER)
async def begin(turn: Context) -> Answer:
    """Asks for the question in general words."""
    question = await _publishable(turn, turn.number())
    await turn.go(_QUESTION, question=question.id)
    asked = questions.text_of(turn.tx, question)
    text = turn.say("question-publish-prompt", text=asked, limit=GENERAL_LIMIT)
    return [turn.reply(text, ((turn.button("cancel", "cancel"),),))]


@routes.step(_QUESTION, role=Role.OFFICER)
async def take_question(turn: Context) -> Answer:
    """The question in general words; then the answer, which can be kept."""
    wording = read_general(turn.incoming)
    number = turn.data["question"]
    await turn.go(_ANSWER, question=number, wording=wording)
    keep = turn.button("question-publish-keep", "question-publish-keep", number)
    text = turn.say("question-publish-answer-prompt", limit=TEXT_LIMIT)
    return [turn.reply(text, ((keep, turn.button("cancel", "cancel")),))]


@routes.step(_ANSWER, role=Role.OFFICER)
async def take_answer(turn: Context) -> Answer:
    """The answer in other words than the member got."""
    question = await _publishable(turn, turn.data["question"])
    return await _preview(turn, question, read_words(turn.incoming))


@routes.action("question-publish-keep", role=Role.OFFICER)
async def keep_answer(turn: Context) -> Answer:
    """The answer as the member got it."""
    question = await _publishable(turn, turn.number())
    if turn.step != _ANSWER or turn.data["question"] != question.id:
        raise UserError("question-stale")
    return await _preview(
        turn, question, within(questions.answer_of(turn.tx, question), TEXT_LIMIT)
    )


async def _preview(turn: Context, question: Question, text: str) -> Answer:
    wording = turn.data["wording"]
    await turn.go(_READY, question=question.id, wording=wording, text=text)
    number = questions.number_of(question)
    rows = (
        (turn.button("question-publish-yes", "question-publish-yes", number),),
        (
            turn.button("question-publish-again", "question-publish", number),
            turn.button("cancel", "cancel"),
        ),
    )
    intro = turn.say("question-publish-preview", number=str(question.announcement_id))
    parts = [intro, *warnings(turn.say, [wording, text]), entry(turn.say, wording, text)]
    return [turn.instead(Html("\n\n".join(parts)), rows)]


@routes.action("question-publish-yes", role=Role.OFFICER)
async def publish(turn: Context) -> Answer:
    """Everybody who may read the announcement may read this now."""
    question = await _publishable(turn, turn.number())
    if turn.step != _READY or turn.data["question"] != question.id:
        raise UserError("question-stale")
    wording, text = turn.data["wording"], turn.data["text"]
    await turn.done()
    await questions.publish(turn.tx, question, turn.member_id, wording, text)
    made = question.public_answer_id
    await _record(turn, question.announcement_id, made, "public answer added")
    return [turn.instead(*await card(turn, question))]


@routes.action("faq-remove", role=Role.OFFICER)
async def ask_before_removing(turn: Context) -> Answer:
    """What is removed is gone, so it is asked once more."""
    found = await _published(turn)
    sure = turn.button("faq-remove-yes", "faq-remove-yes", turn.number())
    back = turn.button("back", "faqpage", found.announcement_id, 0)
    return [turn.instead(turn.say("faq-remove-sure", question=found.question), ((back, sure),))]


@routes.action("faq-remove-yes", role=Role.OFFICER)
async def remove(turn: Context) -> Answer:
    """Out of *Hỏi – đáp* again, whoever put it there."""
    found = await _published(turn)
    await _record(turn, found.announcement_id, found.id, "public answer removed")
    await questions.unpublish(turn.tx, found)
    return [turn.instead(turn.say("faq-removed"))]


async def _published(turn: Context) -> PublicAnswer:
    found = await questions.public_answer(turn.tx, turn.number())
    if found is None:
        raise UserError("button-unknown")
    return found


async def _record(turn: Context, announcement: int | None, number: int | None, deed: str) -> None:
    await audit_log.record(turn.tx, turn.who, deed, announcement=announcement, public_answer=number)


async def _publishable(turn: Context, number: int) -> Question:
    """An answered question about an announcement that is not in its *Hỏi – đáp* yet.

    Raises:
        Sorry: it is something else, as in an old or forged button.
    """
    question = await held(turn, number)
    open_to_it = question.announcement_id is not None and question.public_answer_id is None
    if question.state is not QuestionState.ANSWERED or not open_to_it:
        raise UserError("question-stale")
    return question
