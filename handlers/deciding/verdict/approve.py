"""A second officer reads a verdict before members do, and says yes or no to exactly that wording."""

from collections.abc import Callable

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.length_limit import within
from handlers.conversation.routes import Routes
from handlers.deciding.access import hold, look_at
from handlers.deciding.verdict import fraud_links
from handlers.deciding.verdict.draft import Draft, pack, unpack
from handlers.deciding.verdict.notify import tell
from handlers.deciding.verdict.questions import verdict_of
from handlers.messages import Answer, Button, Message
from handlers.notifications import tell as tell_members
from handlers.notifications import tell_officers
from handlers.views.verdict import picture_of, verdict_text
from storage import audit_log
from storage.cases import cases, verdict_proposals
from storage.members import members
from storage.models import Case, CaseState, Member, Proposal, Role

routes = Routes()

_STEP = "verdict.reason"
_REASON_CHARACTERS = 500


async def ask_others(turn: Context, case: Case, draft: Draft) -> Answer:
    """The wording waits; every other officer is asked."""
    await verdict_proposals.propose(turn.tx, case, turn.member_id, pack(draft))

    def write(say: Speech) -> Message:
        see = Button(say.plain("approve-see"), action=f"verdictsee:{case.code}")
        return Message(say("approve-please", code=case.code, claim=draft.claim), ((see,),))

    others = await members.officers(turn.tx, but=turn.member_id)
    # Not by the proposal's number, which is given again once it is dropped.
    subject = f"verdict proposal {turn.tx.ids.number()}"
    await tell_officers(turn.tx, turn.club, others, subject, write, about=turn.who)
    await audit_log.record(turn.tx, turn.who, "verdict proposed", case=case.code)
    await turn.done()
    key = "approve-asked" if others else "approve-asked-nobody"
    see = turn.button("approve-see-own", "verdictsee", case.code)
    return [turn.instead(turn.say(key, code=case.code), ((see,),))]


@routes.action("verdictsee", role=Role.OFFICER)
async def see(turn: Context) -> Answer:
    """What waits, exactly as members will read it."""
    case = await look_at(turn)
    return await _show(turn, case, await _waiting(turn, case))


async def _show(turn: Context, case: Case, proposal: Proposal) -> Answer:
    draft = unpack(proposal.content)
    verdict = verdict_of(turn, case, draft)
    shown = turn.reply(verdict_text(verdict, case.code, turn.say), media=picture_of(verdict))
    case_button = turn.button("approve-case", "case", case.code)
    if proposal.officer_id == turn.member_id:
        take_back = turn.button("approve-take-back", "verdictback", case.code)
        control = turn.say("approve-your-own", code=case.code)
        return [shown, turn.reply(control, ((take_back,), (case_button,)))]
    ways = (
        turn.button("approve-yes", "verdictyes", case.code, draft.digest),
        turn.button("approve-no", "verdictno", case.code, draft.digest),
    )
    marked = fraud_links.lines(turn, await fraud_links.candidates(turn, case, draft))
    question = turn.say("approve-question", code=case.code)
    text = Html("\n\n".join(filter(None, (marked, question))))
    return [shown, turn.reply(text, (ways, (case_button,)))]


@routes.action("verdictyes", role=Role.OFFICER)
async def approve(turn: Context) -> Answer:
    """The verdict goes out, in its author's name in the log and with this officer's yes."""
    case = await hold(turn)
    proposal = await _to_decide(turn, case)
    draft = unpack(proposal.content)
    if turn.args[1:] != (draft.digest,):
        return await _show(turn, case, proposal)
    if draft.valid_until and draft.valid_until <= turn.now:
        raise UserError("decide-until-over")
    if case.state is not CaseState.IN_REVIEW or proposal.officer_id is None:
        raise UserError("approve-gone")
    return await _let_out(turn, case, draft, proposal.officer_id)


