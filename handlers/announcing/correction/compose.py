"""`/dinhchinh`: other words for an announcement that went out, on their way through approval.

A correction is written, seen, sent in and approved like an announcement (`composing`, `preview`,
`submitting`, `approving`); what it does is in `amending`.
"""

from dataclasses import replace

from handlers.announcing import drafts
from handlers.announcing.compose import flow
from handlers.announcing.compose.fields import asked
from handlers.announcing.correction import picker
from handlers.announcing.drafts import Draft
from handlers.conversation.context import Context
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from handlers.views.announcement import Content, pack
from storage.announcements import announcements
from storage.database.ids import id_of
from storage.models import Role

routes = Routes()


@routes.command("dinhchinh", "correct", role=Role.OFFICER)
async def choose(context: Context) -> Answer:
    """Corrects the announcement of this number; without a number, asks which."""
    if context.args:
        return await correct(context)
    return await picker.offer(context, "correct", context.say("correcting-which"))


@routes.action("correct", role=Role.OFFICER)
async def correct(context: Context) -> Answer:
    """Asks what should read otherwise; this officer's correction that is not finished goes on."""
    number = context.number()
    _, content = await picker.out(context, number)
    begun = await _begun(context, number, content) or await _start(context, number, content)
    await context.clear_state()
    text = context.say("correcting-what", number=str(number), title=content.title)
    see = context.button("announcing-see-own", "approval-see", begun.number)
    return [context.reply(text, (*flow.field_rows(context, begun), (see,)))]


async def _begun(context: Context, number: int, content: Content) -> Draft | None:
    """What this officer began and still fits; what has been overtaken is given up."""
    mine = [
        correction
        for correction in await announcements.corrections_of(context.tx, number)
        if correction.author_id == context.member_id
    ]
    for correction in mine:
        draft = await drafts.load_locked(context, id_of(correction))
        if draft.content.corrected == content.corrected + 1:
            return draft
        await announcements.discard(context.tx, correction)
    return None


async def _start(context: Context, number: int, content: Content) -> Draft:
    correction = await announcements.start(context.tx, context.member_id, corrects_id=number)
    wording = _to_correct(context, content)
    await announcements.rewrite(context.tx, correction, pack(wording))
    return Draft(correction, wording)


def _to_correct(context: Context, content: Content) -> Content:
    """The words that went out, with every question answered: only what is changed is asked."""
    anew = replace(content, corrected=content.corrected + 1, send_at=None, checked=())
    answered = sorted(question.ask.value for question in asked(context, anew))
    return replace(anew, answered=tuple(answered))
