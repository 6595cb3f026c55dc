"""The answer to the question about campaigning, which the author gets when submitting."""

from handlers.announcing import drafts
from handlers.announcing.approval import night_override, submit
from handlers.announcing.compose import campaign, parsing
from handlers.announcing.compose.card import edit_button
from handlers.announcing.compose.fields import Ask
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Routes, UserError, found, require
from handlers.messages import Answer
from storage.models import AnnouncementState, Role

routes = Routes()


@routes.action("campaign-no", role=Role.OFFICER)
async def deny(context: Context) -> Answer:
    """The author denies that it campaigns: submits exactly the wording that was asked about."""
    return await _deny(context, await _pressed_draft(context))


@routes.action("campaign-yes", role=Role.OFFICER)
async def admit(context: Context) -> Answer:
    """The author says that it campaigns: refuses it, and offers to change or discard it."""
    return await _refuse(context, await _pressed_draft(context))


@routes.step(campaign.STEP, role=Role.OFFICER)
async def answer(context: Context) -> Answer:
    """Reads the answer that was typed instead of tapped."""
    try:
        draft = await _draft(context)
    except UserError as refusal:  # submitted or discarded meanwhile: this step is over
        await context.clear_state()
        return [context.error_reply(refusal)]
    require(not context.incoming.media, "announcing-press-a-button")
    typed = found(parsing.yes_or_no(context.incoming.text), "announcing-press-a-button")
    return await (_refuse if typed == "yes" else _deny)(context, draft)


async def _deny(context: Context, draft: Draft) -> Answer:
    denied = await drafts.save_content(context, draft, campaign.denied(draft.content))
    return (
        await night_override.send_at_night(context, denied)
        if context.data["at_night"]
        else await submit.send_in(context, denied)
    )


async def _refuse(context: Context, draft: Draft) -> Answer:
    await context.clear_state()
    edits = tuple(edit_button(context, draft, ask) for ask in (Ask.TITLE, Ask.TEXT))
    discard = context.button("announcing-discard", "draft-discard", draft.id, draft.version)
    return [context.edit(context.say("announcing-campaign-refused"), (edits, (discard,)))]


async def _pressed_draft(context: Context) -> Draft:
    """The draft of the pressed button, if its question is the current one.

    Raises:
        UserError: the conversation has moved on, and the wording may be another now.
    """
    asked_about = (context.data.get("number"), context.data.get("version"))
    require(
        context.step == campaign.STEP and asked_about == (context.number(), context.number(1)),
        "announcing-old-question",
    )
    return await _draft(context)


async def _draft(context: Context) -> Draft:
    draft = await drafts.load_own(context, context.data["number"])
    require(
        draft.state is AnnouncementState.DRAFT and draft.version == context.data["version"],
        f"announcing-now-{draft.state.value}",
    )
    return draft
