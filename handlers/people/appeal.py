"""`/khieunai`: a suspended member reads the reason and appeals; another officer decides.

The same command shows officers the open appeals.
"""

from handlers import notifications
from handlers.conversation import Context, Routes, Speech, found, require
from handlers.messages import Answer, Button, Message
from handlers.people import appeal_decision
from handlers.people.suspend import LEAST, with_valid_length, written_reason
from storage.members import members, roles, suspensions
from storage.models import Appeal, Suspension

routes = Routes(confidential=True)

_STEP = "people.appeal"


@routes.command("khieunai", "appeal", role=None, in_menu=False)
async def appeal_by_command(context: Context) -> Answer:
    """Shows a suspended member the reason and how to appeal; shows officers the open appeals."""
    if context.role and context.role.is_officer:
        return await appeal_decision.list_waiting(context)
    suspension = await _current_suspension(context)
    if context.rest:
        return await _appeal(context, suspension, with_valid_length(" ".join(context.rest.split())))
    return await _ask(context, suspension)


@routes.action("appeal-begin", role=None)
async def appeal_by_button(context: Context) -> Answer:
    """Asks for the reason of the appeal; its button is in the notice of the suspension."""
    return await _ask(context, await _current_suspension(context))


@routes.step(_STEP, role=None)
async def read_appeal(context: Context) -> Answer:
    """Takes the text of the appeal."""
    if not context.is_suspended:
        await context.end_step()
    return await _appeal(context, await _current_suspension(context), written_reason(context))


async def _ask(context: Context, suspension: Suspension) -> Answer:
    when = context.say.when(suspension.suspended_at)
    reason = suspensions.reason_of(context.tx, suspension)
    if await suspensions.open_appeal(context.tx, suspension):
        return [context.reply(context.say("appeal-waits", when=when, reason=reason))]
    await context.set_state(_STEP)
    return [context.reply(context.say("appeal-ask", when=when, reason=reason, least=LEAST))]


async def _appeal(context: Context, suspension: Suspension, text: str) -> Answer:
    # Locked: the suspension may be lifted, or appealed from another chat, at the same time.
    await roles.lock(context.tx, context.member_id, context.member_id)
    await context.end_step()
    current = await _current_suspension(context)
    appeal = await suspensions.appeal(context.tx, current, text)
    new_appeal = found(appeal, "appeal-one-at-a-time")
    await _notify_deciders(context, suspension, new_appeal)
    return [context.reply(context.say("appeal-made"))]


async def _notify_deciders(context: Context, suspension: Suspension, new_appeal: Appeal) -> None:
    """Notifies everybody who may decide: all officers but the one who suspended, else owners."""
    others = await members.officers(context.tx, but=suspension.suspended_by)
    recipients = others or await members.officers(context.tx, owners_only=True)

    def write(say: Speech) -> Message:
        return Message(
            say("appeal-came" if others else "appeal-nobody-else"),
            ((Button(say.plain("appeal-open"), f"appeal:{new_appeal.id}"),),),
        )

    await notifications.notify_officers(
        context.tx, context.club, recipients, f"appeal {new_appeal.id}", write, about=None
    )


async def _current_suspension(context: Context) -> Suspension:
    require(context.is_suspended, "appeal-nothing")
    return found(await suspensions.standing(context.tx, context.member_id), "appeal-nothing")
