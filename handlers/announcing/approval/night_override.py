"""Something urgent in the quiet hours: it goes out at once only when an officer says so, in so many
words, and the log keeps it."""

from datetime import datetime

from handlers.announcing import drafts, send_time
from handlers.announcing.approval import decide, submit
from handlers.announcing.compose import campaign, flow
from handlers.announcing.compose.preview import is_complete, show_changed
from handlers.announcing.drafts import Draft, is_author
from handlers.conversation import Context, Routes, require
from handlers.messages import Answer, ButtonStyle, Reply
from storage.models import AnnouncementState, AuditAction, Role

routes = Routes()


@routes.action("night-ask", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks once more: phones will ring."""
    draft = await _urgent(context)
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    return [
        question(context, draft, send_time.requested_time(draft.content, context.now), "night-yes")
    ]


@routes.action("night-yes", role=Role.OFFICER)
async def agree(context: Context) -> Answer:
    """This officer's yes to this version, and to this hour."""
    draft = await _urgent(context)
    if draft.version != context.number(1):
        return await show_changed(context, draft)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        await agreed(context, draft)
        return await decide.approve_draft(context, draft, at_night=True)
    if not campaign.is_denied(draft.content):
        return await campaign.ask(context, draft, at_night=True)
    return await send_at_night(context, draft)


async def send_at_night(context: Context, draft: Draft) -> Answer:
    """Sends the author's own draft at night, in a club that needs no approval.

    Raises:
        UserError: it is not urgent, or somebody else has to say yes.
    """
    _check(context, draft)
    if not is_complete(context, draft):
        return await flow.proceed(context, draft)
    await agreed(context, draft)
    return await submit.send_in(context, draft, at_night=True)


def question(context: Context, draft: Draft, start: datetime, yes: str) -> Reply:
    """Whether phones may ring at this hour; `yes` is the action that says so."""
    text = context.say("night-question", number=draft.label, when=context.say.when(start))
    sure = context.button("night-sure", yes, draft.id, draft.version, style=ButtonStyle.DANGER)
    return context.edit(text, ((context.button("back", "approval-see", draft.id), sure),))


async def agreed(context: Context, draft: Draft) -> None:
    """Keeps in the log that this officer let it out."""
    await drafts.record(context, draft, AuditAction.ANNOUNCEMENT_LET_OUT_AT_NIGHT)


async def _urgent(context: Context) -> Draft:
    """What may be let out at night by this officer.

    Raises:
        UserError: it is not urgent, or somebody else has to say yes.
    """
    draft = await drafts.load_locked(context, context.number())
    _check(context, draft)
    return draft


def _check(context: Context, draft: Draft) -> None:
    require(
        draft.state in (AnnouncementState.AWAITING_APPROVAL, AnnouncementState.DRAFT),
        f"announcing-now-{draft.state.value}",
    )
    require(draft.content.urgent and not draft.is_correction, "night-not-urgent")
    drafting = draft.state is AnnouncementState.DRAFT
    require(
        is_author(context, draft) is not bool(context.club.approvals)
        and (not drafting or not context.club.approvals),
        "night-needs-another",
    )
