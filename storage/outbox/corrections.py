"""Corrections and recalls: which copies of an announcement they change, and what happened to each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.database import Tx
from storage.models import (
    CorrectionOutcome,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Member,
    MemberState,
    Purpose,
)
from storage.outbox.eligibility import agreed, reachable
from storage.outbox.enqueue import UNSENT

KINDS = frozenset({MailingKind.CORRECTION, MailingKind.RECALL})
"""Mailings that change copies which members already have."""

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"].c
_MEMBER = _TABLES["member"].c
_OUT = (_S.SENDING, _S.SENT, _S.UNCERTAIN)
"""States of a copy that the member has, may have, or is about to have."""


@dataclass(frozen=True)
class Copy:
    """One member's copy of an announcement, before it is changed."""

    mailing_id: int
    """The mailing that delivered it, whose `bodies` have its current text."""
    wording: int
    via: str | None
    """The messenger that `message_ids` belong to."""
    message_ids: tuple[str, ...]
    """Empty when the ids are unknown."""
    since: datetime
    """When it was sent, or a little later."""
    notices: tuple[str, ...]
    """Message ids of notices about earlier corrections, on the same messenger."""
    under_way: bool
    """Whether another delivery about this announcement is being sent to this member now."""


def has_copy(announcement_id: int | None) -> ColumnElement[bool]:
    """The member of this row has a copy of the announcement, may have one, or is being sent one."""
    copy = and_(
        _DELIVERY.member_id == _MEMBER.id,
        _DELIVERY.mailing_id.in_(_sent_with(announcement_id)),
        _DELIVERY.state.in_(_OUT),
    )
    return exists().where(copy).correlate(_TABLES["member"])


async def count_copies(tx: Tx, announcement_id: int, via: Collection[str] | None = None) -> int:
    """Number of copies that members have or may have; with `via`, of these messengers only."""
    query = select(func.count()).where(
        _DELIVERY.mailing_id.in_(_sent_with(announcement_id)), _DELIVERY.state.in_(_OUT)
    )
    if via is not None:
        query = query.where(_DELIVERY.via.in_(via))
    return int((await tx.execute(query)).scalar_one())


async def copy_of(tx: Tx, mailing_id: int, member_id: int) -> Copy | None:
    """The copy that this correction or recall changes; None when the member has none."""
    rows = await tx.all(
        select_rows(Delivery, Mailing.kind, Mailing.wording)
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            col(Mailing.announcement_id)
            == select(_MAILING.announcement_id).where(_MAILING.id == mailing_id).scalar_subquery(),
            col(Mailing.kind).in_([MailingKind.ANNOUNCEMENT, *KINDS]),
            Mailing.id != mailing_id,
            Delivery.member_id == member_id,
        )
    )
    under_way = any(row.state is _S.SENDING for row, *_ in rows)
    copies = [joined for joined in rows if joined[1] is MailingKind.ANNOUNCEMENT]
    if not copies or copies[0][0].state not in _OUT:
        return None
    row, _, wording = copies[0]
    corrections = [other for other, kind, *_ in rows if kind is MailingKind.CORRECTION]
    return Copy(
        mailing_id=row.mailing_id,
        wording=wording,
        via=row.via,
        message_ids=tuple(row.message_ids),
        since=row.changed_at,
        notices=tuple(
            n for other in corrections if other.via == row.via for n in other.message_ids
        ),
        under_way=under_way,
    )


async def may_be_notified(tx: Tx, member_id: int) -> bool:
    """Whether this member may be sent a notice about an announcement: consent and active membership."""
    query = select_rows(Member.id).where(
        Member.id == member_id,
        Member.state == MemberState.ACTIVE,
        agreed(_MEMBER.id, Purpose.ANNOUNCEMENTS),
    )
    return await tx.first(query) is not None


async def set_wording(
    tx: Tx, mailing: Mailing, bodies: Mapping[str, Any], valid_until: datetime | None
) -> None:
    """Replaces the text of a mailing that this transaction has locked, for all copies sent from now on.

    Waiting deliveries with a body of their own (`storage.outbox.uncertain`) get the new text too.
    """
    mailing.bodies = dict(bodies)
    mailing.valid_until = valid_until
    mailing.wording += 1
    await tx.session.flush()
    waits = and_(_DELIVERY.mailing_id == mailing.id, _DELIVERY.state.in_(UNSENT))
    await tx.execute(update(_TABLES["delivery"]).where(waits).values(body_sealed=None))


async def counts(tx: Tx, mailing_id: int) -> dict[CorrectionOutcome, int]:
    """Outcome to number of copies."""
    rows = await tx.all(
        select_rows(Delivery.correction_outcome, func.count())
        .where(Delivery.mailing_id == mailing_id, col(Delivery.correction_outcome).is_not(None))
        .group_by(col(Delivery.correction_outcome))
    )
    return {CorrectionOutcome(outcome): number for outcome, number in rows if outcome}


async def unreachable_copies(tx: Tx, mailing: Mailing) -> int:
    """Number of copies of people who blocked the bot, left or had their data erased.

    They have no delivery in this mailing, as nothing can be sent to them.
    """
    can_be_reached = and_(
        exists()
        .where(and_(_MEMBER.id == _DELIVERY.member_id, _MEMBER.state != MemberState.LEFT))
        .correlate(_TABLES["delivery"]),
        reachable(_DELIVERY.member_id),
    )
    treated = _TABLES["delivery"].alias()
    query = select(func.count()).where(
        _DELIVERY.mailing_id.in_(_sent_with(mailing.announcement_id)),
        _DELIVERY.state.in_([_S.SENT, _S.UNCERTAIN]),
        or_(_DELIVERY.member_id.is_(None), ~can_be_reached),
        ~exists()
        .where(treated.c.mailing_id == mailing.id, treated.c.member_id == _DELIVERY.member_id)
        .correlate(_TABLES["delivery"]),
    )
    return int((await tx.execute(query)).scalar_one())


async def newest_of(tx: Tx, announcement_id: int) -> Mailing | None:
    """The newest correction or recall of this announcement."""
    return await tx.first(
        select_rows(Mailing)
        .where(col(Mailing.kind).in_(KINDS), Mailing.announcement_id == announcement_id)
        .order_by(col(Mailing.id).desc())
        .limit(1)
    )


def subject(announcement_id: int, version: int) -> str:
    """The subject of the correction that made this version the current one."""
    return f"{announcement_id} v{version}"


async def last_finished_version(tx: Tx, announcement_id: int) -> int | None:
    """The version of the newest correction that reached everyone who had a copy; None if none did."""
    newest = await tx.first(
        select_rows(Mailing.subject)
        .where(
            Mailing.kind == MailingKind.CORRECTION,
            Mailing.announcement_id == announcement_id,
            Mailing.state == MailingState.DONE,
        )
        .order_by(col(Mailing.id).desc())
        .limit(1)
    )
    return int(newest.rpartition("v")[2]) if newest else None


async def open_of(tx: Tx, announcement_id: int, states: Collection[Any]) -> list[Mailing]:
    """The corrections of this announcement that are in one of these states."""
    query = select_rows(Mailing).where(
        Mailing.kind == MailingKind.CORRECTION,
        Mailing.announcement_id == announcement_id,
        col(Mailing.state).in_(states),
    )
    return list(await tx.all(query))


def _sent_with(announcement_id: int | None) -> Any:
    return select(_MAILING.id).where(
        _MAILING.kind == MailingKind.ANNOUNCEMENT, _MAILING.announcement_id == announcement_id
    )
