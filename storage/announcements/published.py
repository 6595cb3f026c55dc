"""Published announcements, for members and officers to read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database import Tx, id_of
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Delivery,
    DeliveryState,
    Mailing,
)

_PUBLIC = (AnnouncementState.SENDING, AnnouncementState.SENT)


@dataclass(frozen=True)
class Published:
    """One published announcement with its current content."""

    number: int
    content: Mapping[str, Any]
    """Packed by `handlers.views.announcement`."""


async def find(tx: Tx, number: int) -> Published | None:
    """The published announcement with this number; None if it was not sent."""
    versions = await tx.all(_wordings().where(Announcement.id == number))
    return _published(versions[0]) if versions else None


async def content_of_version(tx: Tx, number: int, version: int) -> Mapping[str, Any] | None:
    """The content of one version of an announcement; None if there is no such version."""
    query = select(AnnouncementVersion.content).where(
        AnnouncementVersion.announcement_id == number, AnnouncementVersion.number == version
    )
    return await tx.first(query)


async def wording(tx: Tx, number: int) -> int:
    """The current version number of a published announcement; a correction changes it."""
    version = await tx.one(_wordings().where(Announcement.id == number))
    return id_of(version)


async def sent_at(tx: Tx, number: int) -> datetime | None:
    """When the sending of an announcement began."""
    return await tx.first(select(Announcement.sent_at).where(Announcement.id == number))


async def sent_times(tx: Tx) -> dict[int, datetime]:
    """When the sending of each announcement with statistics began."""
    query = select(Announcement.id, Announcement.sent_at).where(
        col(Announcement.state).in_([*_PUBLIC, AnnouncementState.RECALLED]),
        col(Announcement.sent_at).is_not(None),
        col(Announcement.corrects_id).is_(None),
    )
    return {number: at for number, at in await tx.all(query) if number and at}


async def newest(tx: Tx, limit: int | None = None) -> list[Published]:
    """Sent announcements and those being sent, newest first."""
    order = col(Announcement.sent_at).desc(), col(Announcement.id).desc()
    return [
        _published(version)
        for version in await tx.session.exec(_wordings().order_by(*order).limit(limit))
    ]


async def is_recalled(tx: Tx, number: int) -> bool:
    """Whether the announcement with this number was recalled."""
    query = select(Announcement.id).where(
        Announcement.id == number, Announcement.state == AnnouncementState.RECALLED
    )
    return await tx.first(query) is not None


async def was_sent(tx: Tx, number: int, member_id: int) -> bool:
    """Whether a copy of this announcement was delivered to this member."""
    query = (
        select(Delivery.id)
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            Mailing.announcement_id == number,
            Delivery.member_id == member_id,
            Delivery.state == DeliveryState.SENT,
        )
        .limit(1)
    )
    return await tx.first(query) is not None


def _wordings() -> SelectOfScalar[AnnouncementVersion]:
    query = select(AnnouncementVersion).join(
        Announcement,
        and_(
            col(AnnouncementVersion.announcement_id) == Announcement.id,
            col(AnnouncementVersion.number) == Announcement.version,
        ),
    )
    # A correction counts in the announcement that it corrects.
    return query.where(
        col(Announcement.state).in_(_PUBLIC), col(Announcement.corrects_id).is_(None)
    )


def _published(version: AnnouncementVersion) -> Published:
    return Published(version.announcement_id, version.content)
