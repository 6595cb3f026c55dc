"""Published announcements, for members and officers to read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, select
from sqlmodel.sql.expression import Select

from storage.announcements.references import Reference
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

    reference: Reference
    content: Mapping[str, Any]
    """Packed by `handlers.views.announcement`."""
    sent_at: datetime | None
    """When its sending began."""

    @property
    def id(self) -> int:
        """The id of the announcement."""
        return self.reference.id

    @property
    def label(self) -> str:
        """What people call it."""
        return self.reference.label


async def find(tx: Tx, announcement_id: int) -> Published | None:
    """The published announcement with this id; None if it was not sent."""
    row = await tx.first(_wordings().where(Announcement.id == announcement_id))
    return _published(*row) if row else None


async def content_of_version(
    tx: Tx, announcement_id: int, version: int
) -> Mapping[str, Any] | None:
    """The content of one version of an announcement; None if there is no such version."""
    query = select(AnnouncementVersion.content).where(
        AnnouncementVersion.announcement_id == announcement_id,
        AnnouncementVersion.number == version,
    )
    return await tx.first(query)


async def wording(tx: Tx, announcement_id: int) -> int:
    """The current version number of a published announcement; a correction changes it."""
    version, *_ = await tx.one(_wordings().where(Announcement.id == announcement_id))
    return id_of(version)


async def sent_at(tx: Tx, announcement_id: int) -> datetime | None:
    """When the sending of an announcement began."""
    return await tx.first(select(Announcement.sent_at).where(Announcement.id == announcement_id))


async def sent_times(tx: Tx) -> dict[int, datetime]:
    """When the sending of each announcement with statistics began."""
    query = select(Announcement.id, Announcement.sent_at).where(
        col(Announcement.state).in_([*_PUBLIC, AnnouncementState.RECALLED]),
        col(Announcement.sent_at).is_not(None),
        col(Announcement.corrects_id).is_(None),
    )
    return {one: at for one, at in await tx.all(query) if one and at}


async def newest(tx: Tx, limit: int | None = None) -> list[Published]:
    """Sent announcements and those being sent, newest first."""
    order = col(Announcement.sent_at).desc(), col(Announcement.id).desc()
    return [
        _published(*row) for row in await tx.session.exec(_wordings().order_by(*order).limit(limit))
    ]


async def is_recalled(tx: Tx, announcement_id: int) -> bool:
    """Whether the announcement with this id was recalled."""
    query = select(Announcement.id).where(
        Announcement.id == announcement_id, Announcement.state == AnnouncementState.RECALLED
    )
    return await tx.first(query) is not None


async def was_sent(tx: Tx, announcement_id: int, member_id: int) -> bool:
    """Whether a copy of this announcement was delivered to this member."""
    query = (
        select(Delivery.id)
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            Mailing.announcement_id == announcement_id,
            Delivery.member_id == member_id,
            Delivery.state == DeliveryState.SENT,
        )
        .limit(1)
    )
    return await tx.first(query) is not None


def _wordings() -> Select[AnnouncementVersion, int | None, datetime | None]:
    columns = col(Announcement.number), col(Announcement.sent_at)
    query = select(AnnouncementVersion, *columns).join(
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


def _published(
    version: AnnouncementVersion, number: int | None, sent_at: datetime | None
) -> Published:
    return Published(Reference(version.announcement_id, number), version.content, sent_at)
