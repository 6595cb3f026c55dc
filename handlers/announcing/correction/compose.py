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
from storage.models import Role

routes = Routes()


@routes.command("dinhchinh", "correct", role=Role.OFFICER)
async def choose(turn: Context) -> Answer:
    """Corrects the announcement of this number; without a number, asks which."""
    if turn.args:
        return await correct(turn)
    return await picker.offer(turn, "correct", turn.say("correcting-which"))


@routes.action("correct", role=Role.OFFICER)
async def correct(turn: Context) -> Answer:
    """Asks what should read otherwise; this officer's correction that is not finished goes on."""
    number = turn.number()
    _, content = await picker.out(turn, number)
    begun = await _begun(turn, number, content) or await _start(turn, number, content)
    await turn.done()
    text = turn.say("correcting-what", number=str(number), title=content.title)
    see = turn.button("announcing-see-own", "approval-see", begun.number)
    return [turn.reply(text, (*flow.field_rows(turn, begun), (see,)))]


async def _begun(turn: Context, number: int, content: Content) -> Draft | None:
    """What this officer began and still fits; what has been overtaken is given up."""
    mine = [
        correction
        for correction in await announcements.corrections_of(turn.tx, number)
        if correction.author_id == turn.member_id
    ]
    for correction in mine:
        draft = await drafts.load_locked(turn, announcements.number_of(correction))
        if draft.content.corrected == content.corrected + 1:
            return draft
        await announcements.discard(turn.tx, correction)
    return None


async def _start(turn: Context, number: int, content: Content) -> Draft:
    correction = await announcements.start(turn.tx, turn.member_id, corrects_id=number)
    wording = _to_correct(turn, content)
    await announcements.rewrite(turn.tx, correction, pack(wording))
    return Draft(correction, wording)


def _to_correct(turn: Context, content: Content) -> Content:
    """The words that went out, with every question answered: only what is changed is asked."""
    anew = replace(content, corrected=content.corrected + 1, send_at=None, checked=())
    answered = sorted(question.ask.value for question in asked(turn, anew))
    return replace(anew, answered=tuple(answered))
