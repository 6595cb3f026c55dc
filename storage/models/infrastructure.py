"""What keeps the bot honest and on time: inbox, schedules, leases, the audit log."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import JSON, Field, SQLModel

from storage.models.columns import (
    choice,
    empty_dict,
    keyed_hash,
    moment,
    reference,
    sealed,
)

_WAITING = text("handled_at IS NULL")


class Suspicion(StrEnum):
    """The suspicion against an update that was being handled when a process ended uncleanly.

    `storage.inbox.poison_updates` has the transitions. Most updates have none.
    """

    SUSPECT = "suspect"
    """It may have ended the process; it is handled alone."""
    ALONE = "alone"
    """Being handled alone; nothing else was in hand when it was begun."""
    SUSPECT_AGAIN = "suspect_again"
    """It ended a process while it was alone."""
    ALONE_AGAIN = "alone_again"
    TO_SET_ASIDE = "to_set_aside"
    """It ended two; it is not begun again."""


class InboxUpdate(SQLModel, table=True):
    """An update on its way in; written before it is acknowledged.

    See docs/decisions/0020-durable-inbox.md.
    """

    __table_args__ = (
        UniqueConstraint("messenger", "update_key"),
        # What waits is a handful among the keys of two days.
        Index("ix_inbox_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: int | None = Field(default=None, primary_key=True)
    messenger: str = Field(max_length=16)
    update_key: str = Field(max_length=64)
    chat_lookup: bytes | None = keyed_hash(default=None, nullable=True)
    """Whose turn it is: one chat's updates are handled in order."""
    slot: int | None = None
    """Which of the `ChatSlotLease`s its chat goes by; says next to nothing of whose it is."""
    payload_sealed: bytes | None = sealed(optional=True)
    """The update; emptied in the transaction that records its effect."""
    suspicion: Suspicion | None = choice(Suspicion, default=None, nullable=True)
    received_at: datetime = moment(index=True)
    handled_at: datetime | None = moment(optional=True)


class BatchFigure(SQLModel, table=True):
    """Totals counted once in a batch, soon after it began; officers are shown these and no newer ones."""

    subject: str = Field(primary_key=True, max_length=64)
    """What they are of, as `storage.reports.batch_totals` names it: never a person."""
    taken_for: datetime = moment()
    """The beginning of that batch."""
    value: dict[str, object] = Field(sa_type=JSON)


class ClubSetting(SQLModel, table=True):
    """What one of the club's settings was when the bot last started: a change shows by it."""

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=120)
    """As it is told, or a hash where only that it changed is."""


class ChatSlotLease(SQLModel, table=True):
    """Which process answers the chats of one slot now; a chat always falls into the same.

    A holder that is still there when another takes over ended uncleanly.
    """

    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    holder: str = Field(max_length=64)
    before: str = Field(default="", max_length=64)
    """Whose it was until the row was last written."""
    until: datetime = moment()


class ScheduleKind(StrEnum):
    MEMBER_DIGEST = "member_digest"
    OFFICER_DIGEST = "officer_digest"
    HOUSEKEEPING = "housekeeping"
    ANNOUNCEMENTS = "announcements"
    """Announcements that are sent again and again (`Repetition`)."""


class Schedule(SQLModel, table=True):
    """Something that comes round by itself. Members who chose the same hour and days share one."""

    __table_args__ = (UniqueConstraint("kind", "minute", "days"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: ScheduleKind = choice(ScheduleKind)
    minute: int
    """Minutes after midnight in the club's time zone."""
    days: int
    """Bit 0 is Monday."""
    next_due_at: datetime = moment(index=True)


class SlotOutcome(StrEnum):
    UNDER_WAY = "under_way"
    """Taken; of a digest to many, not everybody's is in the outbox yet."""
    SENT = "sent"
    DONE = "done"
    """Of what sends nothing."""
    EMPTY = "empty"
    """There was nothing new to tell."""
    SKIPPED = "skipped"
    """The bot was down for longer than the schedule's grace."""


class Slot(SQLModel, table=True):
    """One due time of one schedule, taken exactly once."""

    __table_args__ = (UniqueConstraint("schedule_id", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    schedule_id: int = reference("schedule.id", index=False)
    due_at: datetime = moment()
    outcome: SlotOutcome = choice(SlotOutcome, index=True)
    taken_at: datetime = moment()
    """Of a digest: the moment up to which it tells the news."""
    filled_to: int = 0
    """Of a digest to many: the highest member id already looked at."""
    told: int = 0
    """Of a digest: to how many it was queued."""
    forgotten: dict[str, int] = Field(sa_type=JSON, default_factory=empty_dict)
    """Of housekeeping: how many rows of each kind were forgotten."""


class Lease(SQLModel, table=True):
    """Who may do what only one process may do at a time."""

    name: str = Field(primary_key=True, max_length=64)
    holder: str = Field(max_length=64)
    term: int
    """Grows by one with every change of holder; a write under an old term is refused."""
    until: datetime = moment()


class AccountRateShares(SQLModel, table=True):
    """How the processes of a club share the pace of one messenger account."""

    account: str = Field(primary_key=True, max_length=16)
    halted_until: datetime | None = moment(optional=True)
    """Until when the messenger asked for rest, whichever process it told."""
    shares: dict[str, dict[str, float]] = Field(sa_type=JSON, default_factory=empty_dict)
    """Process to its share; see `storage.outbox.rate_shares`."""


class AuditEntry(SQLModel, table=True):
    """One thing an officer did. Append-only, each entry chained to the one before.

    Refusal: no-unlogged-officer-action.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment()
    actor: int = Field(sa_type=BigInteger)
    """`Member.actor`; 0 is the command line."""
    action: str = Field(max_length=64)
    details: dict[str, object] = Field(sa_type=JSON)
    """Numbers and states, never a member's personal data."""
    link: bytes = Field(sa_type=LargeBinary)
    """Keyed hash over the entry before and this one."""
