"""`/hoi`, or a reply to an announcement: a member asks the officers, and can take it back."""

import re
from datetime import datetime, timedelta

from handlers import notifications
from handlers.announcing.archive import readable
from handlers.conversation import Context, Routes, Speech, UserError, require, within
from handlers.conversation.small_talk import is_courtesy, says_shared
from handlers.messages import Answer, Button, Message
from handlers.questions.parsing import TEXT_LIMIT, is_question, read_words
from handlers.views.announcement_reference import named
from storage import questions
from storage.announcements import references
from storage.announcements.references import Reference
from storage.database import id_of
from storage.members import members
from storage.models import Mailing, MailingKind

routes = Routes(confidential=True)

QUESTIONS_A_DAY = 10
BATCH = timedelta(minutes=10)
"""Officers are notified of new questions at most this often."""

_STEP = "question.text"
_UNCLEAR_STEP = "question.said"
routes.passive_step(_UNCLEAR_STEP)
_TICKET_LETTERS = 6
_DAY = timedelta(days=1)
_ABOUT = re.compile(r"(?:answer \d+ on|reminder) (\d+)\b")
"""In the subject of a mailing: the announcement that an answer or a reminder is about."""


@routes.command("hoi", "ask", words=["đặt câu hỏi", "câu hỏi", "ask a question"])
async def ask(context: Context) -> Answer:
    """Sends the text after the command as a question, else asks for one."""
    return await (send(context, context.rest, None) if context.rest else _prompt(context, None))


@routes.action("question-about")
async def ask_about(context: Context) -> Answer:
    """Asks for a question about one announcement, or with 0 about the club."""
    about = await named(context)
    return await _prompt(context, about if about.id else None)


@routes.step(_STEP)
async def take_words(context: Context) -> Answer:
    """Takes the message as the question."""
    text = read_words(context.incoming)
    await context.clear_state()
    return await send(context, text, await _about(context, context.data["about"]))


@routes.reply()
async def answer_reply(context: Context) -> Answer | None:
    """Takes a question that replies to a copy, a reminder or an earlier answer.

    A reply that does not read like a question is sent only if the member confirms.
    """
    incoming, text = context.incoming, context.incoming.text.strip()
    if incoming.media or incoming.unsupported or not text or is_courtesy(text):
        return None
    if says_shared(text):
        return None
    mailing = await questions.mailing_answered(context.tx, context.member_id, incoming.reply_to)
    about = _announcement_of(mailing) if mailing else None
    if about is None:
        return None
    if is_question(text):
        return await send(context, text, await _about(context, about))
    return await _offer_to_ask(context, text, about)


async def _about(context: Context, announcement_id: int) -> Reference | None:
    """The announcement with this id; None for 0, the club in general."""
    return await references.of(context.tx, announcement_id) if announcement_id else None


async def _offer_to_ask(context: Context, text: str, about: int) -> Answer:
    ticket = context.tx.ids.code(_TICKET_LETTERS)
    await context.set_state(
        _UNCLEAR_STEP, text=within(text, TEXT_LIMIT), about=about, ticket=ticket
    )
    yes = context.button("question-ask-club", "question-meant", ticket)
    return [context.reply(context.say("question-meant"), ((yes,),))]


@routes.action("question-meant")
async def send_as_question(context: Context) -> Answer:
    """Sends the reply as a question after the member confirmed."""
    require(
        context.step == _UNCLEAR_STEP and context.args == (context.data["ticket"],),
        "button-unknown",
    )
    await context.clear_state()
    about = await _about(context, context.data["about"])
    return await send(context, context.data["text"], about)


@routes.action("question-withdraw")
async def withdraw(context: Context) -> Answer:
    """Withdraws and erases an open question."""
    question = await questions.lock(context.tx, context.number())
    if question is None or question.member_id != context.member_id:
        raise UserError("button-unknown")
    require(question.state in questions.OPEN, "question-too-late")
    await questions.erase(context.tx, question)
    return [context.edit(context.say("question-withdrawn"))]


async def _prompt(context: Context, about: Reference | None) -> Answer:
    await _check(context, about)
    await context.set_state(_STEP, about=about.id if about else 0)
    key = "question-prompt-about" if about else "question-prompt"
    text = context.say(key, number=about.label if about else "", limit=TEXT_LIMIT)
    return [context.reply(text, context.cancel_row())]


async def send(context: Context, text: str, about: Reference | None) -> Answer:
    """Sends a question to the officers, about an announcement or with None about the club.

    Raises:
        UserError: it is too long, or the member has asked enough for a day.
    """
    await _check(context, about)
    question = await questions.ask(
        context.tx, context.member_id, within(text, TEXT_LIMIT), about.id if about else None
    )
    await _notify_officers(context)
    key = "question-sent-about" if about else "question-sent"
    take_back = context.button("question-take-back", "question-withdraw", id_of(question))
    said = context.say(key, number=about.label if about else "")
    return [context.edit(said, ((take_back,),))]


async def _check(context: Context, about: Reference | None) -> None:
    if about:
        await readable(context, about)
    require(
        await questions.count_since(context.tx, context.member_id, context.now - _DAY)
        < QUESTIONS_A_DAY,
        "question-too-many",
        most=QUESTIONS_A_DAY,
    )


async def _notify_officers(context: Context) -> None:
    """Queues one notice for all questions of a batch, due when the batch ends."""

    def write(say: Speech) -> Message:
        return Message(
            say("question-new"), ((Button(say.plain("question-see"), action="questions:0"),),)
        )

    ends_at = _batch_end(context.now)
    officers = await members.officers(context.tx)
    subject = f"questions until {ends_at:%Y-%m-%d %H:%M}"
    await notifications.notify_officers(
        context.tx, context.club, officers, subject, write, about=None, not_before=ends_at
    )


def _batch_end(now: datetime) -> datetime:
    minute = now.replace(second=0, microsecond=0)
    return minute + BATCH - timedelta(minutes=minute.minute) % BATCH


def _announcement_of(mailing: Mailing) -> int | None:
    """The announcement a reply is about; 0: the club in general; None: no subject of questions."""
    if mailing.kind in (MailingKind.ANNOUNCEMENT, MailingKind.CORRECTION):
        return mailing.announcement_id
    subject = _ABOUT.match(mailing.subject)
    return int(subject[1]) if subject else None
