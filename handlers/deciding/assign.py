"""An officer opens a case, takes it, lets it wait, gives it on, or closes it as no matter of facts."""

from handlers import notifications
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold, hold_mine, is_free, is_mine, look_at
from handlers.deciding.card import card, show_above
from handlers.messages import Answer, Button, Message, Rows
from storage import audit_log
from storage.cases import cases, flags, posts
from storage.members import members
from storage.models import Case, CaseState, Lane, MailingKind, Member, Role
from storage.outbox import enqueue

routes = Routes()


@routes.action("case", role=Role.OFFICER)
async def open_card(turn: Context) -> Answer:
    """The card with the post, its pictures before it; the list stays above them."""
    case = await look_at(turn)
    return [*await show_above(turn, case), turn.reply(*await card(turn, case))]


@routes.action("casetake", role=Role.OFFICER)
async def take(turn: Context) -> Answer:
    """This officer is on it; of two who press at once, one. Who cannot have it sees why."""
    case = await hold(turn)
    if not await is_free(turn, case):
        return [turn.instead(*await card(turn, case))]
    if case.state in cases.TAKEN:
        await cases.give_back(turn.tx, case)
    await cases.take(turn.tx, case, turn.member_id)
    return await _changed(turn, case, "case taken")


@routes.action("casereturn", role=Role.OFFICER)
async def give_back(turn: Context) -> Answer:
    """Somebody else can take it now."""
    case = await hold_mine(turn)
    await cases.give_back(turn.tx, case)
    return await _changed(turn, case, "case given back")


@routes.action("casewait", role=Role.OFFICER)
async def wait(turn: Context) -> Answer:
    """A source has been asked; the case stays with this officer meanwhile."""
    case = await hold_mine(turn)
    if case.state is not CaseState.IN_REVIEW:
        raise UserError("case-waits-for-source")
    await cases.wait_for_source(turn.tx, case)
    return await _changed(turn, case, "case waits")


@routes.action("casegoon", role=Role.OFFICER)
async def go_on(turn: Context) -> Answer:
    """The source has answered."""
    case = await hold_mine(turn)
    if case.state is not CaseState.WAITING:
        raise UserError("case-not-yours")
    await cases.go_on(turn.tx, case)
    return await _changed(turn, case, "case goes on")


async def _changed(turn: Context, case: Case, deed: str) -> Answer:
    await audit_log.record(turn.tx, turn.who, deed, case=case.code)
    return [turn.instead(*await card(turn, case))]


@routes.action("casemore", role=Role.OFFICER)
async def show_more(turn: Context) -> Answer:
    """What is seldom needed."""
    case = await look_at(turn)
    rows: Rows = ((turn.button("case-note", "casenote", case.code),),)
    if is_mine(turn, case):
        rows += ((turn.button("case-hand-over", "casehand", case.code),),)
        if not case.verdict_version:
            rows += ((turn.button("case-merge", "casemerge", case.code),),)
        if len(await posts.shown_of(turn.tx, case)) > 1:
            rows += ((turn.button("case-split", "casesplit", case.code),),)
    back = (turn.button("back", "casecard", case.code),)
    return [turn.instead(turn.say("case-more-head", code=case.code), (*rows, back))]


@routes.action("casehand", role=Role.OFFICER)
async def choose_colleague(turn: Context) -> Answer:
    """Who should go on with it?"""
    case = await hold_mine(turn)
    others = await members.officers(turn.tx, but=turn.member_id)
    rows = tuple((_colleague(turn, case, other),) for other in others)
    back = (turn.button("back", "casemore", case.code),)
    key = "case-hand-over-to" if others else "case-hand-over-nobody"
    return [turn.instead(turn.say(key, code=case.code), (*rows, back))]


def _colleague(turn: Context, case: Case, other: Member) -> Button:
    name = members.name_of(turn.tx, other)
    return Button(name, action=f"casehandto:{case.code}:{members.number_of(other)}")


@routes.action("casehandto", role=Role.OFFICER)
async def hand_over(turn: Context) -> Answer:
    """The colleague is on it now, and is told."""
    case = await hold_mine(turn)
    others = await members.officers(turn.tx, but=turn.member_id)
    found = [one for one in others if members.number_of(one) == turn.number(1)]
    if not found:
        raise UserError("case-no-such-officer")
    await cases.hand_over(turn.tx, case, turn.number(1))
    await audit_log.record(turn.tx, turn.who, "case handed over", case=case.code)

    def write(say: Speech) -> Message:
        see = Button(say.plain("case-open-code", code=case.code), action=f"case:{case.code}")
        return Message(say("case-handed-to-you", code=case.code), ((see,),))

    subject = f"case {case.id} handed over {turn.tx.ids.number()}"
    await notifications.tell_officers(turn.tx, turn.club, found, subject, write, about=None)
    return [turn.instead(*await card(turn, case))]


@routes.action("casescope", role=Role.OFFICER)
async def ask_before_closing(turn: Context) -> Answer:
    """Closing erases the post, so it is asked once more."""
    case = await hold_mine(turn)
    rows = (
        (turn.button("case-scope-yes", "casescopeyes", case.code),),
        (turn.button("back", "casecard", case.code),),
    )
    return [turn.instead(turn.say("case-scope-sure", code=case.code), rows)]


@routes.action("casecard", role=Role.OFFICER)
async def back_to_card(turn: Context) -> Answer:
    """The card again, in the place of a question."""
    return [turn.instead(*await card(turn, await look_at(turn)))]


@routes.action("casescopeyes", role=Role.OFFICER)
async def close(turn: Context) -> Answer:
    """Opinion and criticism are none of this club's business: nothing of the post stays."""
    case = await hold_mine(turn)
    if case.verdict_version or case.state is not CaseState.IN_REVIEW:
        raise UserError("case-not-yours")
    await cases.close_out_of_scope(turn.tx, case)
    await audit_log.record(turn.tx, turn.who, "case out of scope", case=case.code)
    await _tell_flaggers(turn, case)
    return [turn.instead(turn.say("case-out-of-scope", code=case.code))]


async def _tell_flaggers(turn: Context, case: Case) -> None:
    def write(say: Speech) -> Message:
        return Message(say("flag-out-of-scope", code=case.code))

    mailing = await enqueue.open_mailing(
        turn.tx,
        kind=MailingKind.VERDICT,
        subject=f"case {case.id} out of scope",
        lane=Lane.VERDICT,
        bodies=notifications.in_every_language(turn.club, write),
    )
    if mailing is not None:
        await enqueue.add_recipients(turn.tx, mailing, await flags.waiting(turn.tx, case))
