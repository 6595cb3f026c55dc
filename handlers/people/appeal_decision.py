"""Officers decide appeals; never the one who suspended (refusal: no-suspension-without-appeal)."""

from dataclasses import asdict, dataclass

from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    Speech,
    UserError,
    found,
    paged,
    require,
)
from handlers.messages import Answer, Button, ButtonStyle, Message, Reply, Rows
from handlers.people.card import lock_members
from handlers.people.notify import answer, menus
from handlers.people.suspend import LEAST, written_reason
from storage import audit_log
from storage.database import id_of
from storage.members import members, suspensions
from storage.models import Appeal, AuditAction, Member, Role, Suspension

routes = Routes()

_STEP = "people.judge"
_UPHELD, _LIFTED = "uphold", "lift"


@dataclass(frozen=True)
class AppealDecision:
    """A decision that is not sent yet; kept in the conversation state."""

    appeal: int
    outcome: str
    reason: str = ""


@paged(routes, "appeals", role=Role.OFFICER)
async def list_waiting(context: Context, page: Page) -> tuple[Html, Rows]:
    """A page of open appeals, the oldest first."""
    fetched = await suspensions.waiting(context.tx, limit=page.limit, offset=page.offset)
    shown, others = page.split(fetched)
    appeal_buttons = tuple([(await _appeal_button(context, *row),) for row in shown])
    return context.say("appeal-list" if fetched else "appeal-none"), (*appeal_buttons, *others)


@routes.action("appeal", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows the reason of the suspension, the appeal, and both decisions."""
    appeal, suspension = await _require_open_appeal(context, context.number())
    text = context.say(
        "appeal-card",
        name=members.name_of(context.tx, await members.get(context.tx, suspension.member_id)),
        when=context.say.when(suspension.suspended_at),
        reason=suspensions.reason_of(context.tx, suspension),
        text=suspensions.text_of(context.tx, appeal),
    )
    if not _may_decide(context, suspension):
        return [context.reply(text), context.reply(context.say("appeal-another-officer"))]
    uphold = context.button("appeal-uphold", "judge", context.number(), _UPHELD)
    lift = context.button("appeal-lift", "judge", context.number(), _LIFTED)
    return [context.reply(text, ((uphold,), (lift,)))]


@routes.action("judge", role=Role.OFFICER)
async def ask_why(context: Context) -> Answer:
    """Asks for the reason of the decision, which the member will read."""
    _, suspension = await _require_open_appeal(context, context.number())
    _require_other_officer(context, suspension)
    outcome = context.args[1] if len(context.args) > 1 else ""
    require(outcome in {_UPHELD, _LIFTED}, "button-unknown")
    await context.set_state(_STEP, **asdict(AppealDecision(context.number(), outcome)))
    return [context.reply(context.say(f"appeal-ask-{outcome}", least=LEAST), context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(context: Context) -> Answer:
    """Shows the answer as the member will read it; another text replaces it."""
    draft = AppealDecision(**context.data)
    decision = AppealDecision(draft.appeal, draft.outcome, written_reason(context))
    await context.set_state(_STEP, **asdict(decision))
    rows = (
        (context.button("appeal-send", "judge-yes", decision.appeal, style=ButtonStyle.SUCCESS),),
        (context.button("cancel", "cancel"),),
    )
    return [
        Reply(_message(context.speech(context.say.language), decision)),
        context.reply(context.say("appeal-sure"), rows),
    ]


@routes.action("judge-yes", role=Role.OFFICER)
async def judge(context: Context) -> Answer:
    """Decides the appeal and sends the member the reason."""
    decision = AppealDecision(**context.data) if context.step == _STEP else None
    if decision is None or decision.appeal != context.number() or not decision.reason:
        raise UserError("button-unknown")
    _, suspension = await _require_open_appeal(context, decision.appeal)
    member = (await lock_members(context, suspension.member_id, Role.OFFICER)).concerned
    appeal, suspension = await _require_open_appeal(
        context, decision.appeal
    )  # read again under the lock
    _require_other_officer(context, suspension)
    await context.clear_state()
    await _decide(context, appeal, member, decision)
    return [context.final(context.say("appeal-sent")), *await menus(context, member)]


async def _decide(
    context: Context, appeal: Appeal, member: Member, decision: AppealDecision
) -> None:
    lifted = decision.outcome == _LIFTED
    await suspensions.decide(
        context.tx, appeal, context.current_member, lifted=lifted, answer=decision.reason
    )
    if lifted:
        await suspensions.lift(context.tx, member, context.current_member)
    details = {"member": member.actor, "outcome": decision.outcome}
    await audit_log.record(
        context.tx, context.current_member, AuditAction.APPEAL_DECIDED, **details
    )

    def write(say: Speech) -> Message:
        return _message(say, decision)

    await answer(context, member, "appeal answered", write, about=context.current_member)


def _message(say: Speech, decision: AppealDecision) -> Message:
    return Message(say(f"appeal-answer-{decision.outcome}", reason=decision.reason))


async def _appeal_button(context: Context, appeal: Appeal, suspension: Suspension) -> Button:
    name = members.name_of(context.tx, await members.get(context.tx, suspension.member_id))
    return context.button(
        "appeal-line", "appeal", id_of(appeal), name=name, day=context.say.day(appeal.made_at)
    )


async def _require_open_appeal(context: Context, appeal_id: int) -> tuple[Appeal, Suspension]:
    return found(await suspensions.find_waiting(context.tx, appeal_id), "appeal-over")


def _may_decide(context: Context, suspension: Suspension) -> bool:
    return suspension.suspended_by != context.member_id


def _require_other_officer(context: Context, suspension: Suspension) -> None:
    require(_may_decide(context, suspension), "appeal-another-officer")
