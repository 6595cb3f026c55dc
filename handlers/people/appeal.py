"""`/khieunai`: a suspended member reads why, and answers; another officer decides.

The same command shows officers the appeals that wait.
"""

from handlers import notifications
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.people import appeal_decision
from handlers.people.reason_text import LEAST, checked, read
from storage.members import members, roles, suspensions
from storage.models import Appeal, Suspension

routes = Routes()

_STEP = "people.appeal"


@routes.command("khieunai", "appeal", role=None, in_menu=False)
async def appeal_by_command(turn: Context) -> Answer:
    """For who is suspended: why, and how to answer. For officers: what waits for them."""
    if turn.role and turn.role.is_officer:
        return await appeal_decision.page(turn, 0)
    suspension = await _standing(turn)
    if turn.rest:
        return await _appeal(turn, suspension, checked(" ".join(turn.rest.split())))
    return await _ask(turn, suspension)


@routes.action("appeal-begin", role=None)
async def appeal_by_button(turn: Context) -> Answer:
    """The same from the notice."""
    return await _ask(turn, await _standing(turn))


@routes.step(_STEP, role=None)
async def read_appeal(turn: Context) -> Answer:
    """The member's words."""
    return await _appeal(turn, await _standing(turn), read(turn))


async def _ask(turn: Context, suspension: Suspension) -> Answer:
    when = turn.say.when(suspension.suspended_at)
    reason = suspensions.reason_of(turn.tx, suspension)
    if await suspensions.open_appeal(turn.tx, suspension):
        return [turn.reply(turn.say("appeal-waits", when=when, reason=reason))]
    await turn.go(_STEP)
    return [turn.reply(turn.say("appeal-ask", when=when, reason=reason, least=LEAST))]


async def _appeal(turn: Context, suspension: Suspension, text: str) -> Answer:
    # Held: it could be lifted, or appealed from another chat, at this very moment.
    await roles.hold(turn.tx, turn.member_id, turn.member_id)
    await turn.done()
    made = await suspensions.appeal(turn.tx, await _standing(turn), text)
    if made is None:
        raise UserError("appeal-one-at-a-time")
    await _tell_others(turn, suspension, made)
    return [turn.reply(turn.say("appeal-made"))]


async def _tell_others(turn: Context, suspension: Suspension, made: Appeal) -> None:
    """Who suspended cannot decide; where there is nobody else, owners have to find somebody."""
    others = await members.officers(turn.tx, but=suspension.suspended_by)
    told = others or await members.officers(turn.tx, owners_only=True)

    def write(say: Speech) -> Message:
        button = Button(say.plain("appeal-open"), f"appeal:{made.id}")
        return Message(say("appeal-came" if others else "appeal-nobody-else"), ((button,),))

    subject = f"appeal {made.id}"
    await notifications.tell_officers(turn.tx, turn.club, told, subject, write, about=None)


async def _standing(turn: Context) -> Suspension:
    found = turn.is_suspended and await suspensions.standing(turn.tx, turn.member_id)
    if not found:
        raise UserError("appeal-nothing")
    return found
