"""Announcements, mailings and deliveries written as rows, without composing or sending."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from handlers.announcing.delivered_copy import delivered
from handlers.authenticity import record
from handlers.notifications import in_every_language
from handlers.views.announcement import Content, member_copy, pack, unpack
from storage.announcements import announcements, references
from storage.announcements.references import Reference
from storage.database.engine import Store, Tx
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
    Purpose,
    Role,
)
from storage.outbox import recipients
from tests.support.club import ClubInATest, Phone
from tests.support.member_rows import add_member

VOTING_DAY = Content(
    title="Ngày bầu cử 15/3/2026",
    html="Cử tri mang theo <b>thẻ cử tri</b> hoặc căn cước.",
    facts=("Từ 7 giờ đến 19 giờ", "Mỗi cử tri tự đi bầu"),
    issuer="Ủy ban bầu cử tỉnh Hòa An",
    source_url="https://hoaan.example/bau-cu",
    valid_until=datetime(2026, 3, 15, 12, 0, tzinfo=UTC),
)

_WENT_OUT = (AnnouncementState.SENDING, AnnouncementState.SENT, AnnouncementState.RECALLED)


def numbered(number: int) -> Reference:
    """An announcement that went out, where every one did, so that its number is its id."""
    return Reference(number, number)


async def publish(
    club: ClubInATest,
    content: Content = VOTING_DAY,
    *,
    copies: Mapping[int, DeliveryState] | None = None,
    state: AnnouncementState = AnnouncementState.SENT,
) -> int:
    """An announcement sent now; `copies` maps members to the state of their delivery."""
    async with club.store.write() as tx:
        author = await add_member(
            tx,
            messenger="telegram",
            chat=f"author {tx.ids.number()}",
            name="Thu",
            role=Role.OFFICER,
            language="vi",
        )
        number = await _add(tx, author, content, state)
        await _add_mailing(tx, number, copies or {})
        which = await references.of(tx, number)
        await record.announcement_went_out(tx, club.settings, which, 1, content)
    return number


async def publish_to(club: ClubInATest, phones: Iterable[Phone], content: Content) -> int:
    """The same, with a copy that reached each of these phones."""
    reached = {phone.member_id: DeliveryState.SENT for phone in phones}
    return await publish(club, content, copies=reached)


async def publish_copies(
    club: ClubInATest,
    copies: Sequence[tuple[Phone, DeliveryState]],
    content: Content = VOTING_DAY,
    *,
    state: MailingState = MailingState.DONE,
    ago: timedelta = timedelta(0),
) -> int:
    """The same, with the words that were sent and with message ids.

    The message id of a copy that arrived is the member's number.
    """
    announcement = AnnouncementState.SENT
    if state is not MailingState.DONE:
        announcement = AnnouncementState.SENDING
    states = {phone.member_id: of_copy for phone, of_copy in copies}
    number = await publish(club, content, copies=states, state=announcement)
    async with club.store.write() as tx:
        which = await references.of(tx, number)
        mailing = await tx.one(_original(number))
        mailing.state, mailing.purpose = state, Purpose.ANNOUNCEMENTS
        mailing.valid_until = content.valid_until
        mailing.bodies = in_every_language(
            club.settings, lambda say: delivered(member_copy(content, which, say))
        )
        for row in await tx.all(select(Delivery)):
            row.changed_at = tx.clock.now() - ago
            if row.state is DeliveryState.SENT:
                row.message_ids = [str(row.member_id)]
    return number


async def add_announcement(
    store: Store,
    author_id: int,
    title: str,
    *,
    state: AnnouncementState = AnnouncementState.SENT,
    areas: tuple[str, ...] = (),
    valid_for: timedelta | None = None,
    at: datetime | None = None,
) -> int:
    """An announcement without mailing, sent at `at` or now; returns its number."""
    async with store.write() as tx:
        content = Content(
            title=title,
            html="Nội dung.",
            issuer="Ủy ban bầu cử",
            areas=areas,
            valid_until=tx.clock.now() + valid_for if valid_for else None,
        )
        return await _add(tx, author_id, content, state, sent_at=at)


async def _add(
    tx: Tx,
    author_id: int,
    content: Content,
    state: AnnouncementState,
    sent_at: datetime | None = None,
) -> int:
    now = tx.clock.now()
    announcement = Announcement(
        author_id=author_id, state=AnnouncementState.SCHEDULED, created_at=now
    )
    tx.session.add(announcement)
    await tx.session.flush()
    if state in _WENT_OUT:
        await announcements.go_out(tx, announcement)
    announcement.state, announcement.sent_at = state, sent_at or now
    announcement.due_at = now if state is AnnouncementState.SCHEDULED else None
    assert announcement.id is not None
    version = AnnouncementVersion(
        announcement_id=announcement.id, number=1, content=pack(content), submitted_at=now
    )
    tx.session.add(version)
    return announcement.id


async def _add_mailing(tx: Tx, number: int, copies: Mapping[int, DeliveryState]) -> None:
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


def _original(number: int) -> SelectOfScalar[Mailing]:
    return select(Mailing).where(
        Mailing.announcement_id == number, Mailing.kind == MailingKind.ANNOUNCEMENT
    )


async def original_mailing(club: ClubInATest, number: int) -> Mailing:
    """The mailing of the announcement itself, not of a correction or recall."""
    async with club.reading() as tx:
        return await tx.one(_original(number))


async def mailings_of(
    club: ClubInATest, kind: MailingKind = MailingKind.ANNOUNCEMENT
) -> list[Mailing]:
    """All mailings of this kind, oldest first."""
    async with club.reading() as tx:
        query = select(Mailing).where(Mailing.kind == kind).order_by(col(Mailing.id))
        return list(await tx.all(query))


async def deliveries_of(club: ClubInATest, mailing: Mailing) -> dict[int, Delivery]:
    """The deliveries of a mailing by member."""
    async with club.reading() as tx:
        rows = await tx.session.exec(select(Delivery).where(Delivery.mailing_id == mailing.id))
        return {row.member_id or 0: row for row in rows}


async def add_recipients(club: ClubInATest) -> None:
    """Adds the recipients of every open mailing, as the delivery worker does."""
    async with club.store.write() as tx:
        while await recipients.fill_next_range(tx, members=100):
            pass


async def newest_number(club: ClubInATest) -> int:
    """The number of the newest announcement."""
    async with club.reading() as tx:
        query = select(Announcement.id).order_by(col(Announcement.id).desc())
        number = await tx.first(query)
    assert number is not None
    return number


async def state_of(club: ClubInATest, number: int) -> AnnouncementState:
    """The state of one announcement."""
    announcement = await club.in_read(announcements.find, number)
    assert announcement is not None
    return announcement.state


async def content_of(club: ClubInATest, number: int) -> Content:
    """The current version of one announcement."""
    async with club.reading() as tx:
        announcement = await announcements.find(tx, number)
        assert announcement is not None
        return unpack((await announcements.version_of(tx, announcement)).content)
