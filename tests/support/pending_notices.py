"""Notices queued in the outbox for one person, in that person's language."""

from sqlmodel import col, select

from handlers import notifications
from handlers.messages import Message
from storage.database.engine import Tx
from storage.models import Delivery, DeliveryState, Mailing
from storage.outbox import enqueue
from tests.support.club import Phone


async def waiting_for(phone: Phone) -> list[Message]:
    """The messages queued for this person, oldest first."""
    query = (
        select(Delivery, Mailing)
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(Delivery.member_id == phone.member_id, Delivery.state == DeliveryState.QUEUED)
        .order_by(col(Delivery.id))
    )
    async with phone.club.store.read() as tx:
        rows = await tx.all(query)
        return [_message(tx, delivery, mailing, phone) for delivery, mailing in rows]


async def newest_for(phone: Phone) -> Message:
    """The newest of them, delivered to the phone."""
    message = (await waiting_for(phone))[-1]
    phone.gets(message)
    return message


def _message(tx: Tx, delivery: Delivery, mailing: Mailing, phone: Phone) -> Message:
    if delivery.body_sealed:
        return notifications.unpack_text(enqueue.own_body(tx, delivery.body_sealed, delivery))
    return notifications.choose(mailing.bodies, phone.language)
