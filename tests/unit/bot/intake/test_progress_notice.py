"""A notice while a picture is read: at once, replaced by the answer, and never a hindrance."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.demo.actors import until
from bot.intake.progress_notice import in_place_of
from handlers.conversation.i18n import Speech
from handlers.messages import (
    Address,
    Incoming,
    Media,
    MediaKind,
    Message,
    MessengerError,
    Refused,
    Reply,
    Unreachable,
    UpdateKind,
)
from handlers.recognition.pictures import reader
from handlers.registry import conversation
from handlers.worker_tasks import Args, Cause, T, WorkerFailed
from storage.database.engine import Store
from storage.models import Role
from tests.support import SETTINGS, InlineWorkers, ManualClock, in_write
from tests.support.member_rows import add_member
from tests.support.sandbox_server import picture
from tests.unit.bot.intake.test_processor import BAO, LAN, Hall

VI = Speech("vi", SETTINGS.timezone)
READING = VI("flag-reading", count=1)
NOTHING = VI("check-nothing")
TEXT = Reply(Message("Kết quả"))


class WaitingReader(InlineWorkers):
    """Reads a picture only when it may, and fails if it is to."""

    def __init__(self) -> None:
        self.may_read = asyncio.Event()
        self.fails = False

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        """Computes the task."""
        if task.__name__ == reader.read_words.__name__:
            await self.may_read.wait()
            if self.fails:
                raise WorkerFailed(Cause.TIMED_OUT)
        return await super().run(task, *args)


@pytest.fixture
async def club(store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Hall:
    monkeypatch.setattr(reader, "installed", lambda: "a reader")
    for chat, name in ((LAN, "Lan"), (BAO, "Bảo")):
        who = {"messenger": "telegram", "chat": chat, "name": name, "language": "vi"}
        await in_write(store, add_member, **who, role=Role.MEMBER)  # type: ignore[arg-type]
    made = Hall(store, clock, club=conversation(SETTINGS), workers=WaitingReader())
    made.messenger.files["f"] = picture(40, 30)
    return made


def look_up(chat: str, number: int, *, of_picture: bool) -> Incoming:
    """A look-up of a picture, or of a word."""
    return Incoming(
        f"u{number}",
        Address("telegram", chat),
        UpdateKind.MESSAGE,
        datetime(2026, 3, 11, 5, 0, tzinfo=UTC),
        text="/tracuu" if of_picture else "/tracuu 123",
        message_id=str(number),
        media=Media(MediaKind.PHOTO, "f", f"p{number}") if of_picture else None,
    )


def reader_of(club: Hall) -> WaitingReader:
    assert isinstance(club.workers, WaitingReader)
    return club.workers


async def test_the_notice_comes_first_others_are_answered_and_the_answer_replaces_it(
    club: Hall,
) -> None:
    async def is_told() -> bool:
        return club.messenger.texts_to(LAN) == [READING]

    async def is_answered() -> bool:
        return club.messenger.texts_to(BAO) == [NOTHING]

    async with club.open() as intake:
        await intake.receive([look_up(LAN, 1, of_picture=True), look_up(BAO, 2, of_picture=False)])
        await until(is_told, "the notice")
        await until(is_answered, "the answer to somebody else")
        reader_of(club).may_read.set()
    assert club.messenger.shown_in(LAN) == [NOTHING]


@pytest.mark.parametrize("fails", [False, True])
async def test_a_reader_that_fails_costs_the_words_only(club: Hall, fails: bool) -> None:
    reader_of(club).may_read.set()
    reader_of(club).fails = fails
    async with club.open() as intake:
        await intake.receive([look_up(LAN, 1, of_picture=True)])
    assert club.messenger.shown_in(LAN) == [NOTHING]


@pytest.mark.parametrize(("method", "error"), [("send", Unreachable("")), ("edit", Refused(""))])
async def test_without_the_notice_the_answer_comes_as_a_message(
    club: Hall, method: str, error: MessengerError
) -> None:
    reader_of(club).may_read.set()
    club.messenger.trouble[method] = [error]
    async with club.open() as intake:
        await intake.receive([look_up(LAN, 1, of_picture=True)])
    assert club.messenger.texts_to(LAN)[-1] == NOTHING


async def test_no_notice_overtakes_an_earlier_answer(club: Hall) -> None:
    club.messenger.hold = asyncio.Event()
    reader_of(club).may_read.set()
    async with club.open() as intake:
        await intake.receive([look_up(LAN, 1, of_picture=False), look_up(LAN, 2, of_picture=True)])
        await until(club.is_done, "both effects")
        club.messenger.hold.set()
    assert READING not in club.messenger.texts_to(LAN)
    assert club.messenger.texts_to(LAN) == [NOTHING, NOTHING]


def test_the_first_text_takes_the_place_of_the_notice() -> None:
    toast = Reply(toast="Xong")
    assert in_place_of("7", [toast, TEXT, TEXT]) == [toast, Reply(Message("Kết quả"), "7"), TEXT]


@pytest.mark.parametrize(
    "first",
    [
        Reply(Message("Thẻ", media=Media(MediaKind.PHOTO, content=b"x"))),
        Reply(Message("Thẻ", pinned=True)),
    ],
)
def test_what_cannot_replace_a_text_comes_below_it(first: Reply) -> None:
    assert in_place_of("7", [first, TEXT]) == [first, TEXT]


def test_without_a_notice_the_answer_stays_as_it_is() -> None:
    assert in_place_of("", [TEXT]) == [TEXT]
    assert in_place_of("7", []) == []
