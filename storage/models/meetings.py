"""Meetings: answers, tickets, check-in, feedback and papers."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class MeetingState(StrEnum):
    """State of a meeting; `storage.meetings.meetings` has the transitions."""

    DRAFT = "draft"
    """Written, and not approved yet."""
    OPEN = "open"
    """Approved: members are invited and answer. A change of it may be written meanwhile."""
    CANCELLED = "cancelled"
    OVER = "over"


class RsvpAnswer(StrEnum):
    """What a member answered to an invitation (RFC 5545, PARTSTAT)."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    NONE = "none"
    """Asked again, and not answered since."""


class RsvpPlace(StrEnum):
    """Whether a member who said yes has a seat."""

    SEATED = "seated"
    WAITING = "waiting"
    OFFERED = "offered"
    """A freed seat is kept for this member until `offered_until`."""
    NONE = "none"


class Meeting(SQLModel, table=True):
    """One meeting; its words are public text without personal data.

    Officers write a proposal. Its approval makes it the content that members know; until then an open
    meeting keeps its approved content.
    """

    id: int | None = Field(default=None, primary_key=True)
    state: MeetingState = choice(MeetingState, index=True)
    content: dict[str, object] = Field(sa_type=JSON)
    """The approved content as `handlers.meetings.content` packs it; empty before the first approval."""
    begins_at: datetime | None = moment(index=True, optional=True)
    """This and the next three belong to the approved content; None before the first approval."""
    ends_at: datetime | None = moment(optional=True)
    answer_by: datetime | None = moment(optional=True)
    seats: int | None = None
    """None: everybody who says yes has a seat."""
    proposal: dict[str, object] | None = Field(default=None, sa_type=JSON)
    """Content that is being written or waits for approval; None if there is none."""
    is_pending: bool = False
    """Whether the proposal waits for the approval of another officer."""
    version: int = 1
    """Number of the proposal, counted up when it is saved; an approval is of exactly one."""
    author_id: int | None = reference("member.id", optional=True)
    """Who wrote the first content. None once they have had their data erased."""
    proposer_id: int | None = reference("member.id", optional=True)
    """Who wrote the proposal; None without one, and once erased."""
    approver_id: int | None = reference("member.id", optional=True)
    """The other officer who approved the content; None before, and once erased."""
    calendar_uid: str = Field(unique=True, max_length=64)
    """The UID of its calendar entry, which stays (RFC 5545, 3.8.4.7)."""
    calendar_sequence: int = 0
    """SEQUENCE: counted up with each change that members are told, and with the cancellation."""
    asked_version: int = 0
    """The version whose time and place members were asked about last."""
    opened_at: datetime | None = moment(optional=True)
    """When members were invited first."""
    due_at: datetime | None = moment(index=True, optional=True)
    """When something is due next: a reminder, the end of an offered seat, the end of the meeting."""
    reminded: int = 0
    """How many of the two reminders went out, the day before and two hours before."""
    changed_at: datetime = moment()
    invited: int = 0
    """Totals, which stay when answers and tickets are forgotten."""
    said_yes: int = 0
    waited: int = 0
    came: int = 0

    @property
    def span(self) -> tuple[datetime, datetime]:
        """When it begins and ends, as approved.

        Raises:
            ValueError: it was never approved.
        """
        if self.begins_at is None or self.ends_at is None:
            raise ValueError("a meeting that was never approved has no time")
        return self.begins_at, self.ends_at


class Rsvp(SQLModel, table=True):
    """The answer of one member, and the ticket's digits for that member alone."""

    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = reference("meeting.id", index=False)
    member_id: int = reference("member.id")
    answer: RsvpAnswer = choice(RsvpAnswer)
    place: RsvpPlace = choice(RsvpPlace, default=RsvpPlace.NONE)
    waiting_order: int | None = None
    offered_until: datetime | None = moment(optional=True, index=True)
    asked_version: int = 1
    """The version that the member was asked about."""
    wants_reminders: bool = True
    digits_sealed: bytes | None = sealed(optional=True)
    """The six digits of the ticket; None without one."""
    gave_feedback: bool = False


class Ticket(SQLModel, table=True):
    """What opens the door: who came is marked here, where no query can join it to a member.

    See docs/decisions/0040-who-came-is-told-by-the-ticket.md.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "code_lookup"),)

    id: int | None = Field(default=None, primary_key=True)
    """Random: the order of the rows says nothing."""
    meeting_id: int = reference("meeting.id", index=False)
    code_lookup: bytes = keyed_hash()
    """The keyed hash of meeting and digits."""
    holder_sealed: bytes = sealed()
    """The id of the member."""
    came: bool = False


class TicketAttempts(SQLModel, table=True):
    """Wrong digits that an officer typed at check-in since the last ticket that opened the door."""

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    wrong: int = 0
    waits_until: datetime | None = moment(optional=True)
    updated_at: datetime = moment(index=True)


class MeetingFeedback(SQLModel, table=True):
    """The feedback of one member, of whom nothing is recorded here."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = reference("meeting.id")
    content_rating: int
    """Each from 1 to 5."""
    organisation_rating: int
    place_rating: int
    words_sealed: bytes | None = sealed(optional=True)
    """With personal numbers redacted; None without words."""
    mark: int
    """A random number, the order in which feedback is shown."""
    shown_from: datetime = moment()
    """End of its batch."""


class PapersState(StrEnum):
    """State of the papers of a meeting."""

    PENDING = "pending"
    """Another officer has to approve them."""
    PUBLISHED = "published"


class MeetingPapers(SQLModel, table=True):
    """Documents and minutes of a meeting; the newest published version counts."""

    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = reference("meeting.id", index=False)
    version: int
    content: dict[str, object] = Field(sa_type=JSON)
    """The message that members open, public text without personal data."""
    for_all: bool = False
    """Whether everybody who said yes or maybe may open them; else whoever came."""
    state: PapersState = choice(PapersState)
    author_id: int | None = reference("member.id", optional=True)
    approver_id: int | None = reference("member.id", optional=True)
    published_at: datetime | None = moment(optional=True)
