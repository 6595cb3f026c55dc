"""Publishes a verdict: everyone who flagged the post is notified once, through the outbox."""

from dataclasses import replace

from handlers.conversation import Context, Routes, UserError, require
from handlers.deciding.access import lock_case_to_decide
from handlers.deciding.verdict import approve, fraud_links
from handlers.deciding.verdict.draft import Question, draft_of_press
from handlers.deciding.verdict.publication import publish_draft, sent
from handlers.messages import Answer
from storage.models import AuditAction, Role

routes = Routes()


@routes.action("decidesend", role=Role.OFFICER)
async def publish(context: Context) -> Answer:
    """Publishes exactly what the preview showed, or submits it for another officer's approval.

    A second press is refused, because the step is over.
    """
    draft, question = draft_of_press(context)
    is_outdated = question is not Question.PREVIEW or context.args[1:] != (draft.digest,)
    if is_outdated or draft.rating is None:
        raise UserError("decide-stale")
    require(not draft.valid_until or draft.valid_until > context.now, "decide-until-over")
    case = await lock_case_to_decide(context)
    if context.club.verdict_approval:
        # The other officer approves the links that were marked now.
        chosen = (await fraud_links.candidates(context, case, draft)).chosen
        draft = replace(draft, fraud_links=tuple(link.key for link in chosen))
        return await approve.ask_others(context, case, draft)
    await publish_draft(context, case, draft, context.member_id, AuditAction.CASE_DECIDED)
    await context.clear_state()
    return sent(context, case)
