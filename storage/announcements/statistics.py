"""Statistics of announcements for officers: totals without members.

Refusal: no-pressure-to-share.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import Select
from sqlmodel import case, col, exists, func, literal, or_, select, update

from storage.database import Tx
from storage.database.batch_clock import SHOWN_STATE, shown_delivery_state
from storage.models import (
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
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
    """Totals of one announcement, without "not for me" answers."""

    deliveries: Mapping[DeliveryState, int]
    opened: int = 0
    """Members who tapped a button of their copy, or shared it from somewhere else."""
    sharers: int = 0
    """Members who said they shared it."""
    links: int = 0
    pictures: int = 0
    reach: int = 0
    """Number of views, summed over the shares of which an officer recorded it."""

    def copies(self, *states: DeliveryState) -> int:
        """Number of copies in one of these states."""
        return sum(self.deliveries.get(state, 0) for state in states)

    @property
    def waiting(self) -> int:
        """Number of copies that are not sent yet."""
        return self.copies(*_WAITING)


@dataclass(frozen=True)
class OfArea:
    """Counts of one area."""

    sent: int = 0
    opened: int = 0
    shared: int = 0


@dataclass(frozen=True)
class Day:
    """Counts of one day in the club's time zone."""

    opened: int = 0
    shared: int = 0


@dataclass(frozen=True)
class Breakdown:
    """One announcement by area, day and platform."""

    areas: Mapping[str | None, OfArea] = field(default_factory=dict)
    """By the present area of the member; None is the whole province."""
    days: Mapping[date, Day] = field(default_factory=dict)
    platforms: Mapping[str | None, int] = field(default_factory=dict)
    """Platform to number of links; None is any other page."""


@dataclass(frozen=True)
class Detail:
    """Totals and breakdown of one announcement, counted in one transaction."""

    totals: Totals
    breakdown: Breakdown


async def totals(tx: Tx, numbers: Collection[int]) -> dict[int, Totals]:
    """The totals of these announcements, in three queries."""
    copies = await _copies(tx, numbers)
    shares = await _shares(tx, numbers)
    proofs = await _proofs(tx, numbers)
    return {
        number: _total(copies.get(number, []), shares.get(number, []), proofs.get(number, []))
        for number in numbers
    }


async def detail(tx: Tx, number: int, days: Sequence[tuple[date, datetime]]) -> Detail:
    """The detail of one announcement; `days` have the time at which each ends.

    Later events count for the last day. Each copy and share is read once: there may be 100,000.
    """
    copies = await _copies_by_area(tx, number)
    shares = await _shares_by_area(tx, number, days)
    proofs = (await _proofs(tx, [number])).get(number, [])
    arrived = [(one.area, one.opened_on, one.copies) for one in copies if one.state in _ARRIVED]
    shared = [(one.area, one.day, one.members) for one in shares]
    elsewhere = [(one.area, one.day, one.members) for one in shares if not one.has_opened]
    return Detail(
        _total(copies, shares, proofs),
        Breakdown(
            _by_area(arrived, elsewhere, shared),
            _by_day([*arrived, *elsewhere], shared, [day for day, _ in days]),
            {platform: count for kind, platform, count in proofs if kind is ProofKind.LINK},
        ),
    )


async def mark_opened(tx: Tx, number: int, member_id: int, day: date) -> None:
    """Records the day on which the member first tapped a button of their copy."""
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


class _Copies(NamedTuple):
    state: DeliveryState
    opened_on: date | None
    copies: int
    area: str | None = None


class _Shares(NamedTuple):
    area: str | None
    day: date | None
    members: int
    reach: int
    has_opened: bool
    """Whether they tapped a button of their copy, or their data was erased: then nobody can tell."""


_Proofs = tuple[ProofKind, str | None, int]
"""Kind, platform and number of proofs."""


async def _copies(tx: Tx, numbers: Collection[int]) -> dict[int, list[_Copies]]:
    query = (
        sqlalchemy.select(
            col(Mailing.announcement_id),
            shown_delivery_state(tx),
            col(Delivery.opened_on),
            func.count(),
            col(Mailing.state),
        )
        .join(Delivery, col(Delivery.mailing_id) == Mailing.id)
        .where(
            col(Mailing.kind) == MailingKind.ANNOUNCEMENT,
            col(Mailing.announcement_id).in_(numbers),
        )
        .group_by(
            col(Mailing.announcement_id),
            SHOWN_STATE,
            col(Delivery.opened_on),
            col(Mailing.state),
        )
    )
    by_announcement: dict[int, list[_Copies]] = {}
    rows: Sequence[Any] = (await tx.execute(query)).all()
    for number, state, day, count, mailing in rows:
        by_announcement.setdefault(number or 0, []).append(
            _Copies(_seen(state, mailing), day, count)
        )
    return by_announcement


async def _copies_by_area(tx: Tx, number: int) -> list[_Copies]:
    query = (
        sqlalchemy.select(
            shown_delivery_state(tx),
            col(Delivery.opened_on),
            func.count(),
            col(Member.area),
            col(Mailing.state),
        )
        .select_from(Delivery)
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .outerjoin(Member, col(Member.id) == Delivery.member_id)
        .where(col(Delivery.mailing_id).in_(_mailings([number])))
        .group_by(SHOWN_STATE, col(Delivery.opened_on), col(Member.area), col(Mailing.state))
    )
    rows: Sequence[Any] = (await tx.execute(query)).all()
    return [
        _Copies(_seen(state, mailing), day, count, area)
        for state, day, count, area, mailing in rows
    ]


