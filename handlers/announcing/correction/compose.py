"""`/dinhchinh`: writes a correction of a sent announcement.

A correction is composed, previewed, submitted and approved like an announcement;
`handlers.announcing.apply_correction` applies it.
"""

from dataclasses import replace

from handlers.announcing import drafts, picker
from handlers.announcing.compose import preview
from handlers.announcing.compose.card import field_rows
from handlers.announcing.compose.fields import Ask
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Routes
from handlers.messages import Answer
from handlers.views.announcement import CAMPAIGN_DENIED, Content, pack
from handlers.views.announcement_reference import named
from storage.announcements import announcements
from storage.announcements.references import Reference
from storage.database import id_of
from storage.models import AnnouncementState, Role

routes = Routes()


@routes.command(
    "dinhchinh", "correct", role=Role.OFFICER, phrases=picker.wish("dinh chinh", "correct")
)
async def choose(context: Context) -> Answer:
    """Corrects the announcement that is named; without a number, asks which."""
    return (
        await correct(context)
        if context.args
        else await picker.offer(context, "correct", context.say("correcting-which"))
    )


@routes.action("correct", role=Role.OFFICER)
async def correct(context: Context) -> Answer:
    """Opens the card of a correction, or the fields of one that waits for approval."""
    which = await named(context)
    _, content = await picker.load_published(context, which)
    draft = await _unfinished(context, which, content) or await _start(context, which, content)
    await context.clear_state()
    text = context.say("correcting-what", number=which.label)
    if draft.state is AnnouncementState.DRAFT:
        return await preview.show(context, draft, text)
    see = context.button("announcing-see-own", "approval-see", draft.id)
    return [context.reply(text, (*await field_rows(context, draft), (see,)))]


async def _unfinished(context: Context, which: Reference, content: Content) -> Draft | None:
    """This officer's draft for the current version; drafts for earlier versions are discarded."""
    own_corrections = [
        correction
        for correction in await announcements.corrections_of(context.tx, which.id)
        if correction.author_id == context.member_id
    ]
    for correction in own_corrections:
        draft = await drafts.load_locked(context, id_of(correction))
        if draft.content.corrected == content.corrected + 1:
            return draft
        await announcements.discard(context.tx, correction)
    return None


async def _start(context: Context, which: Reference, content: Content) -> Draft:
    correction = await announcements.start(context.tx, context.member_id, corrects_id=which.id)
    wording = _correction_content(content)
    await announcements.rewrite(context.tx, correction, pack(wording))
    return Draft(correction, wording, which)


def _correction_content(content: Content) -> Content:
    """The sent content with every question answered, so that only changed fields are asked."""
    correction = replace(content, corrected=content.corrected + 1, send_at=None, checked=())
    answered = (*(ask.value for ask in Ask), CAMPAIGN_DENIED)
    return replace(correction, answered=tuple(sorted(answered)))
