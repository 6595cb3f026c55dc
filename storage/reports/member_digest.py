"""Queries behind the members' digest: content and recipients; each query serves many members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_, select, update

from storage.announcements.references import Reference
from storage.database import Tx, batch_clock, insert
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
"""Ratings that are of general interest; verdicts of others go only to those who flagged."""
_MEMBER = Member.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Reader:
    """One member whose digest is due."""

    member_id: int
    area: str | None
    covered_until: datetime | None
    """The news up to this time were in their last digest; None without a recent digest."""
    reminded_of: tuple[int, ...] = ()
    """Announcements with a reminder that is still due."""
    may_be_asked: bool = False
    """Whether they get no invitations to meetings, and no digest has asked about it."""


@dataclass(frozen=True)
class Round:
    """One due time of a digest: for members who chose this time and these days."""

    minute: int
    days: int
    at: datetime


@dataclass(frozen=True)
class News:
    """An announcement that was sent."""

    announcement: Reference
    at: datetime
    """When its sending began; of a corrected one, when that of the latest correction did."""
    content: Mapping[str, Any]
    """Packed by `handlers.views.announcement`."""


async def count_readers(tx: Tx, due: Round) -> int:
    """Number of members whose digest is due, with or without news."""
    return await tx.one(select(func.count()).select_from(Member).where(*_readers(due)))


async def readers(
    tx: Tx, due: Round, *, after: int, limit: int, earlier: Sequence[int], until: datetime
) -> list[Reader]:
    """The next `limit` readers after the member id `after`, by id.

    `earlier` are recent digests (`digests_since`), which determine `covered_until`; reminders are those
    due by `until`.
    """
    rows = [
        (number or 0, area, bool(may_be_asked))
        for number, area, may_be_asked in await tx.all(
            select(Member.id, Member.area, _may_be_asked().label("may_be_asked"))
            .where(*_readers(due), col(Member.id) > after)
            .order_by(col(Member.id))
            .limit(limit)
        )
    ]
    if not rows:
        return []
    first, last = rows[0][0], rows[-1][0]
    covered_until = await _covered_until(tx, earlier, first, last)
    asked = await _reminders(tx, due.at, until, first, last)
    return [
        Reader(number, area, covered_until.get(number), tuple(asked.get(number, ())), may_be_asked)
        for number, area, may_be_asked in rows
    ]


async def digests_since(tx: Tx, since: datetime) -> list[int]:
    """The mailing ids of members' digests created after `since`."""
    query = select(Mailing.id).where(
        Mailing.kind == MailingKind.DIGEST,
        Mailing.purpose == Purpose.DIGEST,
        Mailing.created_at > since,
    )
    return [number for number in await tx.all(query) if number is not None]


async def news_between(tx: Tx, since: datetime, until: datetime) -> list[News]:
    """The announcements whose sending began after `since` and by `until`, newest first."""
    rows = await tx.all(
        select(
            Announcement.id,
            Announcement.number,
            Announcement.sent_at,
            AnnouncementVersion.content,
        )
        .join(AnnouncementVersion, _counts_now())
        .where(*_out_between(since, until), col(Announcement.corrects_id).is_(None))
        .order_by(col(Announcement.sent_at).desc(), col(Announcement.id).desc())
    )
    return [News(Reference(row[0] or 0, row[1]), row[2] or since, row[3]) for row in rows]


async def corrections_between(tx: Tx, since: datetime, until: datetime) -> list[News]:
    """The announcements corrected in this time, with their current text, latest correction first."""
    moments = {
        one or 0: at or since
        for one, at in await tx.all(
            select(Announcement.corrects_id, func.max(Announcement.sent_at))
            .where(*_out_between(since, until), col(Announcement.corrects_id).is_not(None))
            .group_by(col(Announcement.corrects_id))
        )
    }
    news = [
        News(one, moments[one.id], content)
        for one, content in (await contents(tx, moments)).items()
    ]
    return sorted(news, key=lambda one: (one.at, one.announcement.id), reverse=True)


async def contents(tx: Tx, ids: Collection[int]) -> dict[Reference, Mapping[str, Any]]:
    """The current content of each of these announcements that was sent."""
    query = (
        select(Announcement.id, Announcement.number, AnnouncementVersion.content)
        .join(AnnouncementVersion, _counts_now())
        .where(col(Announcement.state).in_(_OUT), col(Announcement.id).in_(ids))
    )
    rows: Sequence[Any] = await tx.all(query)
    return {Reference(row[0], row[1]): row[2] for row in rows}


async def verdicts_between(tx: Tx, since: datetime, until: datetime) -> list[Verdict]:
    """Verdicts of general interest of this time, those of the most flagged cases first."""
    query = (
        select(Verdict)
        .join(Case, col(Case.id) == Verdict.case_id)
        .where(
            Case.state == CaseState.DECIDED,
            Verdict.version
            == select(func.max(Verdict.version))
            .where(Verdict.case_id == Case.id)
            .correlate(Case)
            .scalar_subquery(),
            Verdict.decided_at > since,
            Verdict.decided_at <= until,
            col(Verdict.rating).in_(_OF_INTEREST),
        )
        .order_by(batch_clock.shown_count_column(tx, Case).desc(), col(Verdict.decided_at).desc())
    )
    return list(await tx.all(query))


async def queue(tx: Tx, mailing: Mailing, members: Mapping[int, datetime]) -> None:
    """Queues a digest for these members, each at its time; a member already queued is skipped."""
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
    # The mailing may be done already, if all earlier deliveries have been sent.
    mailing.state, mailing.finished_at = MailingState.SENDING, None


async def note_asked(tx: Tx, member_ids: Collection[int]) -> None:
    """Notes that a digest asks these members about invitations to meetings."""
    await tx.session.exec(
        update(Member)
        .where(col(Member.id).in_(member_ids))
        .values(asked_about_meetings=True)
        .execution_options(synchronize_session=False)
    )


def _may_be_asked() -> ColumnElement[bool]:
    return and_(~_MEMBER.asked_about_meetings, ~agreed(_MEMBER.id, Purpose.MEETINGS))


def _counts_now() -> ColumnElement[bool]:
    """Joins an announcement to its current version."""
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


async def _covered_until(
    tx: Tx, earlier: Collection[int], first: int, last: int
) -> dict[int | None, datetime]:
    """Member id to `covered_until`, for the members from `first` to `last` with a recent digest."""
    return dict(
        await tx.all(
            select(Delivery.member_id, func.max(Mailing.created_at))
            .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
            .where(
                col(Delivery.mailing_id).in_(earlier),
                col(Delivery.member_id).between(first, last),
                Delivery.state == DeliveryState.SENT,
            )
            .group_by(col(Delivery.member_id))
        )
    )


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
    for member_id, number in await tx.all(query):
        by_member.setdefault(member_id, []).append(number)
    return by_member