def _seen(state: DeliveryState, mailing: MailingState) -> DeliveryState:
    """A cancelled copy counts as waiting until the mailing has ended, as in `mailings.counts`."""
    is_over = mailing in (MailingState.DONE, MailingState.CANCELLED)
    return DeliveryState.QUEUED if state is DeliveryState.CANCELLED and not is_over else state


async def _shares(tx: Tx, numbers: Collection[int]) -> dict[int, list[_Shares]]:
    """The shares of each announcement, without areas and days."""
    has_opened = _has_opened()
    rows = await tx.all(
        select(Share.announcement_id, has_opened, func.count(), func.sum(Share.reach))
        .where(Share.state == ShareState.SHARED, col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id), has_opened)
    )
    shares: dict[int, list[_Shares]] = {}
    for number, opened, count, reach in rows:
        shares.setdefault(number, []).append(
            _Shares(None, None, count, int(reach or 0), bool(opened))
        )
    return shares


def _has_opened() -> Any:
    """Whether the member of a share opened a copy; 1 also without a member, 0 otherwise."""
    opened = exists().where(
        col(Delivery.member_id) == Share.member_id,
        col(Delivery.mailing_id) == Mailing.id,
        col(Mailing.kind) == MailingKind.ANNOUNCEMENT,
        col(Mailing.announcement_id) == Share.announcement_id,
        col(Delivery.opened_on).is_not(None),
    )
    return case((or_(col(Share.member_id).is_(None), opened), 1), else_=0).label("has_opened")


async def _shares_by_area(
    tx: Tx, number: int, days: Sequence[tuple[date, datetime]]
) -> list[_Shares]:
    ends = {end: literal(place) for place, (_, end) in enumerate(days[:-1])}
    place = (
        case(*((col(Share.at) < end, value) for end, value in ends.items()), else_=len(ends))
        if ends
        else literal(0)
    )
    has_opened = _has_opened()
    query = (
        sqlalchemy.select(
            col(Member.area), place, has_opened, func.count(), func.sum(col(Share.reach))
        )
        .select_from(Share)
        .outerjoin(Member, col(Member.id) == Share.member_id)
        .where(col(Share.announcement_id) == number, col(Share.state) == ShareState.SHARED)
        .group_by(col(Member.area), place, has_opened)
    )
    rows: Sequence[Any] = (await tx.execute(query)).all()
    return [
        _Shares(area, days[at][0] if days else None, count, int(reach or 0), bool(opened))
        for area, at, opened, count, reach in rows
    ]


async def _proofs(tx: Tx, numbers: Collection[int]) -> dict[int, list[_Proofs]]:
    query = (
        select(Share.announcement_id, Proof.kind, Proof.platform, func.count())
        .join(Proof, col(Proof.share_id) == Share.id)
        .where(col(Share.announcement_id).in_(numbers))
        .group_by(col(Share.announcement_id), col(Proof.kind), col(Proof.platform))
    )
    by_announcement: dict[int, list[_Proofs]] = {}
    for number, kind, platform, count in await tx.all(query):
        by_announcement.setdefault(number, []).append((ProofKind(kind), platform, count))
    return by_announcement


def _total(
    copies: Sequence[_Copies], shares: Sequence[_Shares], proofs: Sequence[_Proofs]
) -> Totals:
    states: dict[DeliveryState, int] = {}
    for one in copies:
        states[one.state] = states.get(one.state, 0) + one.copies
    sharers = sum(one.members for one in shares)
    elsewhere = sum(one.members for one in shares if not one.has_opened)
    return Totals(
        states,
        max(sharers, sum(one.copies for one in copies if one.opened_on) + elsewhere),
        sharers,
        _of_kind(proofs, ProofKind.LINK),
        _of_kind(proofs, ProofKind.PICTURE),
        sum(one.reach for one in shares),
    )


def _of_kind(proofs: Sequence[_Proofs], kind: ProofKind) -> int:
    return sum(count for of, _, count in proofs if of is kind)


Counted = Sequence[tuple[str | None, date | None, int]]


def _by_area(copies: Counted, elsewhere: Counted, shared: Counted) -> dict[str | None, OfArea]:
    """`elsewhere` are the sharers who opened no copy."""
    opened = [*(one for one in copies if one[1]), *elsewhere]

    def total(rows: Counted, area: str | None) -> int:
        return sum(n for where, _, n in rows if where == area)

    def of(area: str | None) -> OfArea:
        sharers = total(shared, area)
        return OfArea(total(copies, area), max(sharers, total(opened, area)), sharers)

    return {area: of(area) for area in {area for area, _, _ in (*copies, *shared)}}


def _by_day(copies: Counted, shared: Counted, days: Sequence[date]) -> dict[date, Day]:
    def total(rows: Counted, day: date) -> int:
        later = day == days[-1]
        return sum(n for _, at, n in rows if at == day or (later and at and at > day))

    return {day: Day(total(copies, day), total(shared, day)) for day in days}
