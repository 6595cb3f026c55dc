"""The outbox: mailings (what is sent) and deliveries (one for each recipient).

See docs/decisions/0018-durable-outbox.md.
"""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlmodel import JSON, CheckConstraint, Field, Index, SQLModel, UniqueConstraint, text

from storage.models.columns import choice, empty_list, moment, reference, sealed
from storage.models.members import Purpose


class MailingKind(StrEnum):
    """What a mailing contains."""

    ANNOUNCEMENT = "announcement"
    MEETING = "meeting"
    """An invitation to a meeting, or what changed about it."""
    VERDICT = "verdict"
    DIGEST = "digest"
    NOTICE = "notice"
    """A notification to few people, such as a request for approval; sealed for each recipient."""
    REMINDER = "reminder"
    """An announcement again, for members who asked for a reminder."""
    CORRECTION = "correction"
    """Edits delivered copies of an announcement, and notifies their recipients."""
    RECALL = "recall"
    """Deletes delivered copies of an announcement."""


class MailingState(StrEnum):
    """State of a mailing."""

    FILLING = "filling"
    """Deliveries are being added, up to the member id `filled_to`."""
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Lane(IntEnum):
    """Priority of a delivery; the lower number is sent first."""

    VERDICT = 10
    MISSED = 15
    """What a member missed while their messaging window was closed, sent after their next message."""
    NOTICE = 20
    REMINDER = 25
    """A copy that the member asked for again."""
    CORRECTION = 28
    """Edits and deletions of delivered copies."""
    URGENT = 30
    ANNOUNCEMENT = 40
    DIGEST = 50


_SHOWN = text("progress_sealed IS NOT NULL")
_PINNED = text("unpinned_to IS NOT NULL")


class Mailing(SQLModel, table=True):
    """One message to many recipients, with its text fixed for each language."""

    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        # They find what the agenda asks for, which is few rows or none.
        Index("ix_mailing_progress", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
        Index("ix_mailing_pinned", "valid_until", sqlite_where=_PINNED, postgresql_where=_PINNED),
        # A notice may name or quote a person, so its text is sealed in the deliveries.
        CheckConstraint("kind <> 'notice' OR CAST(bodies AS TEXT) = '{}'", name="notice_is_sealed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: MailingKind = choice(MailingKind)
    subject: str = Field(max_length=80)
    """Idempotency key within its kind (`12`, `case 7 v1`, `slot 31`): a second request adds nothing."""
    announcement_id: int | None = reference("announcement.id", optional=True)
    state: MailingState = choice(MailingState, index=True)
    lane: int
    purpose: Purpose | None = choice(Purpose, default=None, nullable=True)
    """The consent that is checked again when a delivery is claimed; None for a requested answer."""
    bodies: dict[str, object] = Field(sa_type=JSON)
    """Language to message (`handlers.messages.Message` as JSON), public text; empty where each
    delivery has a body of its own, or only the picture that those bodies are sent with."""
    about_id: int | None = reference("member.id", optional=True)
    """The member whom it names or quotes, who is not a recipient; it is erased with their data."""
    wording: int = 0
    """Revision of `bodies`: the number of corrections so far."""
    samples: list[list[float]] = Field(sa_type=JSON, default_factory=empty_list)
    """Pairs of a time (seconds since 1970) and the number of finished deliveries at that time
    (`storage.outbox.throughput`)."""
    areas: list[str] = Field(sa_type=JSON, default_factory=empty_list)
    """Only members of these areas; empty means everyone."""
    first: str = Field(default="", max_length=64)
    """Who is sent to first where not everybody can be: an area, `priority.ONE_APP_ONLY` or
    `priority.WINDOW_ENDS`."""
    from_quota: bool = True
    """Whether copies may be taken from the quota of the account's package."""
    paid_most: int = 0
    """How many copies may be paid for, with those of its corrections and its recall."""
    filled_to: int = 0
    """The highest member id already processed while filling."""
    valid_until: datetime | None = moment(optional=True)
    unpinned_to: int | None = None
    """Of a mailing with pinned copies: the highest delivery id already unpinned; None otherwise."""
    watcher_id: int | None = reference("member.id", optional=True)
    """The officer whose chat shows the progress."""
    progress_sealed: bytes | None = sealed(optional=True)
    """The id of the progress message in the watcher's chat."""
    created_at: datetime = moment()
    finished_at: datetime | None = moment(optional=True)
    uncertain_dismissed_at: datetime | None = moment(optional=True)
    """When an officer decided that uncertain deliveries are not sent again."""


class DeliveryState(StrEnum):
    """State of a delivery; `storage.outbox.deliveries` has the transitions."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"
    """The chat cannot be reached: the bot is blocked, or the account is deleted."""
    UNCERTAIN = "uncertain"
    """It may have arrived; the messenger's answer was lost."""
    CANCELLED = "cancelled"
    NOT_NOW = "not_now"
    """The messaging window is closed, or nothing may be spent: it waits for the member's next message."""


_OPEN = text("state IN ('queued', 'claimed', 'sending')")


class CorrectionOutcome(StrEnum):
    """What a correction or recall did to a copy that a member already had."""

    EDITED = "edited"
    DELETED = "deleted"
    NOTICE_ONLY = "notice_only"
    """The copy could not be changed; the member was notified in a new message."""
    OUT_OF_REACH = "out_of_reach"
    """The id of the copy is unknown, or the messenger does not allow changing it any more."""


class Delivery(SQLModel, table=True):
    """One mailing to one recipient."""

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
    """None once the member's data is erased; the delivery still counts."""
    lane: int
    """That of its mailing, or `Lane.MISSED`."""
    state: DeliveryState = choice(DeliveryState)
    attempts: int = 0
    not_before: datetime = moment()
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = moment(optional=True)
    body_sealed: bytes | None = sealed(optional=True)
    """The message of this recipient alone (a notice, a digest); None once the delivery has ended."""
    messenger: str | None = Field(default=None, max_length=16)
    """Of a delivery to a given chat: its messenger. None: it goes to the chat the member prefers."""
    chat_sealed: bytes | None = sealed(optional=True)
    """The given chat, which may be no contact (any more); None once `body_sealed` is None."""
    message_ids: list[str] = Field(sa_type=JSON, default_factory=empty_list)
    reason: str | None = Field(default=None, max_length=200)
    """Why it failed, in the messenger's words."""
    via: str | None = Field(default=None, max_length=16)
    """The messenger of the last attempt; `message_ids` are ids of that messenger."""
    failed_via: str | None = Field(default=None, max_length=16)
    """The messenger on which it failed permanently before it was retried on another one."""
    correction_outcome: CorrectionOutcome | None = choice(
        CorrectionOutcome, default=None, nullable=True
    )
    """Of a correction or a recall: what was done to the copy."""
    changed_at: datetime = moment()
    """When the state changed last; of a delivery in `Lane.MISSED`, the begin of that batch: a moment
    would say when the member wrote."""
    opened_on: date | None = None
    """The day (club's time zone) on which the member first tapped a button of it; None if never.
    "Not for me" does not count."""
