"""Pinned messages in members' chats, which are unpinned when the announcement has expired."""

from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.database import Tx
from storage.database.due import Due, earliest
from storage.members import members
from storage.models import DeliveryState, Mailing

_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_CONTACT = _TABLES["contact"].c


@dataclass(frozen=True)
class Pinned:
    """One pinned copy."""

    delivery_id: int
    chat: str = field(repr=False)
    message_id: str


def first_due() -> Due:
    """When the first mailing expires whose copies are pinned."""
    return [earliest(Mailing.valid_until, col(Mailing.unpinned_to).is_not(None))]


async def expired(tx: Tx) -> Mailing | None:
    """The first expired mailing whose copies are still pinned."""
    return await tx.first(
        select_rows(Mailing)
        .where(col(Mailing.unpinned_to).is_not(None), col(Mailing.valid_until) <= tx.clock.now())
        .order_by(col(Mailing.id))
        .limit(1)
    )


async def next_copies(tx: Tx, mailing: Mailing, messenger: str, *, limit: int) -> list[Pinned]:
    """The next copies of it that were delivered on this messenger."""
    query = (
        select(_DELIVERY.id, _DELIVERY.message_ids, *members.CHAT)
        .join(_TABLES["contact"], _CONTACT.member_id == _DELIVERY.member_id)
        .where(
            _DELIVERY.mailing_id == mailing.id,
            _DELIVERY.state == DeliveryState.SENT,
            _DELIVERY.id > mailing.unpinned_to,
            _CONTACT.messenger == messenger,
            _CONTACT.unreachable_since.is_(None),
        )
        .order_by(_DELIVERY.id)
        .limit(limit)
    )
    return [
        Pinned(row.id, members.open_chat(tx, row), row.message_ids[-1])
        for row in (await tx.execute(query)).all()
        if row.message_ids
    ]


async def mark_unpinned(tx: Tx, mailing_id: int, up_to: int | None) -> None:
    """Records that copies up to this delivery id are unpinned; None: all of them."""
    await tx.session.exec(
        update(Mailing).where(col(Mailing.id) == mailing_id).values(unpinned_to=up_to)
    )
