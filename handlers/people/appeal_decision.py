"""Officers decide appeals; never the one who suspended (refusal 10)."""

from dataclasses import asdict, dataclass

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message, Reply
from handlers.people.locking import hold
from handlers.people.notify import answer, menus
from handlers.people.reason_text import LEAST, read
from storage import audit_log
from storage.members import members, suspensions
from storage.models import Appeal, Member, Role, Suspension

routes = Routes()

_STEP = "people.judge"
_UPHELD, _LIFTED = "uphold", "lift"


@dataclass(frozen=True)
class AppealDecision:
    """What an officer is about to decide; kept in the step until it is sent."""

    appeal: int
    outcome: str
    reason: str = ""


@routes.action("appeals", role=Role.OFFICER)
async def turn_page(turn: Context) -> Answer:
    """Another page of what waits."""
    return await page(turn, turn.number())


async def page(turn: Context, number: int) -> Answer:
    """Appeals that wait, the oldest first."""
    fetched = await suspensions.waiting(
        turn.tx, limit=pagination.FETCHED, offset=number * pagination.PER_PAGE
    )
    doors = tuple([(await _door(turn, *one),) for one in pagination.shown(fetched)])
    head = turn.say("appeal-list" if fetched else "appeal-none")
    return [turn.instead(head, (*doors, *pagination.ways(turn, "appeals", number, fetched)))]


@routes.action("appeal", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """Why the member was suspended, what they say to it, and the choice."""
    appeal, suspension = await _waiting(turn, turn.number())
    member = await members.get(turn.tx, suspension.member_id)
    text = turn.say(
        "appeal-card",
        name=members.name_of(turn.tx, member),
        when=turn.say.when(suspension.suspended_at),
        reason=suspensions.reason_of(turn.tx, suspension),
        text=suspensions.text_of(turn.tx, appeal),
    )
    if not _may_judge(turn, suspension):
        return [turn.reply(text), turn.reply(turn.say("appeal-another-officer"))]
    uphold = turn.button("appeal-uphold", "judge", turn.number(), _UPHELD)
    lift = turn.button("appeal-lift", "judge", turn.number(), _LIFTED)
    return [turn.reply(text, ((uphold,), (lift,)))]


@routes.action("judge", role=Role.OFFICER)
async def ask_why(turn: Context) -> Answer:
    """Asks for the reason, which the member reads."""
    _, suspension = await _waiting(turn, turn.number())
    _must_be_another(turn, suspension)
    outcome = turn.args[1] if len(turn.args) > 1 else ""
    if outcome not in {_UPHELD, _LIFTED}:
        raise UserError("button-unknown")
    await turn.go(_STEP, **asdict(AppealDecision(turn.number(), outcome)))
    rows = ((turn.button("cancel", "cancel"),),)
    return [turn.reply(turn.say(f"appeal-ask-{outcome}", least=LEAST), rows)]


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(turn: Context) -> Answer:
    """Shows the answer as the member will read it; another text takes its place."""
    begun = AppealDecision(**turn.data)
    judgement = AppealDecision(begun.appeal, begun.outcome, read(turn))
    await turn.go(_STEP, **asdict(judgement))
    send = turn.button("appeal-send", "judge-yes", judgement.appeal)
    rows = ((send,), (turn.button("cancel", "cancel"),))
    return [_preview(turn, judgement), turn.reply(turn.say("appeal-sure"), rows)]


@routes.action("judge-yes", role=Role.OFFICER)
async def judge(turn: Context) -> Answer:
    """Decides, and tells the member why."""
    judgement = AppealDecision(**turn.data) if turn.step == _STEP else None
    if judgement is None or judgement.appeal != turn.number() or not judgement.reason:
        raise UserError("button-unknown")
    _, suspension = await _waiting(turn, judgement.appeal)
    member = (await hold(turn, suspension.member_id, Role.OFFICER)).concerned
    appeal, suspension = await _waiting(turn, judgement.appeal)  # as it is now that it is held
    _must_be_another(turn, suspension)
    await turn.done()
    await _decide(turn, appeal, member, judgement)
    return [turn.instead(turn.say("appeal-sent")), *await menus(turn, member)]


async def _decide(turn: Context, appeal: Appeal, member: Member, judgement: AppealDecision) -> None:
    lifted = judgement.outcome == _LIFTED
    await suspensions.decide(turn.tx, appeal, turn.who, lifted=lifted, answer=judgement.reason)
    if lifted:
        await suspensions.lift(turn.tx, member, turn.who)
    details = {"member": member.actor, "outcome": judgement.outcome}
    await audit_log.record(turn.tx, turn.who, "appeal decided", **details)

    def write(say: Speech) -> Message:
        return _message(say, judgement)

    await answer(turn, member, "appeal answered", write, about=turn.who)


def _preview(turn: Context, judgement: AppealDecision) -> Reply:
    return Reply(_message(turn.speech(turn.say.language), judgement))


def _message(say: Speech, judgement: AppealDecision) -> Message:
    return Message(say(f"appeal-answer-{judgement.outcome}", reason=judgement.reason))


async def _door(turn: Context, appeal: Appeal, suspension: Suspension) -> Button:
    member = await members.get(turn.tx, suspension.member_id)
    name = members.name_of(turn.tx, member)
    day = turn.say.day(appeal.made_at)
    return turn.button("appeal-line", "appeal", appeal.id or 0, name=name, day=day)


async def _waiting(turn: Context, appeal_id: int) -> tuple[Appeal, Suspension]:
    found = await suspensions.find_waiting(turn.tx, appeal_id)
    if found is None:
        raise UserError("appeal-over")
    return found


def _may_judge(turn: Context, suspension: Suspension) -> bool:
    return suspension.suspended_by != turn.member_id


def _must_be_another(turn: Context, suspension: Suspension) -> None:
    if not _may_judge(turn, suspension):
        raise UserError("appeal-another-officer")
