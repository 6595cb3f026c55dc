"""Infrastructure tables: inbox, leases, schedules, rate shares, batch totals, audit log."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import JSON, BigInteger, Field, Index, LargeBinary, SQLModel, UniqueConstraint, text

from storage.models.columns import (
    choice,
    empty_dict,
    keyed_hash,
    moment,
    reference,
    sealed,
)

_WAITING = text("handled_at IS NULL")
_IN_ALBUM = text("album IS NOT NULL")


class Suspicion(StrEnum):
    """The suspicion against an update that was being handled when a process ended uncleanly.

    `storage.inbox.poison_updates` has the transitions. Most updates have none.
    """

    SUSPECT = "suspect"
    """It may have ended the process; it is handled alone."""
    ALONE = "alone"
    """It is being handled alone; no other update was in progress when it began."""
    SUSPECT_AGAIN = "suspect_again"
    """It ended a process while it was handled alone."""
    ALONE_AGAIN = "alone_again"
    """It is being handled alone for the second time."""
    TO_SET_ASIDE = "to_set_aside"
    """It ended two processes; it is not handled again (a poison message)."""


class InboxUpdate(SQLModel, table=True):
    """One received update; stored before it is acknowledged to the messenger.

    See docs/decisions/0020-durable-inbox.md.
    """

    __table_args__ = (
        UniqueConstraint("messenger", "update_key"),
        # Few rows are waiting; the handled ones stay for two days, for deduplication.
        Index("ix_inbox_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_inbox_album", "album", sqlite_where=_IN_ALBUM, postgresql_where=_IN_ALBUM),
    )

    id: int | None = Field(default=None, primary_key=True)
    messenger: str = Field(max_length=16)
    update_key: str = Field(max_length=64)
    chat_lookup: bytes | None = keyed_hash(default=None, nullable=True)
    """Keyed hash of the chat; the updates of one chat are handled in order."""
    slot: int | None = None
    """The `ChatSlotLease` of its chat. Many chats share one, so it does not identify the chat."""
    payload_sealed: bytes | None = sealed(optional=True)
    """The update; emptied in the transaction that records its effect."""
    suspicion: Suspicion | None = choice(Suspicion, default=None, nullable=True)
    album: str | None = Field(default=None, max_length=64)
    """The messenger's id of the album that it is a part of; stays, so that a later part is recognised."""
    received_at: datetime = moment(index=True)
    handled_at: datetime | None = moment(optional=True)


class BatchFigure(SQLModel, table=True):
    """Totals that are counted once for each batch; officers see these and no newer ones."""

    subject: str = Field(primary_key=True, max_length=64)
    """What is counted, as `storage.reports.batch_totals` names it; never a person."""
    taken_for: datetime = moment()
    """The beginning of the batch that it was counted for."""
    value: dict[str, object] = Field(sa_type=JSON)


class ClubSetting(SQLModel, table=True):
    """Value of one club setting at the last start of the bot; detects changes."""

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=120)
    """The value as shown in the audit log; a hash where the log shows only that it changed."""


class ChatSlotLease(SQLModel, table=True):
    """Lease of one slot of chats by the process that handles their updates; a chat keeps its slot.

    A lease that another process takes over without a clean release means that its holder crashed.
    """

    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    holder: str = Field(max_length=64)
    before: str = Field(default="", max_length=64)
    """The holder before the last write."""
    until: datetime = moment()


class ScheduleKind(StrEnum):
    """Job that a schedule starts."""

    MEMBER_DIGEST = "member_digest"
    OFFICER_DIGEST = "officer_digest"
    HOUSEKEEPING = "housekeeping"
    ANNOUNCEMENTS = "announcements"
    """Recurring announcements (`Recurrence`)."""


class Schedule(SQLModel, table=True):
    """A weekly schedule of one job. Members who chose the same time and days share one."""

    __table_args__ = (UniqueConstraint("kind", "minute", "days"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: ScheduleKind = choice(ScheduleKind)
    minute: int
    """Minutes after midnight in the club's time zone."""
    days: int
    """Bit mask of weekdays; bit 0 is Monday."""
    next_due_at: datetime = moment(index=True)


class SlotOutcome(StrEnum):
    """Result of one due time of a schedule."""

    UNDER_WAY = "under_way"
    """Started; not all messages of it are in the outbox yet."""
    SENT = "sent"
    DONE = "done"
    """Finished, for a job that sends nothing."""
    EMPTY = "empty"
    """There was no news to send."""
    SKIPPED = "skipped"
    """The bot was down for longer than the schedule's grace."""


class Slot(SQLModel, table=True):
    """One due time of one schedule; exactly one process runs it."""

    __table_args__ = (UniqueConstraint("schedule_id", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    schedule_id: int = reference("schedule.id", index=False)
    due_at: datetime = moment()
    outcome: SlotOutcome = choice(SlotOutcome, index=True)
    taken_at: datetime = moment()
    """When it was started; a digest contains the news up to this time."""
    filled_to: int = 0
    """Of a members' digest: the highest member id already processed."""
    recipients: int = 0
    """Of a digest: number of recipients queued."""
    purged: dict[str, int] = Field(sa_type=JSON, default_factory=empty_dict)
    """Of housekeeping: number of purged rows for each retention rule."""


class Lease(SQLModel, table=True):
    """A named lease: at most one process holds it, with a fencing number (`term`)."""

    name: str = Field(primary_key=True, max_length=64)
    holder: str = Field(max_length=64)
    term: int
    """Fencing number: grows by one with every change of holder; writes under an older one are rejected."""
    until: datetime = moment()


class AccountRateShares(SQLModel, table=True):
    """Shares of the rate limit of one messenger account, one for each process that sends."""

    account: str = Field(primary_key=True, max_length=16)
    halted_until: datetime | None = moment(optional=True)
    """End of the pause that the messenger asked any of the processes for (`retry_after`)."""
    shares: dict[str, dict[str, float]] = Field(sa_type=JSON, default_factory=empty_dict)
    """Process id to its share; see `storage.outbox.rate_shares`."""


class AuditEntry(SQLModel, table=True):
    """One action of an officer. Append-only; each entry is chained to the one before.

    Refusal: no-unlogged-officer-action.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment()
    actor: int = Field(sa_type=BigInteger)
    """`Member.actor`; 0 is the command line."""
    action: str = Field(max_length=64)
    details: dict[str, object] = Field(sa_type=JSON)
    """Ids and states; never personal data of members."""
    link: bytes = Field(sa_type=LargeBinary)
    """Keyed hash (HMAC chain) over the previous link and this entry."""
