"""A verdict goes out: everyone who sent the post in is told once, through the outbox."""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold_to_decide
from handlers.deciding.verdict import approve, fraud_links
from handlers.deciding.verdict.draft import Draft, Question, pressed
from handlers.deciding.verdict.notify import tell
from handlers.deciding.verdict.questions import verdict_of
from handlers.messages import Answer
from storage import audit_log
from storage.cases import cases
from storage.models import Case, Role

routes = Routes()


@routes.action("decidesend", role=Role.OFFICER)
async def publish(turn: Context) -> Answer:
    """Exactly what the preview showed becomes the verdict, or waits for another officer's yes.

    A second press finds nothing to send.
    """
    draft, question = pressed(turn)
    unseen = question is not Question.PREVIEW or turn.args[1:] != (draft.digest,)
    if unseen or draft.rating is None:
        raise UserError("decide-stale")
    if draft.valid_until and draft.valid_until <= turn.now:
        raise UserError("decide-until-over")
    case = await hold_to_decide(turn)
    chosen = (await fraud_links.candidates(turn, case, draft)).chosen
    draft = replace(draft, fraud_links=tuple(link.key for link in chosen))
    if turn.club.verdict_approval:
        return await approve.ask_others(turn, case, draft)
    return await let_out(turn, case, draft)


async def let_out(turn: Context, case: Case, draft: Draft) -> Answer:
    """The verdict counts from now on."""
    old = await cases.newest_verdict(turn.tx, case)
    verdict = verdict_of(turn, case, draft)
    chosen = (await fraud_links.candidates(turn, case, draft)).chosen
    await cases.decide(turn.tx, case, verdict)
    await fraud_links.store(turn.tx, case, chosen)
    await audit_log.record(
        turn.tx,
        turn.who,
        "case decided",
        case=case.code,
        rating=verdict.rating.value,
        version=verdict.version,
    )
    await tell(turn.tx, turn.club, case, verdict, old)
    await turn.done()
    rows = ((turn.button("case-announce", "caseannounce", case.code),),)
    return [turn.instead(turn.say("decide-sent", code=case.code), rows)]