async def _let_out(turn: Context, case: Case, draft: Draft, author: int) -> Answer:
    old = await cases.newest_verdict(turn.tx, case)
    verdict = draft.verdict(cases.number_of(case), case.verdict_version + 1, author, turn.now)
    chosen = (await fraud_links.candidates(turn, case, draft)).chosen
    await cases.decide(turn.tx, case, verdict)
    await fraud_links.store(turn.tx, case, chosen)
    facts = {"rating": verdict.rating.value, "version": verdict.version}
    await audit_log.record(turn.tx, turn.who, "verdict approved", case=case.code, **facts)
    await tell(turn.tx, turn.club, case, verdict, old)
    announce = ("case-announce", f"caseannounce:{case.code}")

    def write(say: Speech) -> Message:
        button = Button(say.plain(announce[0]), action=announce[1])
        return Message(say("approve-given", code=case.code), ((button,),))

    await _tell_author(turn, author, f"verdict approved {case.id} v{verdict.version}", write)
    rows = ((turn.button(announce[0], *announce[1].split(":")),),)
    return [turn.instead(turn.say("decide-sent", code=case.code), rows)]


@routes.action("verdictno", role=Role.OFFICER)
async def refuse(turn: Context) -> Answer:
    """A no needs a reason, which the author reads."""
    case = await hold(turn)
    proposal = await _to_decide(turn, case)
    if turn.args[1:] != (unpack(proposal.content).digest,):
        return await _show(turn, case, proposal)
    await turn.go(_STEP, code=case.code, proposal=proposal.id)
    return [turn.reply(turn.say("approve-why-not"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_STEP, role=Role.OFFICER)
async def refused(turn: Context) -> Answer:
    """The author goes on writing, with the reason."""
    reason = " ".join(turn.incoming.text.split())
    if not reason:
        raise UserError("approve-reason-wanted", limit=_REASON_CHARACTERS)
    within(reason, _REASON_CHARACTERS)
    await turn.done()
    case = await cases.hold(turn.tx, turn.data["code"])
    proposal = await verdict_proposals.waiting(turn.tx, case) if case else None
    if case is None or proposal is None or proposal.id != turn.data["proposal"]:
        return [turn.reply(turn.say("approve-gone"))]
    await verdict_proposals.give_back(turn.tx, proposal)
    await audit_log.record(turn.tx, turn.who, "verdict refused", case=case.code)

    def write(say: Speech) -> Message:
        button = Button(say.plain("approve-case"), action=f"case:{case.code}")
        return Message(say("approve-refused", code=case.code, reason=reason), ((button,),))

    if proposal.officer_id:
        subject = f"verdict refused {proposal.id} {turn.tx.ids.number()}"
        await _tell_author(turn, proposal.officer_id, subject, write, about=turn.who)
    return [turn.reply(turn.say("approve-refused-thanks"))]


@routes.action("verdictback", role=Role.OFFICER)
async def take_back(turn: Context) -> Answer:
    """Its author goes on writing; nothing has gone out."""
    case = await hold(turn)
    proposal = await _waiting(turn, case)
    if proposal.officer_id != turn.member_id:
        raise UserError("case-not-yours")
    await verdict_proposals.give_back(turn.tx, proposal)
    rows = ((turn.button("case-decide", "decide", case.code),),)
    return [turn.instead(turn.say("approve-taken-back", code=case.code), rows)]


async def _tell_author(
    turn: Context,
    author: int,
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    member = await members.get(turn.tx, author)
    await tell_members(turn.tx, turn.club, [member], subject, write, about=about)


async def _waiting(turn: Context, case: Case) -> Proposal:
    proposal = await verdict_proposals.waiting(turn.tx, case)
    if proposal is None:
        raise UserError("approve-gone")
    return proposal


async def _to_decide(turn: Context, case: Case) -> Proposal:
    proposal = await _waiting(turn, case)
    if proposal.officer_id == turn.member_id:
        raise UserError("approve-own")
    return proposal
