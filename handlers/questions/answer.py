"""The answer: typed, seen exactly as the member will, sent without the officer's name."""

from dataclasses import replace

from handlers import notifications
from handlers.announcing.compose.link_check import warnings
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message, Reply
from handlers.questions.card import held_mine, publishing_rows
from handlers.questions.parsing import read_words
from storage import audit_log, questions
from storage.members import members
from storage.models import Question, Role

routes = Routes()

_STEP = "question.answer"


@routes.action("question-answer", role=Role.OFFICER)
async def begin(turn: Context) -> Answer:
    """Asks for the answer."""
    question = await held_mine(turn, turn.number())
    await turn.go(_STEP, question=question.id, tries=0)
    cancel = turn.button("cancel", "cancel")
    return [turn.reply(turn.say("question-answer-prompt"), ((cancel,),))]


@routes.step(_STEP, role=Role.OFFICER)
async def preview(turn: Context) -> Answer:
    """Exactly what the member will read; typing once more writes it anew."""
    text = read_words(turn.incoming)
    try:
        question = await held_mine(turn, turn.data["question"])
    except UserError as sorry:  # taken back, or given to somebody else meanwhile: this step is over
        await turn.done()
        return [turn.excuse(sorry)]
    tries = turn.data["tries"] + 1
    await turn.go(_STEP, question=question.id, tries=tries, text=text)
    send = turn.button("question-send", "question-send", questions.number_of(question), tries)
    intro = Html("\n\n".join([turn.say("question-preview"), *warnings(turn.say, [text])]))
    shown = _message(turn.speech(turn.say.language), questions.text_of(turn.tx, question), text)
    rows = ((send, turn.button("cancel", "cancel")),)
    return [
        turn.reply(intro),
        Reply(shown),
        turn.reply(turn.say("question-preview-end"), rows),
    ]


@routes.action("question-send", role=Role.OFFICER)
async def send(turn: Context) -> Answer:
    """Sends the answer of the newest preview; pressing twice sends one."""
    question = await held_mine(turn, turn.number())
    here = (turn.data.get("question"), turn.data.get("tries"))
    if turn.step != _STEP or here != (question.id, turn.number(1)):
        raise UserError("question-stale")
    text = turn.data["text"]
    await turn.done()
    await questions.answer(turn.tx, question, text)
    await audit_log.record(turn.tx, turn.who, "question answered", question=question.id)
    await _tell_asker(turn, question, text)
    return [turn.instead(turn.say("question-answered"), publishing_rows(turn, question))]


async def _tell_asker(turn: Context, question: Question, text: str) -> None:
    about = question.announcement_id or 0
    asked = questions.text_of(turn.tx, question)

    def write(say: Speech) -> Message:
        more = Button(say.plain("question-ask-more"), action=f"question-about:{about}")
        return replace(_message(say, asked, text), rows=((more,),))

    asker = await members.get(turn.tx, question.member_id)
    # `asking` reads the announcement out of the subject when the member replies to this.
    subject = f"answer {question.id} on {about}"
    await notifications.tell(turn.tx, turn.club, [asker], subject, write, about=turn.who)


def _message(say: Speech, asked: str, answer: str) -> Message:
    return Message(say("question-answer", question=asked, answer=answer))
