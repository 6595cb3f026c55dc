"""What officers do with announcements in the chat: compose, approve, correct."""

from typing import Any

from handlers.announcing import release
from handlers.messages import Message, Reply
from tests.support.announcements.records import newest_number
from tests.support.club import ClubInATest, Phone

TITLE = "Ngày bầu cử 15/3"
TEXT = "Cử tri mang thẻ cử tri và căn cước đến nơi bỏ phiếu."
SOURCE = "https://hoaan.gov.vn/bau-cu"
NEW_TEXT = "Cử tri mang <b>căn cước</b>; thẻ cử tri nhận tại nơi bỏ phiếu."
"""The text that `correct` writes."""
ANSWERS = {
    "title": ("says", TITLE),
    "text": ("says", TEXT),
    "facts": ("presses", "Bỏ qua"),
    "media": ("presses", "Bỏ qua"),
    "issuer": ("presses", "Uỷ ban bầu cử"),
    "source": ("says", SOURCE),
    "until": ("presses", "Không thời hạn"),
    "urgent": ("presses", "Không"),
    "english": ("presses", "Bỏ qua"),
    "areas": ("presses", "Xong"),
    "when": ("presses", "Gửi ngay"),
}
"""The questions of `/soan` in order, each with the kind of answer and the answer."""


async def answer_questions(officer: Phone, *, upto: str = "", **instead: str) -> None:
    """Answers every question of `/soan` before `upto`; `instead` types another answer."""
    await officer.says("/soan")
    for question, (how, answer) in ANSWERS.items():
        if question == upto:
            return
        if question in instead:
            await officer.says(instead[question])
            if any(button.label == "Một lần" for button in officer.buttons):
                await officer.presses("Một lần")
        else:
            await (officer.says(answer) if how == "says" else officer.presses(answer))


async def compose_draft(officer: Phone, **instead: str) -> None:
    """A complete draft, up to its preview."""
    await answer_questions(officer, **instead)
    await officer.presses("Không")


async def submit_draft(officer: Phone, **instead: str) -> int:
    """A draft that waits for approval; returns its number."""
    await compose_draft(officer, **instead)
    await officer.presses("Gửi duyệt")
    return await newest_number(officer.club)


async def submit_urgent_draft(officer: Phone, **instead: str) -> None:
    """Submits an urgent draft as the first announcement."""
    await compose_draft(officer, **instead)
    await officer.presses_action("compose-edit:1:urgent")
    await officer.presses("Có")
    await officer.presses("Gửi duyệt")


async def open_first_waiting(officer: Phone) -> None:
    """Opens the first announcement of `/choduyet`."""
    await officer.says("/choduyet")
    await officer.presses(" · ")


async def edit_title(author: Phone, title: str) -> None:
    """Gives the first announcement another title while it is a draft."""
    await author.presses_action("compose-edit:1:title")
    await author.says(title)
    await author.presses("Không")


async def correct(author: Phone, approver: Phone, number: int, html: str = NEW_TEXT) -> None:
    """Corrects the text of a sent announcement; the other officer approves."""
    await submit_correction(author, number, html)
    await approve_correction(approver)


async def submit_correction(author: Phone, number: int, html: str = NEW_TEXT) -> None:
    """Submits another text for a sent announcement."""
    await author.says(f"/dinhchinh {number}")
    await author.presses("Nội dung")
    await author.says(html, html=html)
    await author.presses("Không")
    await author.presses("Gửi duyệt")


async def approve_correction(officer: Phone) -> None:
    """Approves the first correction of `/choduyet`."""
    await officer.says("/choduyet")
    await officer.presses("✏️")
    await officer.presses("Duyệt")


async def release_due(club: ClubInATest, **span: float) -> int:
    """Advances the clock and sends what is due, as the timetable does; returns how many."""
    club.clock.advance(**span)
    async with club.store.write() as tx:
        return await release.send_due(tx, club.settings)


def messages_of(answer: Any) -> list[Message]:
    """The messages of an answer, in order."""
    return [piece.message for piece in answer if isinstance(piece, Reply) and piece.message]
