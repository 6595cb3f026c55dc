"""Announcements: versions, approvals, recurrences, shares, share proofs and reminders."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class AnnouncementState(StrEnum):
    """State of an announcement; `storage.announcements.announcements` has the transitions."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    """Approved; sending begins at `due_at`."""
    SENDING = "sending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    """Withdrawn by its author before any copy was sent."""
    EXPIRED = "expired"
    """Its *valid until* passed before it could be sent."""
    RECALLED = "recalled"
    """Recalled after it had been sent."""


class Announcement(SQLModel, table=True):
    """One announcement with all its versions."""

    id: int | None = Field(default=None, primary_key=True)
    number: int | None = Field(default=None, unique=True)
    """What members and officers refer to it by, without gaps; None until sending begins, and for a
    correction (`storage.announcements.references`)."""
    author_id: int | None = reference("member.id", optional=True)
    """None once the author has had their data erased."""
    state: AnnouncementState = choice(AnnouncementState, index=True)
    version: int = 1
    """The number of the current version."""
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True, index=True)
    """When the timetable sends it or lets it expire; None: never."""
    sent_at: datetime | None = moment(optional=True, index=True)
    """When sending began."""
    corrects_id: int | None = reference("announcement.id", optional=True)
    """The announcement that this one corrects; members see only the number of that one."""
    at_night: bool = False
    """An officer allowed sending this version during quiet hours."""
    repeats: int | None = reference("announcement.id", optional=True)
    """The recurring announcement whose approved text this one repeats; None for any other."""


class AnnouncementVersion(SQLModel, table=True):
    """One version of the text; immutable once it is submitted."""

    __table_args__ = (UniqueConstraint("announcement_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", index=False)
    number: int
    content: dict[str, object] = Field(sa_type=JSON)
    """The content as `handlers.views.announcement` packs it: public text without personal data."""
    submitted_at: datetime | None = moment(optional=True)


class Approval(SQLModel, table=True):
    """One officer's approval or refusal of exactly one version."""

    __table_args__ = (UniqueConstraint("version_id", "officer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = reference("announcementversion.id", index=False)
    officer_id: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    approved: bool
    reason: str | None = None
    """Reason of a refusal, shown to the author."""
    decided_at: datetime = moment()


class Recurrence(SQLModel, table=True):
    """Recurrence: sends an announcement again at every due time of a schedule, until `until`."""

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", unique=True)
    """The announcement that was approved and sent first."""
    schedule_id: int = reference("schedule.id")
    first: datetime = moment()
    """When it was sent first."""
    until: datetime = moment()
    """Nothing is sent after it."""
    ended_at: datetime | None = moment(optional=True)
    """When it ended or was stopped; None while it recurs."""


class ShareState(StrEnum):
    """What a member says about sharing an announcement."""

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
    """Number of views that an officer read from the public post; None when not recorded."""


class ProofKind(StrEnum):
    """Form of a share proof."""

    LINK = "link"
    PICTURE = "picture"
    WORDS = "words"
    """Where it was shared, in the member's words."""


class Proof(SQLModel, table=True):
    """Share proof: a link, a screenshot or a short text that a member added to a share."""

    __table_args__ = (UniqueConstraint("share_id", "same"),)

    id: int | None = Field(default=None, primary_key=True)
    share_id: int = reference("share.id", index=False)
    kind: ProofKind = choice(ProofKind)
    platform: str | None = Field(default=None, max_length=32)
    """Of a link: the platform of the post (`facebook`, `zalo` …); None when unknown."""
    content_sealed: bytes = sealed()
    """The URL of the post, or the text; empty for a picture."""
    picture_sealed: bytes | None = sealed(optional=True)
    """The screenshot without its metadata, as JPEG in base64."""
    same: bytes = keyed_hash(index=True)
    """Keyed hash for deduplication: of the post key, the bytes of the picture, or the text."""
    picture_hash: str | None = Field(default=None, max_length=512)
    """Of a picture: its perceptual hash."""
    at: datetime = moment(index=True)
    asked_by: int | None = reference("member.id", optional=True)
    """The officer who asked about it; None once their data has been erased."""
    asked_at: datetime | None = moment(optional=True)
    question_sealed: bytes | None = sealed(optional=True)
    """The officer's question about it; None while nobody asked."""
    answer_sealed: bytes | None = sealed(optional=True)
    """The member's answer."""


class Reminder(SQLModel, table=True):
    """One reminder that a member asked for; deleted once it is sent."""

    __table_args__ = (UniqueConstraint("announcement_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = reference("announcement.id", index=False)
    member_id: int = reference("member.id")
    due_at: datetime = moment(index=True)
