"""Makes a draft the verdict of its case and notifies everyone who flagged it."""

from handlers.authenticity import record
from handlers.conversation import Context
from handlers.deciding.verdict import fraud_links
from handlers.deciding.verdict.draft import Draft
from handlers.deciding.verdict.notify import notify_flaggers
from handlers.messages import Answer
from storage import audit_log
from storage.cases import cases
from storage.database import id_of
from storage.models import AuditAction, Case, Verdict


async def publish_draft(
    context: Context, case: Case, draft: Draft, author: int, action: AuditAction
) -> Verdict:
    """Stores the draft as the newest verdict of a locked case, logs the action and notifies.

    `author` is the officer who decided; the log names the one who acts now.
    """
    old = await cases.newest_verdict(context.tx, case)
    verdict = draft.verdict(id_of(case), case.verdict_version + 1, author, context.now)
    links = await fraud_links.candidates(context, case, draft)
    await cases.decide(context.tx, case, verdict)
    await record.verdict_went_out(context.tx, context.club, case, verdict)
    await fraud_links.store(context.tx, case, links.chosen)
    await audit_log.record(
        context.tx,
        context.current_member,
        action,
        case=case.code,
        rating=verdict.rating.value,
        version=verdict.version,
    )
    await notify_flaggers(context.tx, context.club, case, verdict, old, offload=context.offload)
    return verdict


def sent(context: Context, case: Case) -> Answer:
    """The answer to whoever published it; from here it can become an announcement."""
    rows = ((context.button("case-announce", "caseannounce", case.code),),)
    return [context.final(context.say("decide-sent", code=case.code), rows)]
