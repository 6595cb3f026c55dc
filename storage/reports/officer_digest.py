"""Queries behind the officers' digest: waiting work and recent events, as counts without members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import and_, col, func, select

from storage import questions, schedules
from storage.announcements import statistics
from storage.announcements.references import Reference
from storage.cases import cases
from storage.cases.queue import BEGUN_ON
from storage.database import Tx, batch_clock
from storage.members import suspensions
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    AuditAction,
    AuditEntry,
    Case,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Schedule,
    ScheduleKind,
    Share,
    ShareState,
    Slot,
)
from storage.outbox import missed, uncertain
from storage.outbox.metering import Metering, MonthSpent
from storage.privacy import data_requests

_OUT = (AnnouncementState.SENDING, AnnouncementState.SENT)
_GOING_OUT = (MailingState.FILLING, MailingState.SENDING)
_NAMED = 3
"""Most announcements named in one line; the others are only counted."""


@dataclass(frozen=True)
class AnnouncementCount:
    """An announcement by reference and title, with a count."""

    announcement: Reference
    title: str
    count: int = 0
    whole: int = 0
    """The total that `count` is a part of; 0 where there is none."""


@dataclass(frozen=True)
class OfficerDigest:
    """Waiting work of the officers, and events since their last digest."""

    going_out: Sequence[AnnouncementCount] = ()
    paused: Sequence[AnnouncementCount] = ()
    uncertain: Sequence[AnnouncementCount] = ()
    """Sent, with uncertain deliveries that no officer has decided about."""
    zalo_sent: int = 0
    """Messages that the Zalo account has sent this month."""
    not_now: Sequence[AnnouncementCount] = ()
    """Announcements with the number of copies that wait for members' next messages."""
    months: Mapping[Metering, MonthSpent] = field(default_factory=dict)
    """What accounts whose messages are not always free have spent this month."""
    scheduled: int = 0
    next_scheduled: datetime | None = None
    awaiting: int = 0
    questions: int = 0
    appeals: int = 0
    requests: int = 0
    """Unanswered requests about personal data."""
    next_request: datetime | None = None
    """The next deadline of these requests."""
    cases: int = 0
    new_cases: int = 0
    """Of these, those opened on the day of the last digest or later."""
    oldest_case: date | None = None
    sent: int = 0
    shares: Sequence[AnnouncementCount] = ()
    """Announcements with their number of shares, by announcement number."""
    actions: Mapping[str, int] = field(default_factory=dict)
    """Changes in the team: action of the audit log to its number."""
    settings: Sequence[str] = ()
    """Changed settings of the club (`handlers.audit.changed_settings.Setting`)."""
    skipped: Sequence[datetime] = ()
    """Due times of members' digests that were skipped as too late."""
    purged: Mapping[str, int] = field(default_factory=dict)
    """Retention rule to the number of rows that the last housekeeping purged."""


TEAM_ACTIONS = (
    AuditAction.ROLE_OFFERED,
    AuditAction.ROLE_TAKEN,
    AuditAction.ROLE_CHANGED,
    AuditAction.ROLE_GIVEN_UP,
    AuditAction.MEMBER_SUSPENDED,
    AuditAction.SUSPENSION_LIFTED,
    AuditAction.APPEAL_DECIDED,
    AuditAction.INVITE_MADE,
    AuditAction.INVITE_REVOKED,
    AuditAction.RECORD_MOVED,
    AuditAction.CHAT_LINKED,
    AuditAction.CHAT_UNLINKED,
    AuditAction.CHAT_REFUSED,
)
"""Actions that change the rights of a person."""
SETTING_ACTIONS = (AuditAction.SETTING_CHANGED, AuditAction.SETTING_REWORDED)
"""Actions that change the configuration; the second is for values too long to show."""


async def collect(tx: Tx, start: datetime, end: datetime, day: date) -> OfficerDigest:
    """Collects waiting work, and events from `start` to `end`; cases are new from `day` on."""
    states = await _announcement_states(tx)
    open_cases = await _cases(tx, day)
    limits = [data_requests.due(one) for one in await data_requests.waiting(tx)]
    return OfficerDigest(
        going_out=await _mailings(tx, _GOING_OUT),
        paused=await _mailings(tx, [MailingState.PAUSED]),
        uncertain=await _uncertain(tx),
        not_now=await _named(tx, await missed.waiting_by_announcement(tx)),
        scheduled=states.get(AnnouncementState.SCHEDULED, 0),
        next_scheduled=await _next_scheduled(tx),
        awaiting=states.get(AnnouncementState.AWAITING_APPROVAL, 0),
        questions=await questions.count_open(tx),
        appeals=await suspensions.count_waiting(tx),
        requests=len(limits),
        next_request=min(limits, default=None),
        cases=open_cases[0],
        new_cases=open_cases[1],
        oldest_case=open_cases[2],
        sent=await _sent(tx, start, end),
        shares=await _shares(tx, start, end),
        actions=await _actions(tx, start, end),
        settings=await _settings(tx, start, end),
        skipped=await schedules.skipped_since(tx, ScheduleKind.MEMBER_DIGEST, start),
        purged=await _purged(tx, end - timedelta(days=1)),
    )


