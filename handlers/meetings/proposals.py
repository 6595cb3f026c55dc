"""What an officer writes about a meeting until it is approved: loading, saving, recording."""

from dataclasses import dataclass, replace

from handlers.conversation import Context, found, require
from handlers.meetings.content import Content, pack, unpack
from storage import audit_log
from storage.database import id_of
from storage.meetings import meetings
from storage.models import AuditAction, Meeting, MeetingState

CHANGEABLE = (MeetingState.DRAFT, MeetingState.OPEN)


@dataclass(frozen=True)
class Proposal:
    """A meeting and the content that is being written for it."""

    meeting: Meeting
    content: Content

    @property
    def id(self) -> int:
        """The id of the meeting."""
        return id_of(self.meeting)

    @property
    def version(self) -> int:
        """The number of this proposal."""
        return self.meeting.version

    @property
    def is_change(self) -> bool:
        """Whether it changes a meeting that members know."""
        return self.meeting.state is MeetingState.OPEN

    @property
    def approved(self) -> Content:
        """The content that members know."""
        return unpack(self.meeting.content)


async def start(context: Context) -> Proposal:
    """An empty proposal of a new meeting."""
    return Proposal(await meetings.start(context.tx, context.member_id), Content())


async def load(context: Context, meeting_id: int) -> Proposal:
    """The proposal of this meeting, locked.

    Raises:
        UserError: there is none (any more).
    """
    meeting = found(await meetings.lock(context.tx, meeting_id), "meeting-gone")
    require(meeting.proposal is not None, "meeting-no-proposal")
    return Proposal(meeting, unpack(meeting.proposal or {}))


async def load_own(context: Context, meeting_id: int) -> Proposal:
    """The proposal of this meeting, locked, if this officer writes it.

    Raises:
        UserError: there is none, or it is somebody else's.
    """
    proposal = await load(context, meeting_id)
    require(proposal.meeting.proposer_id == context.member_id, "meeting-not-the-author")
    return proposal


async def begin_change(context: Context, meeting: Meeting) -> Proposal:
    """The approved content as a proposal of this officer.

    Raises:
        UserError: another officer changes it at present.
    """
    if meeting.proposal is not None:
        require(meeting.proposer_id == context.member_id, "meeting-changed-by-another")
        return Proposal(meeting, unpack(meeting.proposal))
    proposal = Proposal(meeting, unpack(meeting.content))
    return await save(context, proposal, proposal.content)


async def save(context: Context, proposal: Proposal, content: Content) -> Proposal:
    """Saves the content as a new version, which nobody has approved."""
    is_new = proposal.meeting.proposal is None or content != proposal.content
    if is_new or proposal.meeting.is_pending:
        await meetings.propose(context.tx, proposal.meeting, pack(content), context.member_id)
    return replace(proposal, content=content)


async def record(context: Context, proposal: Proposal, action: AuditAction) -> None:
    """Writes what this officer did with this version to the audit log."""
    await audit_log.record(
        context.tx,
        context.current_member,
        action,
        meeting=proposal.id,
        version=proposal.version,
    )
