"""Something urgent in the quiet hours: it goes out at once only when an officer says so, in so many
words, and the log keeps it."""

from datetime import datetime

from handlers.announcing import drafts, send_time
from handlers.announcing.approval import decide, submit
from handlers.announcing.compose.preview import show
from handlers.announcing.drafts import Draft, is_author
from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Reply
from storage.models import AnnouncementState, Role

routes = Routes()


@routes.action("night-ask", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """Asks once more: phones will ring."""
    draft = await _urgent(turn)
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    return [question(turn, draft, send_time.requested_time(draft.content, turn.now), "night-yes")]


@routes.action("night-yes", role=Role.OFFICER)
async def agree(turn: Context) -> Answer:
    """This officer's yes to this version, and to this hour."""
    draft = await _urgent(turn)
    if draft.version != turn.number(1):
        return await show(turn, draft, turn.say("announcing-changed"))
    await agreed(turn, draft)
    if draft.state is AnnouncementState.AWAITING_APPROVAL:
        return await decide.give(turn, draft, at_night=True)
    return await submit.send_in(turn, draft, at_night=True)


def question(turn: Context, draft: Draft, start: datetime, yes: str) -> Reply:
    """Whether phones may ring at this hour; `yes` is the action that says so."""
    text = turn.say("night-question", number=str(draft.number), when=turn.say.when(start))
    sure = turn.button("night-sure", yes, draft.number, draft.version)
    back = turn.button("back", "approval-see", draft.number)
    return turn.instead(text, ((back, sure),))


async def agreed(turn: Context, draft: Draft) -> None:
    """Keeps in the log that this officer let it out."""
    await drafts.record(turn, draft, "announcement let out at night")


async def _urgent(turn: Context) -> Draft:
    """What may be let out at night by this officer.

    Raises:
        Sorry: it is not urgent, or somebody else has to say yes.
    """
    draft = await drafts.load_locked(turn, turn.number())
    if draft.state not in (AnnouncementState.AWAITING_APPROVAL, AnnouncementState.DRAFT):
        raise UserError(f"announcing-now-{draft.state.value}")
    if not draft.content.urgent or draft.is_correction:
        raise UserError("night-not-urgent")
    drafting = draft.state is AnnouncementState.DRAFT
    if is_author(turn, draft) is bool(turn.club.approvals) or (drafting and turn.club.approvals):
        raise UserError("night-needs-another")
    return draft
