"""Answering a question: typed, previewed as the member will read it, sent without a name.

After an officer takes a question, the next text they type is the draft of the answer; it stops being
one as soon as they press a button or use a command.
"""

from dataclasses import replace

from handlers import notifications
from handlers.announcing.compose.link_check import warnings
from handlers.conversation import Context, Html, Routes, Speech, UserError, require
from handlers.messages import Answer, Button, ButtonStyle, Message, Reply
from handlers.questions.card import lock_own_question, publishing_rows
from handlers.questions.parsing import read_words
from storage import audit_log, questions
from storage.database import id_of
from storage.members import members
from storage.models import AuditAction, Question, Role

routes = Routes()

_STEP = "question.answer"
_TAKEN = "question.taken"
routes.brief_step(_TAKEN)
_TICKET_LETTERS = 6


async def await_draft(context: Context, question: Question) -> None:
    """Makes the next text the draft of the answer to this question, which the officer has taken."""
    await context.set_state(_TAKEN, question=id_of(question))


@routes.action("question-answer", role=Role.OFFICER)
async def begin(context: Context) -> Answer:
    """Asks for the answer."""
    question = await lock_own_question(context, context.number())
    await context.set_state(_STEP, question=question.id)
    return [context.reply(context.say("question-answer-prompt"), context.cancel_row())]


@routes.step(_TAKEN, role=Role.OFFICER)
async def take_draft(context: Context) -> Answer | None:
    """Previews a typed text as the answer; anything else is handled as if nothing was awaited."""
    incoming = context.incoming
    is_other = incoming.forwarded or incoming.media or incoming.unsupported
    return None if is_other else await preview(context)


@routes.step(_STEP, role=Role.OFFICER)
async def preview(context: Context) -> Answer:
    """Previews exactly what the member will read; another message replaces the answer."""
    text = read_words(context.incoming)
    try:
        question = await lock_own_question(context, context.data["question"])
    except (
        UserError
    ) as refusal:  # taken back, or given to somebody else meanwhile: this step is over
        await context.clear_state()
        return [context.error_reply(refusal)]
    ticket, number = context.tx.ids.code(_TICKET_LETTERS), id_of(question)
    await context.set_state(_STEP, question=number, ticket=ticket, text=text)
    send = context.button(
        "question-send", "question-send", number, ticket, style=ButtonStyle.SUCCESS
    )
    change = context.button("question-change", "question-answer", number)
    intro = Html("\n\n".join([context.say("question-preview"), *warnings(context.say, [text])]))
    shown = _message(
        context.speech(context.say.language), questions.text_of(context.tx, question), text
    )
    return [
        context.reply(intro),
        Reply(shown),
        context.reply(
            context.say("question-preview-end"),
            ((send,), (change, context.button("cancel", "cancel"))),
        ),
    ]


@routes.action("question-send", role=Role.OFFICER)
async def send(context: Context) -> Answer:
    """Sends the answer of the newest preview; a second press is refused."""
    question = await lock_own_question(context, context.number())
    current = (context.data.get("question"), context.data.get("ticket"))
    require(
        context.step == _STEP and current == (question.id, "".join(context.args[1:2])),
        "question-stale",
    )
    text = context.data["text"]
    await context.clear_state()
    await questions.answer(context.tx, question, text)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.QUESTION_ANSWERED, question=question.id
    )
    await _notify_asker(context, question, text)
    return [context.final(context.say("question-answered"), publishing_rows(context, question))]


async def _notify_asker(context: Context, question: Question, text: str) -> None:
    about = question.announcement_id or 0
    question_text = questions.text_of(context.tx, question)

    def write(say: Speech) -> Message:
        return replace(
            _message(say, question_text, text),
            rows=((Button(say.plain("question-ask-more"), action=f"question-about:{about}"),),),
        )

    asker = await members.get(context.tx, question.member_id)
    # `handlers.questions.ask` reads the announcement from the subject when the member replies.
    subject = f"answer {question.id} on {about}"
    await notifications.notify(
        context.tx, context.club, [asker], subject, write, about=context.current_member
    )


def _message(say: Speech, question: str, answer: str) -> Message:
    return Message(say("question-answer", question=question, answer=answer))
