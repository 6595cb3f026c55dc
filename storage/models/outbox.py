"""The outbox: what goes out (a mailing) and to whom (a delivery).

See docs/decisions/0018-durable-outbox.md.
"""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import JSON, Field, SQLModel

from storage.models.columns import choice, empty_list, moment, reference, sealed
from storage.models.members import Purpose


class MailingKind(StrEnum):
    ANNOUNCEMENT = "announcement"
    VERDICT = "verdict"
    DIGEST = "digest"
    NOTICE = "notice"
    """A word to a few people: an approval asked for or given. Sealed for each of them."""
    REMINDER = "reminder"
    """An announcement once more, for those who asked to be reminded of it."""
    CORRECTION = "correction"
    """Delivered copies of an announcement are put right, and whoever got one is told."""
    RECALL = "recall"
    """Delivered copies of an announcement are taken away."""


class MailingState(StrEnum):
    FILLING = "filling"
    """Recipients are being added; `filled_to` says how far."""
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Lane(IntEnum):
    """Who goes first when the pace is tight; the lower number."""

    VERDICT = 10
    NOTICE = 20
    REMINDER = 25
    """A copy once more, which the member asked for."""
    CORRECTION = 28
    """Copies put right or taken away."""
    URGENT = 30
    ANNOUNCEMENT = 40
    DIGEST = 50


class Mailing(SQLModel, table=True):
    """One thing that goes out, with its wording frozen per language."""

    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        # A notice may name or quote a person, so its words stand in the deliveries, sealed.
        CheckConstraint("kind <> 'notice' OR CAST(bodies AS TEXT) = '{}'", name="notice_is_sealed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: MailingKind = choice(MailingKind)
    subject: str = Field(max_length=80)
    """What makes it one of a kind (`12`, `case 7 v1`, `slot 31`): asking twice opens one mailing."""
    announcement_id: int | None = reference("announcement.id", optional=True)
    state: MailingState = choice(MailingState, index=True)
    lane: int
    purpose: Purpose | None = choice(Purpose, default=None, nullable=True)
    """The consent looked at again when a row is claimed; None for an answer somebody asked for."""
    bodies: dict[str, object] = Field(sa_type=JSON)
    """Language to message (`handlers.messages.Message` as JSON), in words that are public; empty
    where each row has its own."""
    about_id: int | None = reference("member.id", optional=True)
    """The member whom it names or quotes, beside its readers: it goes when they go."""
    wording: int = 0
    """How often `bodies` has been corrected."""
    samples: list[list[float]] = Field(sa_type=JSON, default_factory=empty_list)
    """Pairs of a time (seconds since 1970) and the number of finished deliveries at that time
    (`storage.outbox.throughput`)."""
    areas: list[str] = Field(sa_type=JSON, default_factory=empty_list)
    """Only members of these areas; empty means everyone."""
    first: str = Field(default="", max_length=64)
    """Who goes first where not all can be reached: an area, or `storage.outbox.monthly_quota.ZALO_ONLY`."""
    filled_to: int = 0
    """The highest member id already looked at while filling."""
    valid_until: datetime | None = moment(optional=True)
    unpinned_to: int | None = None
    """Of one whose copies are pinned: the highest delivery id already let go; None when none is."""
    watcher_id: int | None = reference("member.id", optional=True)
    """The officer whose chat shows the progress."""
    progress_sealed: bytes | None = sealed(optional=True)
    """Which message of the watcher's chat shows the progress."""
    created_at: datetime = moment()
    finished_at: datetime | None = moment(optional=True)
    doubts_left_at: datetime | None = moment(optional=True)
    """When it was decided that copies of unknown fate stay as they are."""


class DeliveryState(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


_OPEN = text("state IN ('queued', 'claimed', 'sending')")


class CorrectionOutcome(StrEnum):
    """What a correction or recall did to a copy that a member already had."""

    EDITED = "edited"
    DELETED = "deleted"
    NOTICE_ONLY = "notice_only"
    """It could not be changed, so the member was told in a message of its own."""
    OUT_OF_REACH = "out_of_reach"
    """Nobody knows under which id it arrived, or it can be changed no more."""


class Delivery(SQLModel, table=True):
    """One mailing to one member."""

    __table_args__ = (
        UniqueConstraint("mailing_id", "member_id"),
        Index(
            "ix_delivery_open",
            "state",
            "lane",
            "not_before",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_delivery_mailing_state", "mailing_id", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    mailing_id: int = Field(foreign_key="mailing.id")
    member_id: int | None = reference("member.id", optional=True)
    """None once the member has had their data erased: the delivery stays counted."""
    lane: int
    state: DeliveryState = choice(DeliveryState)
    attempts: int = 0
    not_before: datetime = moment()
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = moment(optional=True)
    body_sealed: bytes | None = sealed(optional=True)
    """A message of this member's own (a notice, a digest); emptied when the row is finished."""
    messenger: str | None = Field(default=None, max_length=16)
    """Of a delivery to one given chat: its messenger. None where it goes to the chat the member prefers."""
    chat_sealed: bytes | None = sealed(optional=True)
    """The given chat, which need not be a contact (any more); emptied together with `body_sealed`."""
    message_ids: list[str] = Field(sa_type=JSON, default_factory=empty_list)
    reason: str | None = Field(default=None, max_length=200)
    """Why it failed or went, in the messenger's words."""
    via: str | None = Field(default=None, max_length=16)
    """The messenger on which it was last begun to be sent: its ids mean something only there."""
    failed_via: str | None = Field(default=None, max_length=16)
    """The messenger on which it failed for good, when the member has a chat on another."""
    correction_outcome: CorrectionOutcome | None = choice(
        CorrectionOutcome, default=None, nullable=True
    )
    """Of a correction or a recall: what was done to the copy."""
    changed_at: datetime = moment()
    opened_on: date | None = None
    """The day in the club's time zone on which the member first opened it by a tap, if they did;
    an answer that passes it by ("not for me") is no such tap."""
