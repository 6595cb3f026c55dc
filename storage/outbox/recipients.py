"""Fan-out of a mailing to its recipients, one range of member ids for each transaction.

See docs/decisions/0018-durable-outbox.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, and_, case, col, exists, func, literal, select

from storage.database import Tx, insert
from storage.database.due import Due, if_any
from storage.models import DeliveryState, Mailing, MailingState, Member, MemberState
from storage.outbox import corrections
from storage.outbox.eligibility import agreed, reachable
from storage.outbox.priority import ONE_APP_ONLY

_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"]
_MEMBER = _TABLES["member"].c


@dataclass(frozen=True)
class FilledRange:
    """The result of one range."""

    mailing_id: int
    complete: bool
    """Whether it was the last one."""


def first_due() -> Due:
    """At once, if a mailing is being filled."""
    return [if_any(exists().where(col(Mailing.state) == MailingState.FILLING))]


async def fill_next_range(tx: Tx, *, members: int) -> FilledRange | None:
    """Adds the recipients among the next `members` members to the most urgent mailing being filled.

    Idempotent: a member has at most one row of a mailing. None when nothing is being filled.
    """
    mailing = await tx.first(
        select(Mailing)
        .where(Mailing.state == MailingState.FILLING)
        .order_by(col(Mailing.lane), col(Mailing.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mailing is None or mailing.id is None:
        return None
    end, seen = await _next_range(tx, mailing.filled_to, members)
    if seen:
        await _add(tx, mailing, end)
        mailing.filled_to = end
    complete = seen < members
    if complete:
        mailing.state = MailingState.SENDING
    await tx.session.flush()
    return FilledRange(mailing.id, complete)


async def _next_range(tx: Tx, after: int, members: int) -> tuple[int, int]:
    """The highest member id of the range, and how many are in it."""
    ids = select(Member.id).where(col(Member.id) > after).order_by(col(Member.id)).limit(members)
    member_range = ids.subquery()
    row = await tx.one(select(func.max(member_range.c.id), func.count()).select_from(member_range))
    return row[0] or after, row[1]


async def _add(tx: Tx, mailing: Mailing, end: int) -> None:
    in_range = and_(_MEMBER.id > mailing.filled_to, _MEMBER.id <= end)
    columns = _columns(tx, mailing)
    rows = sqlalchemy.select(*columns.values()).where(in_range, *audience(mailing))
    await tx.execute(
        insert(tx, _DELIVERY).from_select(list(columns), rows).on_conflict_do_nothing()
    )


def _columns(tx: Tx, mailing: Mailing) -> dict[str, ColumnElement[Any]]:
    """Columns of a new delivery, with the values selected for them; the others have defaults."""
    now = tx.clock.now()
    values = {
        "mailing_id": mailing.id,
        "lane": mailing.lane,
        "state": DeliveryState.QUEUED,
        "not_before": now,
        "changed_at": now,
    }
    fixed: dict[str, ColumnElement[Any]] = {
        name: literal(value, _DELIVERY.c[name].type) for name, value in values.items()
    }
    if mailing.first:
        fixed["not_before"] = _in_order(mailing)
    return {"member_id": _MEMBER.id, **fixed}


def _in_order(mailing: Mailing) -> ColumnElement[Any]:
    """Due time: the creation of the mailing, one second earlier for recipients who go first."""
    kind = _DELIVERY.c.not_before.type
    others = literal(mailing.created_at, kind)
    earlier = literal(mailing.created_at - timedelta(seconds=1), kind)
    return case(
        (
            _has_one_chat() if mailing.first == ONE_APP_ONLY else _MEMBER.area == mailing.first,
            earlier,
        ),
        else_=others,
    )


def _has_one_chat() -> ColumnElement[bool]:
    contact = _TABLES["contact"].c
    reachable_chat = and_(contact.member_id == _MEMBER.id, contact.unreachable_since.is_(None))
    chats = sqlalchemy.select(func.count()).where(reachable_chat).correlate(_TABLES["member"])
    return chats.scalar_subquery() == 1


def audience(mailing: Mailing) -> list[ColumnElement[bool]]:
    """The recipients of a mailing, as conditions on `member` rows."""
    if mailing.kind in corrections.KINDS:
        has_not_left = _MEMBER.state != MemberState.LEFT
        return [has_not_left, reachable(_MEMBER.id), corrections.has_copy(mailing.announcement_id)]
    conditions = [_MEMBER.state == MemberState.ACTIVE, reachable(_MEMBER.id)]
    if mailing.purpose is not None:
        conditions.append(agreed(_MEMBER.id, mailing.purpose))
    if mailing.areas:
        conditions.append(_MEMBER.area.in_(mailing.areas))
    return conditions
