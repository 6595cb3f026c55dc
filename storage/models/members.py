"""Members, contacts, consents, invites, code attempts and conversation steps."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import BigInteger, Field, Index, SQLModel, text

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class Role(StrEnum):
    """Role of a member, in ascending order of rights."""

    MEMBER = "member"
    OFFICER = "officer"
    OWNER = "owner"

    @property
    def is_officer(self) -> bool:
        """Whether this is an officer or an owner; an owner has all rights of an officer."""
        return self is not Role.MEMBER

    def outranks(self, other: "Role") -> bool:
        """Whether this role has more rights than the other."""
        ranks = list(Role)
        return ranks.index(self) > ranks.index(other)


class MemberState(StrEnum):
    """State of a membership."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Purpose(StrEnum):
    """Purpose of a consent: what the bot may send. Each needs its own opt-in."""

    ANNOUNCEMENTS = "announcements"
    DIGEST = "digest"
    MEETINGS = "meetings"
    """Invitations to meetings."""
    DUTIES = "duties"
    """Approval requests and the officers' digest; offered to officers only."""


class Member(SQLModel, table=True):
    """A person of the club. `name_sealed` is None once the person has left."""

    __table_args__ = (
        # Finds the members whose digest is due.
        Index("ix_member_digest", "digest_minute", "digest_days", "id"),
        # Finds officers and owners, who are few, for each notification to them.
        Index("ix_member_role", "role", "state"),
        # SQLite never reuses an id: a leftover reference to an erased member must match nobody.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    name_sealed: bytes | None = sealed(optional=True)
    role: Role = choice(Role, default=Role.MEMBER)
    state: MemberState = choice(MemberState, default=MemberState.ACTIVE)
    language: str = Field(max_length=8)
    area: str | None = Field(default=None, max_length=64, index=True)
    """The id of one of the club's areas (config); None means the whole province."""
    digest_minute: int = 19 * 60 + 30
    """Time of the digest, in minutes after midnight in the club's time zone."""
    digest_days: int = 0
    """Bit mask of the weekdays of the digest, bit 0 is Monday; 0 means none chosen yet."""
    digest_paused_until: datetime | None = moment(optional=True)
    """No digest is sent before this time; None when it is not paused."""
    quiet_from: int | None = None
    """Begin of the member's own quiet hours, in minutes after midnight in the club's time zone;
    None: the club's quiet hours apply."""
    quiet_until: int | None = None
    """End of the member's own quiet hours, likewise."""
    dark_pictures: bool = False
    """Charts are rendered in dark colours."""
    asked_about_meetings: bool = False
    """A digest has asked whether to send invitations to meetings; it asks once."""
    actor: int = Field(unique=True, sa_type=BigInteger)
    """The random number that stands for this person in the audit log."""
    joined_at: datetime = moment()
    left_at: datetime | None = moment(optional=True)


class Contact(SQLModel, table=True):
    """One chat of a member; at most one on each messenger."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    messenger: str = Field(max_length=16)
    lookup: bytes = keyed_hash(unique=True)
    """Keyed hash of messenger and chat id."""
    chat_sealed: bytes = sealed()
    preferred: bool = True
    """Messages that are no replies go here while it is reachable, else to another chat of the member.
    With no preferred chat they go by the cheapest messenger."""
    added_at: datetime | None = moment(optional=True)
    """When it was added by a code; a recent chat cannot remove older ones. None for the chat in which
    the member joined."""
    unreachable_since: datetime | None = moment(optional=True)
    last_interaction_sealed: bytes | None = sealed(optional=True)
    """When the person last wrote, pressed or followed, in ISO 8601; only on a messenger with a
    messaging window. None: unknown, or the platform says that the window is closed."""
    console_notice_at: datetime | None = moment(optional=True)
    """When the person was told who can read along on this messenger; None before that."""


class Consent(SQLModel, table=True):
    """One consent to one purpose, with the version of the text shown; it is ended, never overwritten."""

    __table_args__ = (
        Index(
            "ix_consent_standing",
            "member_id",
            "purpose",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_consent_purpose", "purpose", "member_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    purpose: Purpose = choice(Purpose)
    text_version: str = Field(max_length=32)
    language: str = Field(max_length=8)
    given_at: datetime = moment()
    withdrawn_at: datetime | None = moment(optional=True)


class Invite(SQLModel, table=True):
    """An invite. Its code is shown once; only the keyed hash is stored."""

    id: int | None = Field(default=None, primary_key=True)
    code_lookup: bytes = keyed_hash(unique=True)
    role: Role = choice(Role, default=Role.MEMBER)
    area: str | None = Field(default=None, max_length=64)
    uses_left: int
    expires_at: datetime = moment()
    created_by: int | None = reference("member.id", optional=True)
    """None for an invite made on the command line, or whose maker's data is erased."""
    by_operator: bool = False
    """Made on the command line: it stays valid without a member who may make it."""
    created_at: datetime = moment()
    revoked_at: datetime | None = moment(optional=True)


class CodeAttempts(SQLModel, table=True):
    """Brute-force limit: number of consecutive wrong codes of a chat, and until when it has to wait."""

    lookup: bytes = keyed_hash(primary_key=True)
    wrong: int = 0
    waits_until: datetime | None = moment(optional=True)
    updated_at: datetime = moment(index=True)


class Step(SQLModel, table=True):
    """The conversation state of a chat, stored so that it survives a restart.

    See docs/decisions/0015-the-step-is-a-row.md.
    """

    lookup: bytes = keyed_hash(primary_key=True)
    """Keyed hash of messenger and chat id; some steps come before membership."""
    name: str = Field(max_length=64)
    data_sealed: bytes = sealed()
    updated_at: datetime = moment(index=True)
