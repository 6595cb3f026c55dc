"""An officer's question to whoever flagged a case: as they read it, and their answer without a name.

Refusal: no-disclosure-of-flaggers.
"""

import re
from dataclasses import replace

from handlers.conversation import Context, Html, Routes, Speech, UserError, typed_text
from handlers.flagging.redaction import mask
from handlers.messages import Answer, Button, Message, Reply
from handlers.views.defang import defang
from storage import questions
from storage.cases import flags, reporter_questions
from storage.cases.flags import OwnFlag
from storage.database import id_of
from storage.models import Case, CaseQuestion

routes = Routes(confidential=True)

ANSWER_CHARACTERS = 500
_STEP = "flag.answer"
_SUBJECT = re.compile(r"question (\d+) to reporters")


def question_message(say: Speech, own: OwnFlag, text: str, number: int = 0) -> Message:
    """The question as a member reads it; without a `number`, as a preview, it has no button.

    `own` is what the member knows the case by.
    """
    quoted = say("verdict-quote", quote=defang(own.opening)) if own.opening else Html()
    head = Html("\n".join(filter(None, (say("flag-question-head", code=own.code), quoted))))
    words = Html(f"{head}\n\n{say('flag-question', question=text)}")
    button = Button(say.plain("flag-question-answer"), action=f"flag-answer:{number}")
    return Message(words, ((button,),) if number else ())


async def question_for(context: Context, case: Case) -> list[Reply]:
    """The open question of a case, for a member who flags it later than it was asked."""
    question = await reporter_questions.open_one(context.tx, case)
    if question is None or await _has_answered(context, question):
        return []
    text = reporter_questions.text_of(context.tx, question)
    own = await flags.own_flag(context.tx, case, context.member_id)
    return [Reply(question_message(context.say, own, text, id_of(question)))]


@routes.action("flag-answer")
async def ask_for_answer(context: Context) -> Answer:
    """Asks for the answer; nobody has to give one."""
    question = await _answerable(context, context.number())
    await context.set_state(_STEP, question=question.id)
    cancel = context.button("cancel", "cancel")
    text = context.say("flag-question-prompt", most=ANSWER_CHARACTERS)
    return [context.reply(text, ((cancel,),))]


@routes.step(_STEP)
async def take_answer(context: Context) -> Answer:
    """Stores the answer with personal numbers redacted, and shows it as it is stored."""
    wanted = UserError("flag-question-text", most=ANSWER_CHARACTERS)
    words = typed_text(context.incoming, ANSWER_CHARACTERS, wanted)
    question = await _answerable_still(context)
    await context.clear_state()
    if question is None:
        return [context.reply(context.say("flag-question-over"))]
    text = mask(words)
    await reporter_questions.answer(context.tx, question, context.member_id, text)
    return [context.reply(context.say("flag-question-answered", text=text))]


@routes.reply()
async def answer_reply(context: Context) -> Answer | None:
    """Takes a reply to the message with the question as the answer."""
    reply_to = context.incoming.reply_to
    mailing = await questions.mailing_answered(context.tx, context.member_id, reply_to)
    asked = _SUBJECT.fullmatch(mailing.subject) if mailing else None
    if asked is None:
        return None
    return await take_answer(replace(context, data={"question": int(asked[1])}))


def subject_of(question: CaseQuestion) -> str:
    """The subject of the mailing of a question."""
    return f"question {question.id} to reporters"


async def _answerable_still(context: Context) -> CaseQuestion | None:
    """The question of the step; None when it was closed, or answered, since it was opened."""
    try:
        return await _answerable(context, context.data["question"])
    except UserError:
        return None


async def _answerable(context: Context, number: int) -> CaseQuestion:
    """The question with this id, if it is open and this member flagged its case.

    Raises:
        UserError: it is closed, was answered, or is none of this member's.
    """
    found = await reporter_questions.numbered(context.tx, number)
    if found is None or not await flags.of_member(context.tx, found[1], context.member_id):
        raise UserError("button-unknown")
    question, _ = found
    if not reporter_questions.is_open(question):
        raise UserError("flag-question-over")
    if await _has_answered(context, question):
        raise UserError("flag-question-answered-already")
    return question


async def _has_answered(context: Context, question: CaseQuestion) -> bool:
    return await reporter_questions.has_answered(context.tx, question, context.member_id)
