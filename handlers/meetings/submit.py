"""Approval of a meeting or a change: one officer submits, another approves exactly that version."""

from handlers.conversation import Context, Routes, Speech, UserError, require, within
from handlers.meetings import notify, proposals, waiting_list
from handlers.meetings.card import show
from handlers.meetings.card_fields import missing
from handlers.meetings.content import Content
from handlers.meetings.flow import proceed
from handlers.meetings.invitation import is_open_for_answers, summary
from handlers.meetings.proposals import Proposal
from handlers.messages import Answer, Button, Message
from handlers.notifications import notify as notify_members
from handlers.notifications import notify_officers
from storage.meetings import meetings
from storage.meetings.meetings import Arrangement
from storage.members import members
from storage.models import AuditAction, Role

routes = Routes()

_REASON = "meeting.reason"
_REASON_LIMIT = 500


@routes.action("meeting-submit", role=Role.OFFICER)
async def submit(context: Context) -> Answer:
    """Asks the other officers for approval; without required approvals, it goes out."""
    proposal = await proposals.load_own(context, context.number())
    if proposal.version != context.number(1):
        return await show(context, proposal, context.say("meeting-changed-since"))
    if missing(context, proposal.content):
        return await proceed(context, proposal)
    _check(context, proposal)
    await proposals.record(context, proposal, AuditAction.MEETING_SUBMITTED)
    await context.clear_state()
    if not context.club.approvals:
        return await _publish(context, proposal, approver_id=None)
    proposal.meeting.is_pending = True
    return await _ask_others(context, proposal)


def _check(context: Context, proposal: Proposal) -> None:
    """Refuses what is too late, and a change that changes nothing."""
    begins_at = proposal.content.begins_at
    require(begins_at and begins_at > context.now, "meeting-begins-in-the-past")
    require(is_open_for_answers(proposal.content, context.now), "meeting-deadline-over")
    if proposal.is_change:
        require(proposal.content != proposal.approved, "meeting-nothing-to-submit")


async def _ask_others(context: Context, proposal: Proposal) -> Answer:
    def write(say: Speech) -> Message:
        key = "meeting-please-approve-change" if proposal.is_change else "meeting-please-approve"
        see = Button(say.plain("announcing-see"), action=f"meeting-see:{proposal.id}")
        return Message(say(key, meeting=summary(say, proposal.content)), ((see,),))

    officers = await members.officers(context.tx, but=context.member_id)
    subject = f"meeting approval {proposal.id} v{proposal.version}"
    await notify_officers(
        context.tx, context.club, officers, subject, write, about=context.current_member
    )
    key = "meeting-submitted" if officers else "meeting-submitted-to-nobody"
    see = context.button("meeting-see", "meeting-see", proposal.id)
    return [context.final(context.say(key), ((see,),))]


@routes.action("meeting-take-back", role=Role.OFFICER)
async def take_back(context: Context) -> Answer:
    """Makes a proposal that waits for approval a draft again."""
    proposal = await proposals.load_own(context, context.number())
    proposal = await proposals.save(context, proposal, proposal.content)
    return await show(context, proposal, context.say("meeting-taken-back"))


@routes.action("meeting-approve", role=Role.OFFICER)
async def approve(context: Context) -> Answer:
    """Approves exactly this version: members are invited, or told of the change."""
    proposal = await _undecided(context, context.number())
    if proposal.version != context.number(1):
        return await show(context, proposal, context.say("meeting-changed-since"))
    _check(context, proposal)
    proposer_id = proposal.meeting.proposer_id
    await proposals.record(context, proposal, AuditAction.MEETING_APPROVED)
    await _tell_proposer(context, proposal, proposer_id, reason="")
    return await _publish(context, proposal, approver_id=context.member_id)


async def _publish(context: Context, proposal: Proposal, *, approver_id: int | None) -> Answer:
    before, after = proposal.approved, proposal.content
    moved = proposal.is_change and _is_moved(before, after)
    arrangement = _arrangement(after)
    is_change = proposal.is_change
    await meetings.approve(
        context.tx, proposal.meeting, arrangement, approver_id, asks=moved or not is_change
    )
    await notify.published(
        context.tx, context.club, proposal.meeting, before if is_change else None
    )
    await waiting_list.settle(context.tx, context.club, proposal.meeting)
    key = "meeting-change-out" if is_change else "meeting-out"
    see = context.button("meeting-see", "meeting-see", proposal.id)
    return [context.final(context.say(key), ((see,),))]


def _arrangement(content: Content) -> Arrangement:
    assert content.begins_at is not None  # noqa: S101 – `missing` was asked
    assert content.ends_at is not None  # noqa: S101
    return Arrangement(content.begins_at, content.ends_at, content.answer_by, content.seats)


def _is_moved(before: Content, after: Content) -> bool:
    """Whether time or place differ, so that everybody who comes has to be asked again."""

    def where_and_when(content: Content) -> tuple[object, ...]:
        return content.begins_at, content.ends_at, content.place, content.link

    return where_and_when(before) != where_and_when(after)


@routes.action("meeting-refuse", role=Role.OFFICER)
async def refuse(context: Context) -> Answer:
    """Asks for the reason of a refusal, which its author reads."""
    proposal = await _undecided(context, context.number())
    if proposal.version != context.number(1):
        return await show(context, proposal, context.say("meeting-changed-since"))
    await context.set_state(_REASON, meeting=proposal.id, version=proposal.version)
    return [context.reply(context.say("announcing-why-not"), context.cancel_row())]


@routes.step(_REASON, role=Role.OFFICER)
async def refused(context: Context) -> Answer:
    """Returns the proposal to its author, with the reason."""
    reason = " ".join(context.incoming.text.split())
    require(reason, "announcing-reason-wanted", limit=_REASON_LIMIT)
    within(reason, _REASON_LIMIT)
    await context.clear_state()
    try:
        proposal = await _undecided(context, context.data["meeting"])
    except UserError as refusal:  # decided by somebody else meanwhile: this step is over
        return [context.error_reply(refusal)]
    if proposal.version != context.data["version"]:
        return await show(context, proposal, context.say("meeting-changed-since"))
    proposal.meeting.is_pending = False
    await proposals.record(context, proposal, AuditAction.MEETING_REFUSED)
    await _tell_proposer(context, proposal, proposal.meeting.proposer_id, reason=reason)
    return [context.final(context.say("announcing-refused"))]


async def _tell_proposer(
    context: Context, proposal: Proposal, proposer_id: int | None, *, reason: str
) -> None:
    if proposer_id is None:
        return

    def write(say: Speech) -> Message:
        see = Button(say.plain("meeting-see"), action=f"meeting-see:{proposal.id}")
        meeting = summary(say, proposal.content)
        key = "meeting-your-own-refused" if reason else "meeting-your-own-approved"
        text = say(key, meeting=meeting, reason=reason) if reason else say(key, meeting=meeting)
        return Message(text, ((see,),))

    author = await members.get(context.tx, proposer_id)
    subject = f"meeting decided {proposal.id} v{proposal.version}"
    await notify_members(
        context.tx, context.club, [author], subject, write, about=context.current_member
    )


async def _undecided(context: Context, meeting_id: int) -> Proposal:
    """The proposal that waits for approval, for an officer who did not write it.

    Raises:
        UserError: this officer wrote it, or it does not wait for approval.
    """
    proposal = await proposals.load(context, meeting_id)
    require(proposal.meeting.proposer_id != context.member_id, "announcing-own-approval")
    require(proposal.meeting.is_pending, "meeting-not-pending")
    return proposal
