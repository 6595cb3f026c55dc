"""What officers may know of an announcement: totals. No row of these names a member (refusal 3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Select, case, func, literal, update
from sqlmodel import col, select

from storage.engine import Tx
from storage.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    Member,
    Proof,
    ProofKind,
    Share,
    ShareState,
)

_WAITING = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)
_ARRIVED = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
"""States of a copy that can have been opened."""


@dataclass(frozen=True)
class Totals:
    """One announcement in numbers. "Not for me" is not among them."""

    deliveries: Mapping[DeliveryState, int]
    opened: int = 0
    """Copies that were opened by a tap."""
    sharers: int = 0
    """Members who said they shared it."""
    links: int = 0
    pictures: int = 0
    reach: int = 0
    """How many people saw it, summed over the shares of which an officer noted it."""

    def copies(self, *states: DeliveryState) -> int:
        """How many copies are in one of these states."""
        return sum(self.deliveries.get(state, 0) for state in states)

    @property
    def waiting(self) -> int:
        """Copies that have not left yet."""
        return self.copies(*_WAITING)


@dataclass(frozen=True)
class OfArea:
    """What became of the copies of one area."""

    sent: int = 0
    opened: int = 0
    shared: int = 0


@dataclass(frozen=True)
class Day:
    """What members did on one day in the club's time zone."""

    opened: int = 0
    shared: int = 0


@dataclass(frozen=True)
class Breakdown:
    """One announcement by area, day and platform."""

    areas: Mapping[str | None, OfArea] = field(default_factory=dict)
    """By the area a member has now; None is the whole province."""
    days: Mapping[date, Day] = field(default_factory=dict)
    platforms: Mapping[str | None, int] = field(default_factory=dict)
    """How many links lead to which platform; None is any other page."""


async def totals(tx: Tx, numbers: Collection[int]) -> dict[int, Totals]:
    """The totals of these announcements, in five queries whatever their number."""
    deliveries = await _deliveries(tx, numbers)
    opened = await _opened(tx, numbers)
    shares = await _shares(tx, numbers)
    links = await _proofs(tx, numbers, ProofKind.LINK)
    pictures = await _proofs(tx, numbers, ProofKind.PICTURE)
    return {
        number: Totals(
            deliveries.get(number, {}),
            opened.get(number, 0),
            shares.get(number, (0, 0))[0],
            links.get(number, 0),
            pictures.get(number, 0),
            shares.get(number, (0, 0))[1],
        )
        for number in numbers
    }


async def breakdown(tx: Tx, number: int, days: Sequence[tuple[date, datetime]]) -> Breakdown:
    """One announcement in detail, for these days, each with the moment at which it ends.

    Beside the areas, the days count as well: what was done after the last is put to that one.
    """
    opened = await _copies_by_area_and_day(tx, number)
    shared = await _shares_by_area_and_day(tx, number, days)
    return Breakdown(
        _by_area(opened, shared),
        _by_day(opened, shared, [day for day, _ in days]),
        await _by_platform(tx, number),
    )


async def mark_opened(tx: Tx, number: int, member_id: int, day: date) -> None:
    """The member opened their copy of this announcement by a tap; the first day counts."""
    await tx.session.exec(
        update(Delivery)
        .where(
            col(Delivery.member_id) == member_id,
            col(Delivery.mailing_id).in_(_mailings([number])),
            col(Delivery.state).in_(_ARRIVED),
            col(Delivery.opened_on).is_(None),
        )
        .values(opened_on=day)
    )


def _mailings(numbers: Collection[int]) -> Select[Any]:
    return sqlalchemy.select(col(Mailing.id)).where(
        col(Mailing.kind) == MailingKind.ANNOUNCEMENT, col(Mailing.announcement_id).in_(numbers)
    )


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


async def _opened(tx: Tx, numbers: Collection[int]) -> dict[int, int]:
    query = (
        select(col(Mailing.announcement_id), func.count())
        .join(Delivery, col(Delivery.mailing_id) == Mailing.id)
        .where(
            Mailing.kind == MailingKind.ANNOUNCEMENT,
            col(Mailing.announcement_id).in_(numbers),
            col(Delivery.opened_on).is_not(None),
        )
        .group_by(col(Mailing.announcement_id))
    )
    return {number or 0: count for number, count in (await tx.session.exec(query)).all()}


async def _shares(tx: Tx, numbers: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many shared it, and the reach that officers noted of it."""
    query = (
        select(Share.announcement_id, func.count(), func.sum(Share.reach))
        .where(Share.state == ShareState.SHARED, col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id))
    )
    rows = (await tx.session.exec(query)).all()
    return {number: (count, int(reach or 0)) for number, count, reach in rows}


async def _proofs(tx: Tx, numbers: Collection[int], kind: ProofKind) -> dict[int, int]:
    query = (
        select(Share.announcement_id, func.count())
        .join(Proof, col(Proof.share_id) == Share.id)
        .where(Proof.kind == kind, col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id))
    )
    return dict((await tx.session.exec(query)).all())


async def _copies_by_area_and_day(tx: Tx, number: int) -> list[tuple[str | None, date | None, int]]:
    """Area, the day of opening (None: not opened), and how many copies."""
    query = (
        select(col(Member.area), col(Delivery.opened_on), func.count())
        .select_from(Delivery)
        .outerjoin(Member, col(Member.id) == Delivery.member_id)
        .where(col(Delivery.mailing_id).in_(_mailings([number])), col(Delivery.state).in_(_ARRIVED))
        .group_by(col(Member.area), col(Delivery.opened_on))
    )
    return [(row[0], row[1], row[2]) for row in (await tx.session.exec(query)).all()]


async def _shares_by_area_and_day(
    tx: Tx, number: int, days: Sequence[tuple[date, datetime]]
) -> list[tuple[str | None, date | None, int]]:
    """Area, day, and how many shared it."""
    ends = {end: literal(place) for place, (_, end) in enumerate(days[:-1])}
    place = (
        case(*((col(Share.at) < end, value) for end, value in ends.items()), else_=len(ends))
        if ends
        else literal(0)
    )
    query = (
        select(Member.area, place, func.count())
        .select_from(Share)
        .outerjoin(Member, col(Member.id) == Share.member_id)
        .where(Share.announcement_id == number, Share.state == ShareState.SHARED)
        .group_by(col(Member.area), place)
    )
    rows = (await tx.session.exec(query)).all()
    return [(row[0], days[row[1]][0] if days else None, row[2]) for row in rows]


async def _by_platform(tx: Tx, number: int) -> dict[str | None, int]:
    query = (
        select(Proof.platform, func.count())
        .join(Share, col(Share.id) == Proof.share_id)
        .where(Proof.kind == ProofKind.LINK, Share.announcement_id == number)
        .group_by(col(Proof.platform))
    )
    return dict((await tx.session.exec(query)).all())


Counted = Sequence[tuple[str | None, date | None, int]]


def _by_area(copies: Counted, shared: Counted) -> dict[str | None, OfArea]:
    def total(rows: Counted, area: str | None, *, opened: bool = False) -> int:
        return sum(n for where, day, n in rows if where == area and (day or not opened))

    areas = {area for area, _, _ in (*copies, *shared)}
    return {
        area: OfArea(total(copies, area), total(copies, area, opened=True), total(shared, area))
        for area in areas
    }


def _by_day(copies: Counted, shared: Counted, days: Sequence[date]) -> dict[date, Day]:
    def total(rows: Counted, day: date) -> int:
        later = day == days[-1]
        return sum(n for _, at, n in rows if at == day or (later and at and at > day))

    return {day: Day(total(copies, day), total(shared, day)) for day in days}
