"""Suspending a member, for a reason they read; and lifting it again (refusal 10)."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.people import card
from handlers.people.locking import hold
from handlers.people.notify import menus, tell
from handlers.people.reason_text import LEAST, read
from handlers.people.search import may_open
from storage import audit_log
from storage.members import members, suspensions
from storage.members.roles import Held
from storage.models import MemberState, Role

routes = Routes()

_STEP = "people.suspend"


@routes.action("suspend", role=Role.OFFICER)
async def ask_why(turn: Context) -> Answer:
    """Asks for the reason; nothing has happened yet."""
    held = await _held(turn, MemberState.ACTIVE)
    await turn.go(_STEP, member=turn.number())
    name = members.name_of(turn.tx, held.concerned)
    rows = ((turn.button("cancel", "cancel"),),)
    return [turn.instead(turn.say("people-ask-reason", name=name, least=LEAST), rows)]


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(turn: Context) -> Answer:
    """Shows the reason as the member will read it; another text takes its place."""
    reason = read(turn)
    number = turn.data["member"]
    held = await hold(turn, number, Role.OFFICER)
    await turn.go(_STEP, member=number, reason=reason)
    name = members.name_of(turn.tx, held.concerned)
    yes = turn.button("people-suspend-yes", "suspend-yes", number)
    rows = ((yes,), (turn.button("cancel", "cancel"),))
    return [turn.reply(turn.say("people-suspend-sure", name=name, reason=reason), rows)]


@routes.action("suspend-yes", role=Role.OFFICER)
async def suspend(turn: Context) -> Answer:
    """From now on they may not act as a member; they are told why and how to appeal."""
    reason = turn.data.get("reason")
    if turn.step != _STEP or turn.data["member"] != turn.number() or not reason:
        raise UserError("button-unknown")
    held = await _held(turn, MemberState.ACTIVE)
    await turn.done()
    await suspensions.suspend(turn.tx, held.concerned, turn.who, reason)
    await audit_log.record(turn.tx, turn.who, "member suspended", member=held.concerned.actor)

    def write(say: Speech) -> Message:
        button = Button(say.plain("appeal-button"), "appeal-begin")
        return Message(say("people-you-are-suspended", reason=reason), ((button,),))

    await tell(turn, held.concerned, "suspended", write, about=turn.who)
    name = members.name_of(turn.tx, held.concerned)
    return [
        turn.instead(turn.say("people-suspended", name=name)),
        *await menus(turn, held.concerned),
    ]


@routes.action("lift", role=Role.OFFICER)
async def ask_to_lift(turn: Context) -> Answer:
    """One question before it is lifted."""
    held = await _held(turn, MemberState.SUSPENDED)
    name = members.name_of(turn.tx, held.concerned)
    rows = ((turn.button("people-lift", "lift-yes", turn.number()),),)
    return [turn.instead(turn.say("people-lift-sure", name=name), rows)]


@routes.action("lift-yes", role=Role.OFFICER)
async def lift(turn: Context) -> Answer:
    """The person is a member as before, with the role and the choices they had."""
    held = await _held(turn, MemberState.SUSPENDED)
    await suspensions.lift(turn.tx, held.concerned, turn.who)
    await audit_log.record(turn.tx, turn.who, "suspension lifted", member=held.concerned.actor)
    await tell(turn, held.concerned, "lifted", lambda say: Message(say("people-you-are-back")))
    name = members.name_of(turn.tx, held.concerned)
    return [
        turn.instead(turn.say("people-lifted", name=name)),
        *await menus(turn, held.concerned),
    ]


async def _held(turn: Context, state: MemberState) -> Held:
    """Both sides, if this officer may decide about this person, who is in this state now.

    Raises:
        Sorry: they may not, or somebody was quicker.
    """
    held = await hold(turn, turn.number(), Role.OFFICER)
    begun = turn.step == _STEP and turn.data["member"] == turn.number()
    known = begun or may_open(turn, turn.number())
    if not known or not card.may_suspend(turn, held.concerned):
        raise UserError("button-not-yours")
    if held.concerned.state is not state:
        raise UserError("people-changed")
    return held
