"""The mailing of invitations to a meeting: its words, and who got one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select, update

from storage.database import Tx, id_of
from storage.models import Delivery, DeliveryState, Mailing, MailingKind, MailingState, Meeting
from storage.outbox import enqueue

_HAVE_ONE = (DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.SENDING)
"""States of a delivery of which the member has, or may have, a copy."""


def subject(meeting: Meeting) -> str:
    """The subject of the mailing of invitations."""
    return str(id_of(meeting))


async def find(tx: Tx, meeting: Meeting) -> Mailing | None:
    """The mailing of invitations; None before the first approval, and once purged."""
    return await enqueue.find_mailing(tx, MailingKind.MEETING, subject(meeting))


async def reword(
    tx: Tx, meeting: Meeting, bodies: Mapping[str, Any], *, valid_until: datetime | None
) -> None:
    """Gives copies that have not left yet other words and another end of validity."""
    mailing = await find(tx, meeting)
    if mailing is not None:
        mailing.bodies, mailing.valid_until = dict(bodies), valid_until
        await tx.session.flush()


async def stop(tx: Tx, meeting: Meeting) -> None:
    """Cancels the invitations that have not left yet."""
    mailing = await find(tx, meeting)
    if mailing is None:
        return
    await tx.session.exec(
        update(Delivery)
        .where(col(Delivery.mailing_id) == mailing.id, col(Delivery.state).in_(enqueue.UNSENT))
        .values(state=DeliveryState.CANCELLED, changed_at=tx.clock.now(), **enqueue.EMPTIED)
    )
    if mailing.state is MailingState.FILLING:
        mailing.state = MailingState.SENDING
    await tx.session.flush()


async def ids(tx: Tx, meeting: Meeting) -> Sequence[int]:
    """The ids of the members who have, or may have, an invitation."""
    mailing = await find(tx, meeting)
    if mailing is None:
        return []
    query = select(Delivery.member_id).where(
        Delivery.mailing_id == mailing.id,
        col(Delivery.state).in_(_HAVE_ONE),
        col(Delivery.member_id).is_not(None),
    )
    return [one for one in await tx.all(query) if one is not None]


async def count(tx: Tx, meeting: Meeting) -> int:
    """How many members have, or may have, an invitation."""
    mailing = await find(tx, meeting)
    if mailing is None:
        return meeting.invited
    query = select(func.count()).where(
        col(Delivery.mailing_id) == mailing.id, col(Delivery.state).in_(_HAVE_ONE)
    )
    return await tx.one(query)
