"""What officers note down about a case for each other."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.length_limit import within
from handlers.conversation.routes import Routes
from handlers.deciding.access import look_at
from handlers.deciding.card import card
from handlers.messages import Answer
from storage import audit_log
from storage.cases import cases, notes
from storage.models import Role

routes = Routes()

_STEP = "case.note"
_CHARACTERS = 500


@routes.action("casenote", role=Role.OFFICER)
async def ask(turn: Context) -> Answer:
    """Any officer may add what they know."""
    case = await look_at(turn)
    await turn.go(_STEP, code=case.code)
    cancel = turn.button("cancel", "cancel")
    return [turn.reply(turn.say("case-note-prompt", code=case.code), ((cancel,),))]


@routes.step(_STEP, role=Role.OFFICER)
async def take(turn: Context) -> Answer:
    """Kept under seal, with the officer's name for the others."""
    text = turn.incoming.text.strip()
    if turn.incoming.media or turn.incoming.unsupported or not text:
        raise UserError("case-note-length", most=_CHARACTERS)
    within(text, _CHARACTERS)
    case = await cases.with_code(turn.tx, turn.data["code"])
    await turn.done()
    if case is None:
        raise UserError("button-unknown")
    await notes.write(turn.tx, case, turn.member_id, text)
    await audit_log.record(turn.tx, turn.who, "case noted", case=case.code)
    return [turn.reply(*await card(turn, case))]
