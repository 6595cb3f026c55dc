"""Rows of the officers' exports: the totals and public texts that they see, without members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import and_, col, func, select

from storage.announcements import references, share_proofs
from storage.announcements.references import Reference
from storage.database import Tx, batch_clock
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Case,
    Proof,
    ProofKind,
    Share,
    ShareState,
    Verdict,
)

_KEPT_BACK = (
    AnnouncementState.DRAFT,
    AnnouncementState.AWAITING_APPROVAL,
    AnnouncementState.SCHEDULED,
    AnnouncementState.WITHDRAWN,
)
"""States of announcements that only officers have read."""


@dataclass(frozen=True)
class SentAnnouncement:
    """An announcement that was sent."""

    announcement: Reference
    state: AnnouncementState
    sent_at: datetime | None
    content: Mapping[str, Any]
    """Packed by `handlers.views.announcement`."""


@dataclass(frozen=True)
class SharedLink:
    """A public post that shares an announcement."""

    announcement_id: int
    platform: str | None
    url: str
    reach: int | None
    """Views of the share; None at all but the first of its links, so that sums are right."""


async def issued(tx: Tx, since: datetime) -> list[SentAnnouncement]:
    """Announcements whose sending began at `since` or later, oldest first."""
    query = (
        select(Announcement, AnnouncementVersion.content)
        .join(
            AnnouncementVersion,
            and_(
                col(AnnouncementVersion.announcement_id) == Announcement.id,
                col(AnnouncementVersion.number) == Announcement.version,
            ),
        )
        .where(
            col(Announcement.state).not_in(_KEPT_BACK),
            col(Announcement.sent_at) >= since,
            col(Announcement.corrects_id).is_(None),
        )
        .order_by(col(Announcement.number), col(Announcement.id))
    )
    return [
        SentAnnouncement(references.reference(one), one.state, one.sent_at, content)
        for one, content in await tx.all(query)
    ]


async def shared_links(tx: Tx, announcements: Sequence[int]) -> list[SharedLink]:
    """The links of these announcements' shares, in an order that does not reveal who was first."""
    query = (
        select(Share.announcement_id, Share.id, Share.reach, Proof)
        .join(Proof, col(Proof.share_id) == Share.id)
        .join(Announcement, col(Announcement.id) == Share.announcement_id)
        .where(
            col(Share.announcement_id).in_(announcements),
            Share.state == ShareState.SHARED,
            Proof.kind == ProofKind.LINK,
            batch_clock.is_seen(tx, col(Proof.at)),
        )
        .order_by(col(Announcement.number), col(Share.announcement_id), col(Proof.same))
    )
    links, counted = [], set()
    for announcement_id, share, reach, proof in await tx.all(query):
        seen = reach if share not in counted else None
        counted.add(share)
        url = share_proofs.content_of(tx, proof)
        links.append(SharedLink(announcement_id, proof.platform, url, seen))
    return links


async def cases(tx: Tx, since: date) -> list[tuple[Case, Verdict | None]]:
    """Cases opened on this day or later, each with its newest verdict."""
    newest = (
        select(func.max(Verdict.version))
        .where(Verdict.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )
    query = (
        select(Case, Verdict)
        .outerjoin(Verdict, and_(col(Verdict.case_id) == Case.id, col(Verdict.version) == newest))
        .where(Case.opened_on >= since, batch_clock.shown_cases(tx))
        # By day and then by the random code, so that the order does not reveal the time of day
        # (refusal: no-disclosure-of-flaggers).
        .order_by(col(Case.opened_on), col(Case.code))
    )
    return [(case, verdict) for case, verdict in await tx.all(query)]
