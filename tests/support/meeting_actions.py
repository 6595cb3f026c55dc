"""What officers and members do about meetings, and the delivery of what is mailed to them."""

from sqlmodel import col, select

from handlers import notifications
from handlers.meetings import due_steps
from storage.database.engine import Tx
from storage.models import Delivery, DeliveryState, Mailing, Meeting
from storage.outbox import enqueue, recipients
from tests.support.club import ClubInATest, Phone

INVITATION = """Họp giao ban tháng 3
Thời gian: 8h đến 10h, thứ Bảy 14/3
Địa điểm: Hội trường UBND, 12 Lê Lợi
Trả lời trước 17h 12/3
Liên hệ: chị Thu, 0912 345 678

1. Tình hình tin giả
2. Phân công tuần tới"""


async def invites(author: Phone, approver: Phone, text: str = INVITATION) -> Meeting:
    """An officer writes an invitation, another approves it, and it is delivered."""
    await author.says("/hop", text)
    await author.presses("Gửi duyệt")
    await delivers(author.club)
    await approver.presses("Xem và duyệt", "Duyệt")
    await delivers(author.club)
    return await newest_meeting(author.club)


async def newest_meeting(club: ClubInATest) -> Meeting:
    """The newest open meeting."""
    return (await club.rows(select(Meeting).order_by(col(Meeting.id).desc())))[0]


async def delivers(club: ClubInATest) -> int:
    """Fills mailings and delivers what is queued; returns how many messages that were."""
    async with club.store.write() as tx:
        while await recipients.fill_next_range(tx, members=100):
            pass
        queued = await tx.all(
            select(Delivery)
            .where(Delivery.state == DeliveryState.QUEUED, col(Delivery.messenger).is_(None))
            .order_by(col(Delivery.id))
        )
        for delivery in queued:
            await _deliver(tx, club, delivery)
    return len(queued)


async def _deliver(tx: Tx, club: ClubInATest, delivery: Delivery) -> None:
    mailing = await tx.one(select(Mailing).where(Mailing.id == delivery.mailing_id))
    phone = next(one for one in club.phones if one.member_id == delivery.member_id)
    if delivery.body_sealed:
        body = enqueue.own_body(tx, delivery.body_sealed, delivery)
        phone.gets(notifications.unpack_text(body))
    else:
        phone.gets(notifications.choose(mailing.bodies, phone.language))
    delivery.state, delivery.body_sealed = DeliveryState.SENT, None


async def time_passes(club: ClubInATest, **span: float) -> None:
    """Moves the clock, does what is due of meetings, and delivers it."""
    club.clock.advance(**span)
    await club.in_write(due_steps.run_due, club.settings)
    await delivers(club)
