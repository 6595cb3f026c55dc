"""Members, how to reach them, what they agreed to, and the invites that let them in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class Role(StrEnum):
    MEMBER = "member"
    OFFICER = "officer"
    OWNER = "owner"

    @property
    def is_officer(self) -> bool:
        """Officers and owners alike: an owner does all that an officer does."""
        return self is not Role.MEMBER

    def outranks(self, other: "Role") -> bool:
        """Whether this role may do more than the other."""
        ranks = list(Role)
        return ranks.index(self) > ranks.index(other)


class MemberState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class Purpose(StrEnum):
    """What a member can agree to be sent. Each is agreed to by itself and is off at first."""

    ANNOUNCEMENTS = "announcements"
    DIGEST = "digest"
    DUTIES = "duties"
    """What needs an officer: approvals asked for, the officers' digest. Offered to officers only."""


class Member(SQLModel, table=True):
    """A person of the club. `name_sealed` is None once they have left."""

    __table_args__ = (
        # Whose digest is due: a few of many.
        Index("ix_member_digest", "digest_minute", "digest_days", "id"),
        # Officers and owners: a handful of many, looked for whenever they are to hear something.
        Index("ix_member_role", "role", "state"),
        # A number is never given out again: what still names an erased member must name nobody.
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
    """When the member's digest comes, in minutes after midnight in the club's time zone."""
    digest_days: int = 0
    """Days of the digest, bit 0 is Monday; 0 means none chosen yet."""
    digest_paused_until: datetime | None = moment(optional=True)
    """No digest of the member's comes before; None when they paused none."""
    quiet_from: int | None = None
    """When the member's own quiet hours begin, in minutes after midnight in the club's time zone;
    None where the club's suffice."""
    quiet_until: int | None = None
    dark_pictures: bool = False
    """Charts are drawn for an app that is set to dark."""
    actor: int = Field(unique=True, sa_type=BigInteger)
    """The random number that names this person in the audit log."""
    joined_at: datetime = moment()
    left_at: datetime | None = moment(optional=True)


class Contact(SQLModel, table=True):
    """One chat in which a member can be reached; a member may have one on each messenger."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = reference("member.id")
    messenger: str = Field(max_length=16)
    lookup: bytes = keyed_hash(unique=True)
    """Keyed hash of messenger and chat id."""
    chat_sealed: bytes = sealed()
    preferred: bool = True
    """What nobody asked for goes here, as long as it is reachable; else to another chat of theirs."""
    came_at: datetime | None = moment(optional=True)
    """When it came to the record by a code: a chat that came lately takes no other away. None for
    the chat in which the record began."""
    unreachable_since: datetime | None = moment(optional=True)


class Consent(SQLModel, table=True):
    """One purpose agreed to, with the text that was read; it ends, it is never overwritten."""

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
    """A way in. The code itself is shown once and only its keyed hash is kept."""

    id: int | None = Field(default=None, primary_key=True)
    code_lookup: bytes = keyed_hash(unique=True)
    role: Role = choice(Role, default=Role.MEMBER)
    area: str | None = Field(default=None, max_length=64)
    uses_left: int
    expires_at: datetime = moment()
    created_by: int | None = reference("member.id", optional=True)
    """None for an invite made on the command line, or by somebody who has erased their data."""
    by_operator: bool = False
    """Made on the command line: it needs no member who may still hand it out."""
    created_at: datetime = moment()
    revoked_at: datetime | None = moment(optional=True)


class CodeAttempts(SQLModel, table=True):
    """How many wrong invite codes a chat has tried, so that guessing has to wait."""

    lookup: bytes = keyed_hash(primary_key=True)
    wrong: int = 0
    waits_until: datetime | None = moment(optional=True)
    updated_at: datetime = moment(index=True)


class Step(SQLModel, table=True):
    """Where a person is in a conversation, so that a restart forgets nothing.

    See docs/decisions/0015-the-step-is-a-row.md.
    """

    lookup: bytes = keyed_hash(primary_key=True)
    """Keyed hash of messenger and chat id: some steps come before membership."""
    name: str = Field(max_length=64)
    data_sealed: bytes = sealed()
    updated_at: datetime = moment(index=True)
