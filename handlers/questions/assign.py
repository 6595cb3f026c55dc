"""An officer takes a question, gives it back, or closes it because it needs no answer."""

from handlers import notifications
from handlers.conversation import Context, Html, Routes, Speech
from handlers.messages import Answer, Message
from handlers.questions.answer import await_draft
from handlers.questions.card import card, is_free, is_mine, lock_own_question, lock_question
from storage import audit_log, questions
from storage.members import members
from storage.models import AuditAction, Role

routes = Routes()


@routes.action("question-take", role=Role.OFFICER)
async def take(context: Context) -> Answer:
    """Assigns the question to this officer and awaits the answer; if another was faster, says so."""
    question = await lock_question(context, context.number())
    if await is_free(context, question):
        await questions.take(context.tx, question, context.member_id)
        await audit_log.record(
            context.tx, context.current_member, AuditAction.QUESTION_TAKEN, question=question.id
        )
    text, rows = await card(context, question)
    if not is_mine(context, question):
        return [context.edit(text, rows)]
    await await_draft(context, question)
    return [context.edit(Html(f"{text}\n\n{context.say('question-type-now')}"), rows)]


@routes.action("question-return", role=Role.OFFICER)
async def give_back(context: Context) -> Answer:
    """Returns the question to the queue."""
    question = await lock_own_question(context, context.number())
    await questions.give_back(context.tx, question)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.QUESTION_GIVEN_BACK, question=question.id
    )
    return [context.edit(*await card(context, question))]


@routes.action("question-close", role=Role.OFFICER)
async def close(context: Context) -> Answer:
    """Closes a message that needs no answer; notifies its author that it was read."""
    question = await lock_own_question(context, context.number())
    await questions.close(context.tx, question)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.QUESTION_CLOSED, question=question.id
    )

    def write(say: Speech) -> Message:
        return Message(say("question-closed-notice", day=say.day(question.asked_at)))

    asker = await members.get(context.tx, question.member_id)
    await notifications.notify(
        context.tx, context.club, [asker], f"closed question {question.id}", write, about=None
    )
    return [context.edit(*await card(context, question))]
