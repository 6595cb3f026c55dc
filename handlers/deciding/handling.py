"""An officer opens a case, takes it, gives it back, or closes it as no matter of facts."""

from handlers import outgoing
from handlers.deciding.card import card, show_above
from handlers.deciding.held import hold, hold_mine, is_free, look_at
from handlers.messages import Answer, Message
from handlers.routes import Routes
from handlers.speech import Speech
from handlers.turn import Sorry, Turn
from storage import audit, cases, flags, outbox
from storage.models import Case, CaseState, Lane, MailingKind, Role

routes = Routes()


@routes.action("case", role=Role.OFFICER)
async def open_card(turn: Turn) -> Answer:
    """The card with the post, its pictures before it; the list stays above them."""
    case = await look_at(turn)
    return [*await show_above(turn, case), turn.reply(*await card(turn, case))]


@routes.action("casetake", role=Role.OFFICER)
async def take(turn: Turn) -> Answer:
    """This officer is on it; of two who press at once, one. Who cannot have it sees why."""
    case = await hold(turn)
    if not await is_free(turn, case):
        return [turn.instead(*await card(turn, case))]
    if case.state is CaseState.IN_REVIEW:
        await cases.give_back(turn.tx, case)
    await cases.take(turn.tx, case, turn.member_id)
    await audit.record(turn.tx, turn.who, "case taken", case=case.code)
    return [turn.instead(*await card(turn, case))]


@routes.action("casereturn", role=Role.OFFICER)
async def give_back(turn: Turn) -> Answer:
    """Somebody else can take it now."""
    case = await hold_mine(turn)
    await cases.give_back(turn.tx, case)
    await audit.record(turn.tx, turn.who, "case given back", case=case.code)
    return [turn.instead(*await card(turn, case))]


@routes.action("casescope", role=Role.OFFICER)
async def ask_before_closing(turn: Turn) -> Answer:
    """Closing erases the post, so it is asked once more."""
    case = await hold_mine(turn)
    rows = (
        (turn.button("case-scope-yes", "casescopeyes", case.code),),
        (turn.button("back", "casecard", case.code),),
    )
    return [turn.instead(turn.say("case-scope-sure", code=case.code), rows)]


@routes.action("casecard", role=Role.OFFICER)
async def back_to_card(turn: Turn) -> Answer:
    """The card again, in the place of a question."""
    return [turn.instead(*await card(turn, await look_at(turn)))]


@routes.action("casescopeyes", role=Role.OFFICER)
async def close(turn: Turn) -> Answer:
    """Opinion and criticism are none of this club's business: nothing of the post stays."""
    case = await hold_mine(turn)
    if await cases.newest_verdict(turn.tx, case):
        raise Sorry("case-not-yours")
    await cases.close_out_of_scope(turn.tx, case)
    await audit.record(turn.tx, turn.who, "case out of scope", case=case.code)
    await _tell_flaggers(turn, case)
    return [turn.instead(turn.say("case-out-of-scope", code=case.code))]


async def _tell_flaggers(turn: Turn, case: Case) -> None:
    def write(say: Speech) -> Message:
        return Message(say("flag-out-of-scope", code=case.code))

    mailing = await outbox.open_mailing(
        turn.tx,
        kind=MailingKind.VERDICT,
        subject=f"case {case.id} out of scope",
        lane=Lane.VERDICT,
        bodies=outgoing.in_every_language(turn.club, write),
    )
    if mailing is not None:
        await outbox.add_recipients(turn.tx, mailing, await flags.waiting(turn.tx, case))
