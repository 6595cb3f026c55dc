"""What a member's digest tells, and to whom; every question is one query for many."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from storage.database import batch_clock
from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Case,
    CaseState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Member,
    MemberState,
    Purpose,
    Rating,
    Reminder,
    Verdict,
)
from storage.outbox.eligibility import agreed

_OUT = (AnnouncementState.SENDING, AnnouncementState.SENT)
_OF_INTEREST = (Rating.SCAM, Rating.FALSE, Rating.MISLEADING)
"""What everybody does well to know; the other ratings interest those who asked."""
_MEMBER = Member.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Reader:
    """One member whose digest is due."""

    member_id: int
    area: str | None
    told_until: datetime | None
    """Up to when their last digest told the news; None when they have had none of late."""
    reminded_of: tuple[int, ...] = ()
    """Announcements they asked to be reminded of, still to come."""


@dataclass(frozen=True)
class Round:
    """Whose digest is due: those who chose this hour and these days, at a moment."""

    minute: int
    days: int
    at: datetime


@dataclass(frozen=True)
class News:
    """An announcement that went out."""

    number: int
    at: datetime
    content: Mapping[str, Any]
    """As `handlers.views.announcement` packed it."""


async def count_readers(tx: Tx, due: Round) -> int:
    """How many get a digest if there is anything new to each of them."""
    query = select(func.count()).select_from(Member).where(*_readers(due))
    return (await tx.session.exec(query)).one()


async def readers(
    tx: Tx, due: Round, *, after: int, limit: int, earlier: Sequence[int], until: datetime
) -> list[Reader]:
    """The next `limit` readers behind the member `after`, in the order of their numbers.

    `earlier` are the digests of late (`digests_since`), which say what was told already; reminders
    count that come before `until`.
    """
    query = (
        select(Member.id, Member.area)
        .where(*_readers(due), col(Member.id) > after)
        .order_by(col(Member.id))
        .limit(limit)
    )
    rows = [(number or 0, area) for number, area in (await tx.session.exec(query)).all()]
    if not rows:
        return []
    first, last = rows[0][0], rows[-1][0]
    told_until = await _told_until(tx, earlier, first, last)
    asked = await _reminders(tx, due.at, until, first, last)
    return [
        Reader(number, area, told_until.get(number), tuple(asked.get(number, ())))
        for number, area in rows
    ]


async def digests_since(tx: Tx, since: datetime) -> list[int]:
    """The mailings that were members' digests and told news up to a moment after `since`."""
    query = select(Mailing.id).where(
        Mailing.kind == MailingKind.DIGEST,
        Mailing.purpose == Purpose.DIGEST,
        Mailing.created_at > since,
    )
    return [number for number in (await tx.session.exec(query)).all() if number is not None]


async def news_between(tx: Tx, since: datetime, until: datetime) -> list[News]:
    """The announcements that began to go out after `since` and by `until`, newest first."""
    query = (
        select(Announcement.id, Announcement.sent_at, AnnouncementVersion.content)
        .join(AnnouncementVersion, _counts_now())
        .where(*_out_between(since, until), col(Announcement.corrects_id).is_(None))
        .order_by(col(Announcement.sent_at).desc(), col(Announcement.id).desc())
    )
    rows = (await tx.session.exec(query)).all()
    return [News(row[0] or 0, row[1] or since, row[2]) for row in rows]


async def corrections_between(tx: Tx, since: datetime, until: datetime) -> list[News]:
    """The announcements that were put right in this time, as they read now, the last put right first."""
    query = (
        select(Announcement.corrects_id, func.max(Announcement.sent_at))
        .where(*_out_between(since, until), col(Announcement.corrects_id).is_not(None))
        .group_by(col(Announcement.corrects_id))
    )
    moments = {number or 0: at or since for number, at in (await tx.session.exec(query)).all()}
    wordings = await contents(tx, moments)
    news = [News(number, moments[number], content) for number, content in wordings.items()]
    return sorted(news, key=lambda one: (one.at, one.number), reverse=True)


async def contents(tx: Tx, numbers: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """The wording of each of these announcements, if it went out."""
    query = (
        select(Announcement.id, AnnouncementVersion.content)
        .join(AnnouncementVersion, _counts_now())
        .where(col(Announcement.state).in_(_OUT), col(Announcement.id).in_(numbers))
    )
    rows: Sequence[Any] = (await tx.session.exec(query)).all()
    return dict(rows)


async def verdicts_between(tx: Tx, since: datetime, until: datetime) -> list[Verdict]:
    """Verdicts of general interest of this time, those most people asked about first."""
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
            Verdict.decided_at <= until,
            col(Verdict.rating).in_(_OF_INTEREST),
        )
        .order_by(batch_clock.shown_count_column(tx, Case).desc(), col(Verdict.decided_at).desc())
    )
    return list((await tx.session.exec(query)).all())


async def queue(tx: Tx, mailing: Mailing, members: Mapping[int, datetime]) -> None:
    """Adds these members to a digest, each to be sent at their moment; nobody twice."""
    rows = [
        {
            "mailing_id": mailing.id,
            "member_id": member_id,
            "lane": mailing.lane,
            "state": DeliveryState.QUEUED,
            "not_before": moment,
            "changed_at": tx.clock.now(),
        }
        for member_id, moment in members.items()
    ]
    await tx.execute(insert(tx, Delivery).on_conflict_do_nothing(), rows)
    # Those before them may all have been sent by now.
    mailing.state, mailing.finished_at = MailingState.SENDING, None


def _counts_now() -> ColumnElement[bool]:
    """The version of an announcement that counts at this moment."""
    return and_(
        col(AnnouncementVersion.announcement_id) == Announcement.id,
        col(AnnouncementVersion.number) == Announcement.version,
    )


def _out_between(since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    return [
        col(Announcement.state).in_(_OUT),
        col(Announcement.sent_at) > since,
        col(Announcement.sent_at) <= until,
    ]


def _readers(due: Round) -> list[ColumnElement[bool]]:
    return [
        _MEMBER.digest_minute == due.minute,
        _MEMBER.digest_days == due.days,
        _MEMBER.state == MemberState.ACTIVE,
        or_(_MEMBER.digest_paused_until.is_(None), _MEMBER.digest_paused_until <= due.at),
        agreed(_MEMBER.id, Purpose.DIGEST),
    ]


async def _told_until(
    tx: Tx, earlier: Collection[int], first: int, last: int
) -> dict[int | None, datetime]:
    """Of the members from `first` to `last`: up to when they were told, if they were."""
    query = (
        select(Delivery.member_id, func.max(Mailing.created_at))
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            col(Delivery.mailing_id).in_(earlier),
            col(Delivery.member_id).between(first, last),
            Delivery.state == DeliveryState.SENT,
        )
        .group_by(col(Delivery.member_id))
    )
    return dict((await tx.session.exec(query)).all())


async def _reminders(
    tx: Tx, after: datetime, until: datetime, first: int, last: int
) -> dict[int, list[int]]:
    query = (
        select(Reminder.member_id, Reminder.announcement_id)
        .where(
            col(Reminder.member_id).between(first, last),
            Reminder.due_at > after,
            Reminder.due_at <= until,
        )
        .order_by(col(Reminder.announcement_id))
    )
    by_member: dict[int, list[int]] = {}
    for member_id, number in (await tx.session.exec(query)).all():
        by_member.setdefault(member_id, []).append(number)
    return by_member
