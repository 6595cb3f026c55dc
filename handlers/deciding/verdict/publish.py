"""Publishes a verdict: everyone who flagged the post is notified once, through the outbox."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.deciding.access import lock_case_to_decide
from handlers.deciding.verdict import approve, fraud_links
from handlers.deciding.verdict.draft import Draft, Question, draft_of_press
from handlers.deciding.verdict.notify import notify_flaggers
from handlers.deciding.verdict.questions import verdict_of
from handlers.messages import Answer
from storage import audit_log
from storage.cases import cases
from storage.models import AuditAction, Case, Role

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
    if draft.valid_until and draft.valid_until <= context.now:
        raise UserError("decide-until-over")
    case = await lock_case_to_decide(context)
    chosen = (await fraud_links.candidates(context, case, draft)).chosen
    draft = replace(draft, fraud_links=tuple(link.key for link in chosen))
    if context.club.verdict_approval:
        return await approve.ask_others(context, case, draft)
    return await _publish_now(context, case, draft)


async def _publish_now(context: Context, case: Case, draft: Draft) -> Answer:
    """Stores the verdict as the case's newest version and notifies the flaggers."""
    old = await cases.newest_verdict(context.tx, case)
    verdict = verdict_of(context, case, draft)
    chosen = (await fraud_links.candidates(context, case, draft)).chosen
    await cases.decide(context.tx, case, verdict)
    await fraud_links.store(context.tx, case, chosen)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.CASE_DECIDED,
        case=case.code,
        rating=verdict.rating.value,
        version=verdict.version,
    )
    await notify_flaggers(context.tx, context.club, case, verdict, old, offload=context.offload)
    await context.clear_state()
    rows = ((context.button("case-announce", "caseannounce", case.code),),)
    return [context.final(context.say("decide-sent", code=case.code), rows)]
