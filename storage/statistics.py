"""What officers may know of an announcement: totals. No row of these names a member (refusal 3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from storage.engine import Tx
from storage.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    Proof,
    ProofKind,
    Share,
    ShareState,
)

_WAITING = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


@dataclass(frozen=True)
class Totals:
    """One announcement in numbers. "Not for me" is not among them."""

    deliveries: Mapping[DeliveryState, int]
    sharers: int = 0
    """Members who said they shared it."""
    links: int = 0
    pictures: int = 0

    def copies(self, *states: DeliveryState) -> int:
        """How many copies are in one of these states."""
        return sum(self.deliveries.get(state, 0) for state in states)

    @property
    def waiting(self) -> int:
        """Copies that have not left yet."""
        return self.copies(*_WAITING)


async def totals(tx: Tx, numbers: Collection[int]) -> dict[int, Totals]:
    """The totals of these announcements, in four queries whatever their number."""
    deliveries = await _deliveries(tx, numbers)
    sharers = await _sharers(tx, numbers)
    links = await _proofs(tx, numbers, ProofKind.LINK)
    pictures = await _proofs(tx, numbers, ProofKind.PICTURE)
    return {
        number: Totals(
            deliveries.get(number, {}),
            sharers.get(number, 0),
            links.get(number, 0),
            pictures.get(number, 0),
        )
        for number in numbers
    }


async def _deliveries(tx: Tx, numbers: Collection[int]) -> dict[int, dict[DeliveryState, int]]:
    query = (
        select(col(Mailing.announcement_id), col(Delivery.state), func.count())
        .join(Delivery, col(Delivery.mailing_id) == Mailing.id)
        .where(Mailing.kind == MailingKind.ANNOUNCEMENT, col(Mailing.announcement_id).in_(numbers))
        .group_by(col(Mailing.announcement_id), col(Delivery.state))
    )
    found: dict[int, dict[DeliveryState, int]] = {}
    for number, state, count in (await tx.session.exec(query)).all():
        found.setdefault(int(number or 0), {})[state] = count
    return found


async def _sharers(tx: Tx, numbers: Collection[int]) -> dict[int, int]:
    query = (
        select(Share.announcement_id, func.count())
        .where(Share.state == ShareState.SHARED, col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id))
    )
    return dict((await tx.session.exec(query)).all())


async def _proofs(tx: Tx, numbers: Collection[int], kind: ProofKind) -> dict[int, int]:
    query = (
        select(Share.announcement_id, func.count())
        .join(Proof, col(Proof.share_id) == Share.id)
        .where(Proof.kind == kind, col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id))
    )
    return dict((await tx.session.exec(query)).all())
