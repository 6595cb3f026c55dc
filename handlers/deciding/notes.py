"""Notes of officers about a case, for each other."""

from handlers.conversation import Context, Routes, UserError, typed_text
from handlers.deciding.access import load_case
from handlers.deciding.card import card
from handlers.messages import Answer
from storage import audit_log
from storage.cases import cases, notes
from storage.models import AuditAction, Role

routes = Routes()

_STEP = "case.note"
_CHARACTERS = 500


@routes.action("casenote", role=Role.OFFICER)
async def ask(context: Context) -> Answer:
    """Asks any officer for a note."""
    case = await load_case(context)
    await context.set_state(_STEP, code=case.code)
    return [context.reply(context.say("case-note-prompt", code=case.code), context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def take(context: Context) -> Answer:
    """Stores the note sealed, with its author, and shows the card."""
    wanted = UserError("case-note-length", most=_CHARACTERS)
    text = typed_text(context.incoming, _CHARACTERS, wanted, forwarded=True)
    case = await cases.with_code(context.tx, context.data["code"])
    await context.end_step()
    if case is None:
        raise UserError("button-unknown")
    await notes.write(context.tx, case, context.member_id, text)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.CASE_NOTED, case=case.code
    )
    return [context.reply(*await card(context, case))]
