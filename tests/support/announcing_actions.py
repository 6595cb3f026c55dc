"""Officers at work: the ways through composing and approving that tests share."""

from typing import Any

from sqlmodel import col, select

from handlers.announcing import release
from handlers.messages import Message, Reply
from handlers.views.announcement import Content, unpack
from storage.announcements import announcements
from storage.models import (
    Announcement,
    AnnouncementState,
    Mailing,
    MailingKind,
)
from tests.support.club import ClubInATest, Phone

TITLE = "Ngày bầu cử 15/3"
TEXT = "Cử tri mang thẻ cử tri và căn cước đến nơi bỏ phiếu."
SOURCE = "https://hoaan.gov.vn/bau-cu"
UNTIL_CAMPAIGN: tuple[tuple[str, str], ...] = (
    ("says", TITLE),
    ("says", TEXT),
    ("presses", "Bỏ qua"),
    ("presses", "Bỏ qua"),
    ("presses", "Uỷ ban bầu cử"),
    ("says", SOURCE),
    ("presses", "Không thời hạn"),
    ("presses", "Không"),
    ("presses", "Bỏ qua"),
    ("presses", "Xong"),
    ("presses", "Gửi ngay"),
)
QUESTIONS = [
    "title",
    "text",
    "facts",
    "media",
    "issuer",
    "source",
    "until",
    "urgent",
    "english",
    "areas",
    "when",
]


async def walk(officer: Phone, *, upto: str = "", **instead: str) -> None:
    """Answers every question up to `upto`; `instead` types something else for a question."""
    await officer.says("/soan")
    for name, (does, what) in zip(QUESTIONS, UNTIL_CAMPAIGN, strict=True):
        if name == upto:
            return
        if name in instead:
            await officer.says(instead[name])
            if any(button.label == "Một lần" for button in officer.buttons):
                await officer.presses("Một lần")
        else:
            await (officer.says(what) if does == "says" else officer.presses(what))


async def draft(officer: Phone, **instead: str) -> None:
    """A whole draft, up to its preview."""
    await walk(officer, **instead)
    await officer.presses("Không")


async def submit(officer: Phone, **instead: str) -> int:
    """A draft that waits for approval; its number."""
    await draft(officer, **instead)
    await officer.presses("Gửi duyệt")
    return await newest(officer.club)


async def submit_urgent(officer: Phone, **instead: str) -> None:
    """The same for the first announcement, which is urgent."""
    await draft(officer, **instead)
    await officer.presses_action("compose-edit:1:urgent")
    await officer.presses("Có")
    await officer.presses("Gửi duyệt")


async def open_waiting(officer: Phone) -> None:
    """Opens the first announcement of `/choduyet`."""
    await officer.says("/choduyet")
    await officer.presses(" · ")


async def newest(club: ClubInATest) -> int:
    """The number of the newest announcement."""
    async with club.reading() as tx:
        query = select(Announcement.id).order_by(col(Announcement.id).desc())
        number = (await tx.session.exec(query)).first()
    assert number is not None
    return number


async def state(club: ClubInATest, number: int) -> AnnouncementState:
    async with club.reading() as tx:
        found = await announcements.find(tx, number)
    assert found is not None
    return found.state


async def content(club: ClubInATest, number: int) -> Content:
    async with club.reading() as tx:
        found = await announcements.find(tx, number)
        assert found is not None
        return unpack((await announcements.version_of(tx, found)).content)


async def mailings(
    club: ClubInATest, kind: MailingKind = MailingKind.ANNOUNCEMENT
) -> list[Mailing]:
    async with club.reading() as tx:
        query = select(Mailing).where(Mailing.kind == kind).order_by(col(Mailing.id))
        return list((await tx.session.exec(query)).all())


def messages_of(answer: Any) -> list[Message]:
    """The messages of an answer, in order."""
    return [piece.message for piece in answer if isinstance(piece, Reply) and piece.message]


async def edit_title(author: Phone, title: str) -> None:
    await author.presses_action("compose-edit:1:title")
    await author.says(title)
    await author.presses("Không")


async def tick(club: ClubInATest, **span: float) -> int:
    """The clock moves on and the timetable looks."""
    club.clock.advance(**span)
    async with club.store.write() as tx:
        return await release.send_due(tx, club.settings)
