"""`/khieunai`: a suspended member reads why, and answers; another officer decides.

The same command shows officers the appeals that wait.
"""

from handlers import notifications
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.people import appeal_decision
from handlers.people.suspend import LEAST, with_valid_length, written_reason
from storage.members import members, roles, suspensions
from storage.models import Appeal, Suspension

routes = Routes()

_STEP = "people.appeal"


@routes.command("khieunai", "appeal", role=None, in_menu=False)
async def appeal_by_command(context: Context) -> Answer:
    """For who is suspended: why, and how to answer. For officers: what waits for them."""
    if context.role and context.role.is_officer:
        return await appeal_decision.list_waiting(context)
    suspension = await _standing(context)
    if context.rest:
        return await _appeal(context, suspension, with_valid_length(" ".join(context.rest.split())))
    return await _ask(context, suspension)


@routes.action("appeal-begin", role=None)
async def appeal_by_button(context: Context) -> Answer:
    """The same from the notice."""
    return await _ask(context, await _standing(context))


@routes.step(_STEP, role=None)
async def read_appeal(context: Context) -> Answer:
    """The member's words."""
    return await _appeal(context, await _standing(context), written_reason(context))


async def _ask(context: Context, suspension: Suspension) -> Answer:
    when = context.say.when(suspension.suspended_at)
    reason = suspensions.reason_of(context.tx, suspension)
    if await suspensions.open_appeal(context.tx, suspension):
        return [context.reply(context.say("appeal-waits", when=when, reason=reason))]
    await context.set_state(_STEP)
    return [context.reply(context.say("appeal-ask", when=when, reason=reason, least=LEAST))]


async def _appeal(context: Context, suspension: Suspension, text: str) -> Answer:
    # Held: it could be lifted, or appealed from another chat, at this very moment.
    await roles.hold(context.tx, context.member_id, context.member_id)
    await context.clear_state()
    made = await suspensions.appeal(context.tx, await _standing(context), text)
    if made is None:
        raise UserError("appeal-one-at-a-time")
    await _tell_others(context, suspension, made)
    return [context.reply(context.say("appeal-made"))]


async def _tell_others(context: Context, suspension: Suspension, made: Appeal) -> None:
    """Who suspended cannot decide; where there is nobody else, owners have to find somebody."""
    others = await members.officers(context.tx, but=suspension.suspended_by)
    told = others or await members.officers(context.tx, owners_only=True)

    def write(say: Speech) -> Message:
        button = Button(say.plain("appeal-open"), f"appeal:{made.id}")
        return Message(say("appeal-came" if others else "appeal-nobody-else"), ((button,),))

    subject = f"appeal {made.id}"
    await notifications.tell_officers(context.tx, context.club, told, subject, write, about=None)


async def _standing(context: Context) -> Suspension:
    found = context.is_suspended and await suspensions.standing(context.tx, context.member_id)
    if not found:
        raise UserError("appeal-nothing")
    return found