async def _announcement_states(tx: Tx) -> dict[AnnouncementState, int]:
    query = select(Announcement.state, func.count()).group_by(col(Announcement.state))
    return {AnnouncementState(state): n for state, n in await tx.all(query)}


async def _next_scheduled(tx: Tx) -> datetime | None:
    return await tx.one(
        select(func.min(Announcement.due_at)).where(
            Announcement.state == AnnouncementState.SCHEDULED
        )
    )


async def _mailings(tx: Tx, states: Collection[MailingState]) -> list[AnnouncementCount]:
    """Announcements whose sending is in one of these states, the newest first."""
    query = (
        select(Mailing.announcement_id)
        .where(Mailing.kind == MailingKind.ANNOUNCEMENT, col(Mailing.state).in_(states))
        .order_by(col(Mailing.id).desc())
    )
    announcements = await tx.all(query)
    return await _named(tx, {one or 0: 0 for one in announcements})


async def _uncertain(tx: Tx) -> list[AnnouncementCount]:
    undecided = await uncertain.undecided_mailings(tx, limit=_NAMED)
    return await _named(tx, {mailing.announcement_id or 0: 0 for mailing in undecided})


async def _named(tx: Tx, counts: Mapping[int, int]) -> list[AnnouncementCount]:
    """These announcements with their titles, in the order given."""
    named = await _titles(tx, counts)
    unknown = AnnouncementCount(Reference(0), "")
    return [replace(named.get(one, unknown), count=count) for one, count in counts.items()]


async def _titles(tx: Tx, ids: Collection[int]) -> dict[int, AnnouncementCount]:
    query = (
        select(Announcement.id, Announcement.number, AnnouncementVersion.content)
        .join(
            AnnouncementVersion,
            and_(
                col(AnnouncementVersion.announcement_id) == Announcement.id,
                col(AnnouncementVersion.number) == Announcement.version,
            ),
        )
        .where(col(Announcement.id).in_(list(ids)))
    )
    rows: Sequence[Any] = await tx.all(query)
    return {
        row[0]: AnnouncementCount(Reference(row[0], row[1]), str(row[2].get("title", "")))
        for row in rows
    }


async def _cases(tx: Tx, day: date) -> tuple[int, int, date | None]:
    """Number of open cases, number of these opened from `day` on, and the day since which the oldest waits."""
    is_open = and_(col(Case.state).in_(cases.OPEN), batch_clock.shown_cases(tx))
    count, oldest = await tx.one(select(func.count(), func.min(BEGUN_ON)).where(is_open))
    new = select(func.count()).where(is_open, Case.opened_on >= day)
    return count, await tx.one(new), oldest


async def _sent(tx: Tx, start: datetime, end: datetime) -> int:
    return await tx.one(
        select(func.count()).where(
            col(Announcement.state).in_(_OUT),
            col(Announcement.sent_at) >= start,
            col(Announcement.sent_at) < end,
            col(Announcement.corrects_id).is_(None),
        )
    )


async def _shares(tx: Tx, start: datetime, end: datetime) -> list[AnnouncementCount]:
    query = (
        select(Share.announcement_id, func.count())
        .join(Announcement, col(Announcement.id) == Share.announcement_id)
        .where(Share.state == ShareState.SHARED, Share.at >= start, Share.at < end)
        .group_by(col(Share.announcement_id), col(Announcement.number))
        .order_by(col(Announcement.number), col(Share.announcement_id))
    )
    announcements = await _named(tx, dict(await tx.all(query)))
    totals = await statistics.totals(tx, [one.announcement.id for one in announcements])
    arrived = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
    return [
        replace(one, whole=totals[one.announcement.id].copies(*arrived)) for one in announcements
    ]


async def _actions(tx: Tx, start: datetime, end: datetime) -> dict[str, int]:
    query = (
        select(AuditEntry.action, func.count())
        .where(
            col(AuditEntry.action).in_(TEAM_ACTIONS), AuditEntry.at >= start, AuditEntry.at < end
        )
        .group_by(col(AuditEntry.action))
    )
    counts = dict(await tx.all(query))
    return {action: counts[action] for action in TEAM_ACTIONS if action in counts}


async def _settings(tx: Tx, start: datetime, end: datetime) -> list[str]:
    query = (
        select(AuditEntry.details)
        .where(
            col(AuditEntry.action).in_(SETTING_ACTIONS), AuditEntry.at >= start, AuditEntry.at < end
        )
        .order_by(col(AuditEntry.id))
    )
    return list(dict.fromkeys([str(details["setting"]) for details in await tx.all(query)]))


async def _purged(tx: Tx, start: datetime) -> Mapping[str, int]:
    query = (
        select(Slot.purged)
        .join(Schedule, col(Schedule.id) == Slot.schedule_id)
        .where(Schedule.kind == ScheduleKind.HOUSEKEEPING, Slot.due_at >= start)
    )
    return await tx.first(query.order_by(col(Slot.due_at).desc())) or {}
