"""An announcement that went out for real: its copies have their words and their ids."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from handlers.announcing.delivered_copy import delivered
from handlers.notifications import in_every_language
from handlers.views.announcement import Content, member_copy
from storage.models import (
    AnnouncementState,
    Delivery,
    DeliveryState,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import recipients
from tests.support.club import ClubInATest, Phone
from tests.support.sent_announcements import VOTING_DAY, publish

NEW_TEXT = "Cử tri mang <b>căn cước</b>; thẻ cử tri nhận tại nơi bỏ phiếu."


async def go_out(
    club: ClubInATest,
    copies: Sequence[tuple[Phone, DeliveryState]],
    content: Content = VOTING_DAY,
    *,
    state: MailingState = MailingState.DONE,
    ago: timedelta = timedelta(0),
) -> int:
    """A copy in each of these states; those that arrived have the member's number for their id."""
    announcement = AnnouncementState.SENT
    if state is not MailingState.DONE:
        announcement = AnnouncementState.SENDING
    states = {phone.member_id: of_copy for phone, of_copy in copies}
    number = await publish(club, content, copies=states, state=announcement)
    async with club.store.write() as tx:
        mailing = (await tx.session.exec(_first(number))).one()
        mailing.state, mailing.purpose = state, Purpose.ANNOUNCEMENTS
        mailing.valid_until = content.valid_until
        mailing.bodies = in_every_language(
            club.settings, lambda say: delivered(member_copy(content, number, say))
        )
        for row in (await tx.session.exec(select(Delivery))).all():
            row.changed_at = tx.clock.now() - ago
            if row.state is DeliveryState.SENT:
                row.message_ids = [str(row.member_id)]
    return number


def _first(number: int) -> SelectOfScalar[Mailing]:
    return select(Mailing).where(
        Mailing.announcement_id == number, Mailing.kind == MailingKind.ANNOUNCEMENT
    )


async def original(club: ClubInATest, number: int) -> Mailing:
    async with club.reading() as tx:
        return (await tx.session.exec(_first(number))).one()


async def mailings_of(club: ClubInATest, kind: MailingKind) -> list[Mailing]:
    async with club.reading() as tx:
        query = select(Mailing).where(Mailing.kind == kind).order_by(col(Mailing.id))
        return list((await tx.session.exec(query)).all())


async def rows_of(club: ClubInATest, mailing: Mailing) -> dict[int, Delivery]:
    """Member to row."""
    async with club.reading() as tx:
        rows = await tx.session.exec(select(Delivery).where(Delivery.mailing_id == mailing.id))
        return {row.member_id or 0: row for row in rows}


async def fill(club: ClubInATest) -> None:
    """The worker adds the recipients."""
    async with club.store.write() as tx:
        while await recipients.fill_next_range(tx, members=100):
            pass


async def correct(author: Phone, approver: Phone, number: int, html: str = NEW_TEXT) -> None:
    """New words for the text, sent in and approved by somebody else."""
    await submit(author, number, html)
    await approve(approver)


async def submit(author: Phone, number: int, html: str = NEW_TEXT) -> None:
    await author.says(f"/dinhchinh {number}")
    await author.presses("Nội dung")
    await author.says(html, html=html)
    await author.presses("Không")
    await author.presses("Gửi duyệt")


async def approve(officer: Phone) -> None:
    await officer.says("/choduyet")
    await officer.presses("✏️")
    await officer.presses("Duyệt")
