"""Approval of verdicts: a second officer approves or refuses exactly one wording."""

from collections.abc import Callable

from handlers.conversation import Context, Html, Routes, Speech, UserError, found, require, within
from handlers.deciding.access import load_case, lock_case
from handlers.deciding.verdict import fraud_links
from handlers.deciding.verdict.draft import Draft, pack, unpack
from handlers.deciding.verdict.publication import publish_draft, sent
from handlers.deciding.verdict.questions import verdict_of
from handlers.messages import Answer, Button, ButtonStyle, Message
from handlers.notifications import notify, notify_officers
from handlers.views.verdict import picture_of, verdict_text
from storage import audit_log
from storage.cases import cases, verdict_proposals
from storage.members import members
from storage.models import AuditAction, Case, CaseState, Member, Proposal, Role

routes = Routes()

_STEP = "verdict.reason"
_REASON_CHARACTERS = 500


async def ask_others(context: Context, case: Case, draft: Draft) -> Answer:
    """Stores the draft as a proposal and asks every other officer for approval."""
    await verdict_proposals.propose(context.tx, case, context.member_id, pack(draft))

    def write(say: Speech) -> Message:
        return Message(
            say("approve-please", code=case.code, claim=draft.claim),
            ((Button(say.plain("approve-see"), action=f"verdictsee:{case.code}"),),),
        )

    others = await members.officers(context.tx, but=context.member_id)
    # Not by the proposal's number, which is given again once it is dropped.
    subject = f"verdict proposal {context.tx.ids.number()}"
    await notify_officers(
        context.tx, context.club, others, subject, write, about=context.current_member
    )
    await audit_log.record(
        context.tx, context.current_member, AuditAction.VERDICT_PROPOSED, case=case.code
    )
    await context.clear_state()
    key = "approve-asked" if others else "approve-asked-nobody"
    see = context.button("approve-see-own", "verdictsee", case.code)
    return [context.final(context.say(key, code=case.code), ((see,),))]


@routes.action("verdictsee", role=Role.OFFICER)
async def see(context: Context) -> Answer:
    """Shows the waiting verdict exactly as members will read it."""
    case = await load_case(context)
    return await _show(context, case, await _load_waiting(context, case))


async def _show(context: Context, case: Case, proposal: Proposal) -> Answer:
    draft = unpack(proposal.content)
    verdict = verdict_of(context, case, draft)
    shown = context.reply(verdict_text(verdict, case.code, context.say), media=picture_of(verdict))
    case_button = context.button("approve-case", "case", case.code)
    if proposal.officer_id == context.member_id:
        take_back = context.button("approve-take-back", "verdictback", case.code)
        control = context.say("approve-your-own", code=case.code)
        return [shown, context.reply(control, ((take_back,), (case_button,)))]
    decisions = (
        context.button(
            "approve-yes", "verdictyes", case.code, draft.digest, style=ButtonStyle.SUCCESS
        ),
        context.button("approve-no", "verdictno", case.code, draft.digest),
    )
    marked = fraud_links.lines(context, await fraud_links.candidates(context, case, draft))
    text = Html(
        "\n\n".join(filter(None, (marked, context.say("approve-question", code=case.code))))
    )
    return [shown, context.reply(text, (decisions, (case_button,)))]


@routes.action("verdictyes", role=Role.OFFICER)
async def approve(context: Context) -> Answer:
    """Approves and publishes the verdict; the log names the author and this officer."""
    case = await lock_case(context)
    proposal = await _load_undecided(context, case)
    draft = unpack(proposal.content)
    if context.args[1:] != (draft.digest,):
        return await _show(context, case, proposal)
    require(not draft.valid_until or draft.valid_until > context.now, "decide-until-over")
    if case.state is not CaseState.IN_REVIEW or proposal.officer_id is None:
        raise UserError("approve-gone")
    return await _publish(context, case, draft, proposal.officer_id)


async def _publish(context: Context, case: Case, draft: Draft, author: int) -> Answer:
    verdict = await publish_draft(context, case, draft, author, AuditAction.VERDICT_APPROVED)

    def write(say: Speech) -> Message:
        return Message(
            say("approve-given", code=case.code),
            ((Button(say.plain("case-announce"), action=f"caseannounce:{case.code}"),),),
        )

    await _notify_author(context, author, f"verdict approved {case.id} v{verdict.version}", write)
    return sent(context, case)


@routes.action("verdictno", role=Role.OFFICER)
async def refuse(context: Context) -> Answer:
    """Asks for the reason of a refusal, which the author reads."""
    case = await lock_case(context)
    proposal = await _load_undecided(context, case)
    if context.args[1:] != (unpack(proposal.content).digest,):
        return await _show(context, case, proposal)
    await context.set_state(_STEP, code=case.code, proposal=proposal.id)
    return [context.reply(context.say("approve-why-not"), context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def refused(context: Context) -> Answer:
    """Returns the draft to its author, with the reason."""
    reason = " ".join(context.incoming.text.split())
    require(reason, "approve-reason-wanted", limit=_REASON_CHARACTERS)
    within(reason, _REASON_CHARACTERS)
    await context.clear_state()
    case = await cases.lock(context.tx, context.data["code"])
    proposal = await verdict_proposals.waiting(context.tx, case) if case else None
    if case is None or proposal is None or proposal.id != context.data["proposal"]:
        return [context.reply(context.say("approve-gone"))]
    await verdict_proposals.give_back(context.tx, proposal)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.VERDICT_REFUSED, case=case.code
    )

    def write(say: Speech) -> Message:
        return Message(
            say("approve-refused", code=case.code, reason=reason),
            ((Button(say.plain("approve-case"), action=f"case:{case.code}"),),),
        )

    if proposal.officer_id:
        subject = f"verdict refused {proposal.id} {context.tx.ids.number()}"
        await _notify_author(
            context, proposal.officer_id, subject, write, about=context.current_member
        )
    return [context.final(context.say("approve-refused-thanks"))]


@routes.action("verdictback", role=Role.OFFICER)
async def take_back(context: Context) -> Answer:
    """Withdraws the proposal: its author can continue the draft."""
    case = await lock_case(context)
    proposal = await _load_waiting(context, case)
    require(proposal.officer_id == context.member_id, "case-not-yours")
    await verdict_proposals.give_back(context.tx, proposal)
    rows = ((context.button("case-decide", "decide", case.code),),)
    return [context.final(context.say("approve-taken-back", code=case.code), rows)]


async def _notify_author(
    context: Context,
    author: int,
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    member = await members.get(context.tx, author)
    await notify(context.tx, context.club, [member], subject, write, about=about)


async def _load_waiting(context: Context, case: Case) -> Proposal:
    return found(await verdict_proposals.waiting(context.tx, case), "approve-gone")


async def _load_undecided(context: Context, case: Case) -> Proposal:
    proposal = await _load_waiting(context, case)
    require(proposal.officer_id != context.member_id, "approve-own")
    return proposal
