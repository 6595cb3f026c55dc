"""Announcements: what is said, who approved it, and what members did with it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import JSON, Field, SQLModel

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    """Approved, and waiting for its time."""
    SENDING = "sending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    """Given up before anything was sent."""
    EXPIRED = "expired"
    """Its *valid until* passed before it could be sent."""
    RECALLED = "recalled"
    """Taken back after it had gone out."""


class Announcement(SQLModel, table=True):
    """An announcement through all its versions; its id is the number people call it by."""

    id: int | None = Field(default=None, primary_key=True)
    author_id: int | None = reference("member.id", optional=True)
    """None once the author has had their data erased."""
    state: AnnouncementState = choice(AnnouncementState, index=True)
    version: int = 1
    """The number of the version that counts now."""
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True, index=True)
    """When the clock has to look at it: it begins to go out, or it is over. None: never."""
    sent_at: datetime | None = moment(optional=True, index=True)
    """When it began to go out."""
    corrects_id: int | None = reference("announcement.id", optional=True)
    """The announcement that this is a correction of; members know it by that one's number alone."""
    at_night: bool = False
    """An officer said yes to sending this version in the quiet hours."""
    repeats: int | None = reference("announcement.id", optional=True)
    """The announcement whose approved words this one says again; None for one of its own."""


class AnnouncementVersion(SQLModel, table=True):
    """One wording. It may change until it is submitted, and never after."""

    __table_args__ = (UniqueConstraint("announcement_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", index=False)
    number: int
    content: dict[str, object] = Field(sa_type=JSON)
    """The wording as `handlers.announcing` defines it: public text, nobody's personal data."""
    submitted_at: datetime | None = moment(optional=True)


class Approval(SQLModel, table=True):
    """One officer's yes or no to one exact version."""

    __table_args__ = (UniqueConstraint("version_id", "officer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = reference("announcementversion.id", index=False)
    officer_id: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    approved: bool
    reason: str | None = None
    """Why not, in the officer's words; read by the author."""
    decided_at: datetime = moment()


class Repetition(SQLModel, table=True):
    """An announcement that is sent again at every due time of a schedule, until its end."""

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", unique=True)
    """The one that was approved and went out first."""
    schedule_id: int = reference("schedule.id")
    first: datetime = moment()
    """The time of that first sending."""
    until: datetime = moment()
    """Nothing is sent after it."""
    ended_at: datetime | None = moment(optional=True)
    """When it came to its end or was stopped."""


class ShareState(StrEnum):
    SHARED = "shared"
    NOT_FOR_ME = "not_for_me"
    TAKEN_BACK = "taken_back"


class Share(SQLModel, table=True):
    """What a member said they did with an announcement; officers only ever see totals."""

    __table_args__ = (UniqueConstraint("announcement_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", index=False)
    member_id: int | None = reference("member.id", optional=True)
    """None once the member has had their data erased: the share stays counted."""
    state: ShareState = choice(ShareState)
    at: datetime = moment()
    reach: int | None = None
    """How many people saw it, as an officer read off the public post; None when nobody noted it."""


class ProofKind(StrEnum):
    LINK = "link"
    PICTURE = "picture"
    WORDS = "words"
    """Where it was shared, in the member's words."""


class Proof(SQLModel, table=True):
    """A link, a screenshot or a few words that a member chose to add to a share."""

    __table_args__ = (UniqueConstraint("share_id", "same"),)

    id: int | None = Field(default=None, primary_key=True)
    share_id: int = reference("share.id", index=False)
    kind: ProofKind = choice(ProofKind)
    platform: str | None = Field(default=None, max_length=32)
    """Of a link: where the post is (`facebook`, `zalo` …); None where that is not known."""
    content_sealed: bytes = sealed()
    """The address of the post, or the words; of a picture nothing."""
    picture_sealed: bytes | None = sealed(optional=True)
    """The screenshot without its metadata, as JPEG in base64."""
    same: bytes = keyed_hash(index=True)
    """Keyed hash of what makes two proofs the same one: post key, bytes of the picture, words."""
    picture_hash: str | None = Field(default=None, max_length=512)
    """Of a picture: its perceptual hash."""
    at: datetime = moment(index=True)
    asked_by: int | None = reference("member.id", optional=True)
    """The officer who asked about it; None once their data has been erased."""
    asked_at: datetime | None = moment(optional=True)
    question_sealed: bytes | None = sealed(optional=True)
    """What does not fit, in the officer's words; None while nobody asked."""
    answer_sealed: bytes | None = sealed(optional=True)
    """What the member answered."""


class Reminder(SQLModel, table=True):
    """One reminder a member asked for; the row goes when it has been sent."""

    __table_args__ = (UniqueConstraint("announcement_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", index=False)
    member_id: int = reference("member.id")
    due_at: datetime = moment(index=True)
