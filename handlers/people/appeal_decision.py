"""Officers decide appeals; never the one who suspended (refusal: no-suspension-without-appeal)."""

from dataclasses import asdict, dataclass

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.pagination import Page, paged
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message, Reply, Rows
from handlers.people.card import hold
from handlers.people.notify import answer, menus
from handlers.people.suspend import LEAST, written_reason
from storage import audit_log
from storage.database.ids import id_of
from storage.members import members, suspensions
from storage.models import Appeal, AuditAction, Member, Role, Suspension

routes = Routes()

_STEP = "people.judge"
_UPHELD, _LIFTED = "uphold", "lift"


@dataclass(frozen=True)
class AppealDecision:
    """What an officer is about to decide; kept in the step until it is sent."""

    appeal: int
    outcome: str
    reason: str = ""


@paged(routes, "appeals", role=Role.OFFICER)
async def list_waiting(context: Context, page: Page) -> tuple[Html, Rows]:
    """Appeals that wait, the oldest first."""
    fetched = await suspensions.waiting(context.tx, limit=page.limit, offset=page.offset)
    shown, others = page.split(fetched)
    doors = tuple([(await _door(context, *row),) for row in shown])
    return context.say("appeal-list" if fetched else "appeal-none"), (*doors, *others)


@routes.action("appeal", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Why the member was suspended, what they say to it, and the choice."""
    appeal, suspension = await _waiting(context, context.number())
    member = await members.get(context.tx, suspension.member_id)
    text = context.say(
        "appeal-card",
        name=members.name_of(context.tx, member),
        when=context.say.when(suspension.suspended_at),
        reason=suspensions.reason_of(context.tx, suspension),
        text=suspensions.text_of(context.tx, appeal),
    )
    if not _may_judge(context, suspension):
        return [context.reply(text), context.reply(context.say("appeal-another-officer"))]
    uphold = context.button("appeal-uphold", "judge", context.number(), _UPHELD)
    lift = context.button("appeal-lift", "judge", context.number(), _LIFTED)
    return [context.reply(text, ((uphold,), (lift,)))]


@routes.action("judge", role=Role.OFFICER)
async def ask_why(context: Context) -> Answer:
    """Asks for the reason, which the member reads."""
    _, suspension = await _waiting(context, context.number())
    _must_be_another(context, suspension)
    outcome = context.args[1] if len(context.args) > 1 else ""
    if outcome not in {_UPHELD, _LIFTED}:
        raise UserError("button-unknown")
    await context.set_state(_STEP, **asdict(AppealDecision(context.number(), outcome)))
    rows = ((context.button("cancel", "cancel"),),)
    return [context.reply(context.say(f"appeal-ask-{outcome}", least=LEAST), rows)]


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(context: Context) -> Answer:
    """Shows the answer as the member will read it; another text takes its place."""
    begun = AppealDecision(**context.data)
    judgement = AppealDecision(begun.appeal, begun.outcome, written_reason(context))
    await context.set_state(_STEP, **asdict(judgement))
    send = context.button("appeal-send", "judge-yes", judgement.appeal)
    rows = ((send,), (context.button("cancel", "cancel"),))
    return [_preview(context, judgement), context.reply(context.say("appeal-sure"), rows)]


@routes.action("judge-yes", role=Role.OFFICER)
async def judge(context: Context) -> Answer:
    """Decides, and tells the member why."""
    judgement = AppealDecision(**context.data) if context.step == _STEP else None
    if judgement is None or judgement.appeal != context.number() or not judgement.reason:
        raise UserError("button-unknown")
    _, suspension = await _waiting(context, judgement.appeal)
    member = (await hold(context, suspension.member_id, Role.OFFICER)).concerned
    appeal, suspension = await _waiting(context, judgement.appeal)  # as it is now that it is held
    _must_be_another(context, suspension)
    await context.clear_state()
    await _decide(context, appeal, member, judgement)
    return [context.edit(context.say("appeal-sent")), *await menus(context, member)]


async def _decide(
    context: Context, appeal: Appeal, member: Member, judgement: AppealDecision
) -> None:
    lifted = judgement.outcome == _LIFTED
    await suspensions.decide(
        context.tx, appeal, context.current_member, lifted=lifted, answer=judgement.reason
    )
    if lifted:
        await suspensions.lift(context.tx, member, context.current_member)
    details = {"member": member.actor, "outcome": judgement.outcome}
    await audit_log.record(
        context.tx, context.current_member, AuditAction.APPEAL_DECIDED, **details
    )

    def write(say: Speech) -> Message:
        return _message(say, judgement)

    await answer(context, member, "appeal answered", write, about=context.current_member)


def _preview(context: Context, judgement: AppealDecision) -> Reply:
    return Reply(_message(context.speech(context.say.language), judgement))


def _message(say: Speech, judgement: AppealDecision) -> Message:
    return Message(say(f"appeal-answer-{judgement.outcome}", reason=judgement.reason))


async def _door(context: Context, appeal: Appeal, suspension: Suspension) -> Button:
    member = await members.get(context.tx, suspension.member_id)
    name = members.name_of(context.tx, member)
    day = context.say.day(appeal.made_at)
    return context.button("appeal-line", "appeal", id_of(appeal), name=name, day=day)


async def _waiting(context: Context, appeal_id: int) -> tuple[Appeal, Suspension]:
    found = await suspensions.find_waiting(context.tx, appeal_id)
    if found is None:
        raise UserError("appeal-over")
    return found


def _may_judge(context: Context, suspension: Suspension) -> bool:
    return suspension.suspended_by != context.member_id


def _must_be_another(context: Context, suspension: Suspension) -> None:
    if not _may_judge(context, suspension):
        raise UserError("appeal-another-officer")
