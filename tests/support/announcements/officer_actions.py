"""What officers do with announcements in the chat: compose, approve, correct."""

from typing import Any

from handlers.announcing import release
from handlers.messages import Answer, Message, Reply
from tests.support.announcements.records import newest_number
from tests.support.club import ClubInATest, Phone

TITLE = "Ngày bầu cử 15/3"
TEXT = "Cử tri mang thẻ cử tri và căn cước đến nơi bỏ phiếu."
SOURCE = "https://hoaan.gov.vn/bau-cu"
WHOLE_TEXT = f"{TITLE}\n{TEXT}\nNguồn: {SOURCE}"
"""The same announcement as one message; only its issuer is asked for."""
NEW_TEXT = "Cử tri mang <b>căn cước</b>; thẻ cử tri nhận tại nơi bỏ phiếu."
"""The text that `correct` writes."""
ANSWERS = {
    "title": ("says", TITLE),
    "text": ("says", TEXT),
    "facts": ("presses", "Bỏ qua"),
    "media": ("presses", "Bỏ qua"),
    "issuer": ("presses", "Ủy ban bầu cử"),
    "source": ("says", SOURCE),
    "until": ("presses", "Không thời hạn"),
    "urgent": ("presses", "Không"),
    "english": ("presses", "Bỏ qua"),
    "areas": ("presses", "Xong"),
    "when": ("presses", "Gửi ngay"),
}
"""The questions of a draft in order, each with the kind of answer and the answer."""


async def begin_stepwise(officer: Phone) -> None:
    """Begins a draft that is composed question by question."""
    await officer.opens("/soan", "Từng bước")


async def answer_questions(officer: Phone, *, upto: str = "", **instead: str) -> Answer:
    """Goes step by step, up to the question `upto`; `instead` types another answer."""
    await begin_stepwise(officer)
    answer: Answer = []
    for question, (how, given) in ANSWERS.items():
        if question == upto:
            break
        if question in instead:
            answer = await officer.says(instead[question])
            if any(button.label == "Một lần" for button in officer.buttons):
                answer = await officer.presses("Một lần")
        else:
            answer = await (officer.says(given) if how == "says" else officer.presses(given))
    return answer


async def compose_draft(officer: Phone, **instead: str) -> Answer:
    """A complete draft, up to its card: from one message, or step by step if `instead` says other."""
    if instead:
        return await answer_questions(officer, **instead)
    await officer.says("/soan", WHOLE_TEXT)
    return await officer.presses(ANSWERS["issuer"][1])


async def submit_card(officer: Phone) -> None:
    """Submits the draft on the screen, which does not campaign."""
    await officer.presses("Gửi duyệt", "Không")


async def submit_draft(officer: Phone, **instead: str) -> int:
    """A draft that waits for approval; returns its number."""
    await compose_draft(officer, **instead)
    await submit_card(officer)
    return await newest_number(officer.club)


async def submit_urgent_draft(officer: Phone, **instead: str) -> None:
    """Submits an urgent draft as the first announcement."""
    await compose_draft(officer, **instead)
    await officer.presses_action("compose-edit:1:urgent")
    await officer.presses("Có")
    await submit_card(officer)


async def open_first_waiting(officer: Phone) -> None:
    """Opens the first announcement of `/choduyet`."""
    await officer.opens("/choduyet", " · ")


async def edit_title(author: Phone, title: str) -> None:
    """Gives the first announcement another title while it is a draft."""
    await author.presses_action("compose-edit:1:title")
    await author.says(title)


async def correct(author: Phone, approver: Phone, number: int, html: str = NEW_TEXT) -> None:
    """Corrects the text of a sent announcement; the other officer approves."""
    await submit_correction(author, number, html)
    await approve_correction(approver)


async def submit_correction(author: Phone, number: int, html: str = NEW_TEXT) -> None:
    """Submits another text for a sent announcement."""
    await author.opens(f"/dinhchinh {number}", "Nội dung")
    await author.says(html, html=html)
    await submit_card(author)


async def approve_correction(officer: Phone) -> None:
    """Approves the first correction of `/choduyet`."""
    await officer.opens("/choduyet", "✏️", "Duyệt")


async def release_due(club: ClubInATest, **span: float) -> int:
    """Advances the clock and sends what is due, as the timetable does; returns how many."""
    club.clock.advance(**span)
    return await club.in_write(release.send_due, club.settings)


def messages_of(answer: Any) -> list[Message]:
    """The messages of an answer, in order."""
    return [piece.message for piece in answer if isinstance(piece, Reply) and piece.message]
