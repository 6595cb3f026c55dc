"""A verdict goes out: everyone who sent the post in is told once, through the outbox."""

from handlers import outgoing
from handlers.deciding.asking import next_version, verdict_of
from handlers.deciding.draft import Question, pressed
from handlers.deciding.held import hold_mine
from handlers.messages import Answer, Message
from handlers.routes import Routes
from handlers.speech import Speech
from handlers.turn import Sorry, Turn
from handlers.verdict import verdict_text
from storage import audit, cases, flags, outbox
from storage.models import Case, Lane, MailingKind, Role, Verdict

routes = Routes()


@routes.action("decidesend", role=Role.OFFICER)
async def publish(turn: Turn) -> Answer:
    """Exactly what the preview showed becomes the verdict; a second press finds nothing to send."""
    draft, question = pressed(turn)
    unseen = question is not Question.PREVIEW or turn.args[1:] != (draft.digest,)
    if unseen or draft.rating is None:
        raise Sorry("decide-stale")
    case = await hold_mine(turn)
    version = await next_version(turn, case)
    verdict = verdict_of(turn, case, draft, draft.rating, version)
    await cases.decide(turn.tx, case, verdict)
    await _record(turn, case, verdict)
    told = await _tell(turn, case, verdict)
    await turn.done()
    return [turn.instead(turn.say("decide-sent", code=case.code, count=told))]


async def _record(turn: Turn, case: Case, verdict: Verdict) -> None:
    await audit.record(
        turn.tx,
        turn.who,
        "case decided",
        case=case.code,
        rating=verdict.rating.value,
        version=verdict.version,
    )


async def _tell(turn: Turn, case: Case, verdict: Verdict) -> int:
    """Queues the verdict for those who asked; returns how many."""

    def write(say: Speech) -> Message:
        text = verdict_text(verdict, case.code, say)
        return Message(say("verdict-notice", code=case.code, verdict=text))

    waiting = await flags.waiting(turn.tx, case, version=verdict.version)
    mailing = await outbox.open_mailing(
        turn.tx,
        kind=MailingKind.VERDICT,
        subject=f"case {case.id} v{verdict.version}",
        lane=Lane.VERDICT,
        bodies=outgoing.in_every_language(turn.club, write),
    )
    if mailing is not None:
        await outbox.add_recipients(turn.tx, mailing, waiting)
        await flags.mark_told(turn.tx, case, verdict.version, waiting)
    return len(waiting)
