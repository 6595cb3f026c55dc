"""What a digest tells, and to whom; every question is one query for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func
from sqlmodel import col, select

from storage import questions, requests, suspensions
from storage.engine import Tx
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Case,
    CaseState,
    Consent,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    Member,
    MemberState,
    Purpose,
    Rating,
    Schedule,
    ScheduleKind,
    Share,
    ShareState,
    Slot,
    Verdict,
)

_OUT = (AnnouncementState.SENDING, AnnouncementState.SENT)
_OF_INTEREST = (Rating.SCAM, Rating.FALSE, Rating.MISLEADING)
"""What everybody does well to know; the other ratings interest those who asked."""


@dataclass(frozen=True)
class Reader:
    """One member whose digest is due."""

    member_id: int
    area: str | None
    told_until: datetime | None
    """When their last digest was made; None when they have had none."""


@dataclass(frozen=True)
class News:
    """An announcement that went out."""

    number: int
    at: datetime
    content: Mapping[str, Any]
    """As `handlers.announcement` packed it."""


@dataclass(frozen=True)
class Duties:
    """What waits for the officers, and what happened the day before."""

    going_out: int
    scheduled: int
    awaiting: int
    questions: int
    appeals: int
    cases: int
    oldest_case: date | None
    uncertain: int
    sent: int
    shares: int
    requests: int = 0
    """About personal data, waiting for an answer."""
    next_request: datetime | None = None
    """Until when the next of them must have been answered."""
    forgotten: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each kind last night's housekeeping forgot."""


async def readers(tx: Tx, minute: int, days: int) -> list[Reader]:
    """The active members who agreed to the digest and chose this hour and these days."""
    told = (
        select(Delivery.member_id, func.max(Mailing.created_at).label("at"))
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            Mailing.kind == MailingKind.DIGEST,
            Mailing.purpose == Purpose.DIGEST,
            Delivery.state == DeliveryState.SENT,
        )
        .group_by(col(Delivery.member_id))
        .subquery()
    )
    query = (
        select(Member.id, Member.area, told.c.at)
        .join(Consent, col(Consent.member_id) == Member.id)
        .outerjoin(told, told.c.member_id == Member.id)
        .where(
            Member.state == MemberState.ACTIVE,
            Member.digest_minute == minute,
            Member.digest_days == days,
            Consent.purpose == Purpose.DIGEST,
            col(Consent.withdrawn_at).is_(None),
        )
        .order_by(col(Member.id))
    )
    return [Reader(row[0] or 0, row[1], row[2]) for row in (await tx.session.exec(query)).all()]


async def news_since(tx: Tx, since: datetime) -> list[News]:
    """The announcements that began to go out after `since`, newest first."""
    counts_now = and_(
        col(AnnouncementVersion.announcement_id) == Announcement.id,
        col(AnnouncementVersion.number) == Announcement.version,
    )
    query = (
        select(Announcement.id, Announcement.sent_at, AnnouncementVersion.content)
        .join(AnnouncementVersion, counts_now)
        .where(col(Announcement.state).in_(_OUT), col(Announcement.sent_at) > since)
        .order_by(col(Announcement.sent_at).desc(), col(Announcement.id).desc())
    )
    rows = (await tx.session.exec(query)).all()
    return [News(row[0] or 0, row[1] or since, row[2]) for row in rows]


async def verdicts_since(tx: Tx, since: datetime) -> list[Verdict]:
    """Verdicts of general interest reached after `since`, those most people asked about first."""
    newest = (
        select(func.max(Verdict.version))
        .where(Verdict.case_id == Case.id)
        .correlate(Case)  # else the verdicts outside would be taken for those inside
        .scalar_subquery()
    )
    query = (
        select(Verdict)
        .join(Case, col(Case.id) == Verdict.case_id)
        .where(
            Case.state == CaseState.DECIDED,
            Verdict.version == newest,
            Verdict.decided_at > since,
            col(Verdict.rating).in_(_OF_INTEREST),
        )
        .order_by(col(Case.flags).desc(), col(Verdict.decided_at).desc())
    )
    return list((await tx.session.exec(query)).all())


async def duties(tx: Tx, start: datetime, end: datetime) -> Duties:
    """What waits now, and what happened from `start` to `end`."""
    states = await _announcement_states(tx)
    cases, oldest = await _open_cases(tx)
    limits = [requests.due(one) for one in await requests.waiting(tx)]
    return Duties(
        going_out=states.get(AnnouncementState.SENDING, 0),
        scheduled=states.get(AnnouncementState.SCHEDULED, 0),
        awaiting=states.get(AnnouncementState.AWAITING_APPROVAL, 0),
        questions=await questions.count_open(tx),
        appeals=await suspensions.count_waiting(tx),
        cases=cases,
        oldest_case=oldest,
        uncertain=await _uncertain_since(tx, start),
        sent=await _sent_between(tx, start, end),
        shares=await _shares_between(tx, start, end),
        requests=len(limits),
        next_request=min(limits, default=None),
        forgotten=await _forgotten_since(tx, end),
    )


async def _announcement_states(tx: Tx) -> dict[AnnouncementState, int]:
    query = select(Announcement.state, func.count()).group_by(col(Announcement.state))
    return {AnnouncementState(state): n for state, n in (await tx.session.exec(query)).all()}


async def _open_cases(tx: Tx) -> tuple[int, date | None]:
    query = select(func.count(), func.min(Case.opened_on)).where(
        col(Case.state).in_([CaseState.NEW, CaseState.IN_REVIEW])
    )
    row = (await tx.session.exec(query)).one()
    return row[0], row[1]


async def _uncertain_since(tx: Tx, start: datetime) -> int:
    query = select(func.count()).where(
        Delivery.state == DeliveryState.UNCERTAIN, Delivery.changed_at >= start
    )
    return (await tx.session.exec(query)).one()


async def _sent_between(tx: Tx, start: datetime, end: datetime) -> int:
    query = select(func.count()).where(
        col(Announcement.state).in_(_OUT),
        col(Announcement.sent_at) >= start,
        col(Announcement.sent_at) < end,
    )
    return (await tx.session.exec(query)).one()


async def _shares_between(tx: Tx, start: datetime, end: datetime) -> int:
    query = select(func.count()).where(
        Share.state == ShareState.SHARED, Share.at >= start, Share.at < end
    )
    return (await tx.session.exec(query)).one()


async def _forgotten_since(tx: Tx, start: datetime) -> Mapping[str, int]:
    query = (
        select(Slot.forgotten)
        .join(Schedule, col(Schedule.id) == Slot.schedule_id)
        .where(Schedule.kind == ScheduleKind.HOUSEKEEPING, Slot.due_at >= start)
    )
    return (await tx.session.exec(query.order_by(col(Slot.due_at).desc()))).first() or {}
