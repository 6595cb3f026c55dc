"""Announcements that went out, for tests about what members do with them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from handlers.views.announcement import Content, pack
from storage.database.engine import Tx
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Role,
)
from tests.support.club import ClubInATest, Phone

VOTING_DAY = Content(
    title="Ngày bầu cử 15/3/2026",
    html="Cử tri mang theo <b>thẻ cử tri</b> hoặc căn cước.",
    facts=("Từ 7 giờ đến 19 giờ", "Mỗi cử tri tự đi bầu"),
    issuer="Uỷ ban bầu cử tỉnh Hoà An",
    source_url="https://hoaan.example/bau-cu",
    valid_until=datetime(2026, 3, 15, 12, 0, tzinfo=UTC),
)


async def publish(
    club: ClubInATest,
    content: Content = VOTING_DAY,
    *,
    copies: Mapping[int, DeliveryState] | None = None,
    state: AnnouncementState = AnnouncementState.SENT,
) -> int:
    """An announcement that went out just now; `copies` says which member's copy is in which state."""
    async with club.store.write() as tx:
        number = await _announce(tx, content, state)
        await _send(tx, number, copies or {})
    return number


async def publish_to(club: ClubInATest, phones: Iterable[Phone], content: Content) -> int:
    """The same, with a copy that reached each of these phones."""
    reached = {phone.member_id: DeliveryState.SENT for phone in phones}
    return await publish(club, content, copies=reached)


async def _announce(tx: Tx, content: Content, state: AnnouncementState) -> int:
    now = tx.clock.now()
    author = await members.add(
        tx,
        messenger="telegram",
        chat=f"author {tx.ids.number()}",
        name="Thu",
        role=Role.OFFICER,
        language="vi",
        area=None,
    )
    announcement = Announcement(
        author_id=members.number_of(author), state=state, created_at=now, sent_at=now
    )
    tx.session.add(announcement)
    await tx.session.flush()
    assert announcement.id is not None
    version = AnnouncementVersion(
        announcement_id=announcement.id, number=1, content=pack(content), submitted_at=now
    )
    tx.session.add(version)
    return announcement.id


async def _send(tx: Tx, number: int, copies: Mapping[int, DeliveryState]) -> None:
    now = tx.clock.now()
    mailing = Mailing(
        kind=MailingKind.ANNOUNCEMENT,
        subject=str(number),
        announcement_id=number,
        state=MailingState.DONE,
        lane=Lane.ANNOUNCEMENT,
        bodies={},
        created_at=now,
    )
    tx.session.add(mailing)
    await tx.session.flush()
    assert mailing.id is not None
    for member_id, state in copies.items():
        delivery = Delivery(
            mailing_id=mailing.id,
            member_id=member_id,
            lane=mailing.lane,
            state=state,
            not_before=now,
            changed_at=now,
        )
        tx.session.add(delivery)
