"""Whether the announcement is seen in the screenshot that a member adds: said to them, and not kept."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from sqlmodel import select

from handlers.authenticity import codes
from handlers.conversation.i18n import Speech
from handlers.messages import Media, MediaKind
from handlers.recognition.pictures import reader
from handlers.recognition.plain_text import visible
from handlers.rendering import card_image
from handlers.rendering.card_sheet import Shape
from handlers.sharing.card import card_of
from handlers.views.announcement import member_copy
from handlers.worker_tasks import Args, Cause, T, WorkerFailed
from scheduler.upkeep.official_pictures import OfficialPictures
from storage.announcements import official_texts
from storage.conversation import state
from storage.database import sealing
from storage.models import Proof, ProofKind
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, publish
from tests.support.announcements.records import numbered
from tests.support.inline_workers import InlineWorkers
from tests.support.made_codes import picture_with
from tests.support.made_screenshots import among_comments, encoded
from tests.support.sandbox_server import picture
from tests.support.waiting import TIMEOUT_S

VI = Speech("vi", SETTINGS.timezone)
READING, ADDED = VI("proof-reading", count=1), VI("proof-added")
OWN_WORDS = "Hôm nay tôi nấu bún riêu cua đãi cả nhà, ai ghé chơi thì ghé."
_numbers = count(1)
needs_reader = pytest.mark.skipif(
    not reader.installed(),
    reason="no reader: pip install niemtin[reader], apt install tesseract-ocr-vie",
)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads to the end, however slow this machine is."""
    monkeypatch.setattr(reader, "_BUDGET_S", TIMEOUT_S)


@pytest.fixture
async def number(club: ClubInATest) -> int:
    """The announcement that was shared."""
    return await publish(club)


@pytest.fixture
async def lan(club: ClubInATest, number: int) -> Phone:
    """Lan, who has just said that she shared it, and adds where."""
    phone = await club.member("Lan")
    await phone.presses_action(f"shared:{number}")
    await phone.presses_action(f"proof:{number}")
    return phone


class Unread(InlineWorkers):
    """No worker reads a picture."""

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        if task.__name__ == reader.read_words.__name__:
            raise WorkerFailed(Cause.TIMED_OUT)
        return await super().run(task, *args)


def photo(content: bytes) -> Media:
    return Media(MediaKind.PHOTO, file=f"file-{next(_numbers)}", unique="u", content=content)


def post_with(text: str) -> Media:
    """A screenshot of a post with these words and comments below it."""
    page = among_comments(text, ("Cảm ơn bạn", "Chiều nay 5 giờ họp tổ nha"), 1)
    return photo(encoded(page, 60))


def found(number: int) -> str:
    return VI("proof-found", number=str(number))


def asked(number: int) -> str:
    return VI("proof-not-found", number=str(number))


async def proofs(club: ClubInATest) -> list[Proof]:
    return await club.rows(select(Proof))


@needs_reader
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_an_announcement_is_found_in_the_screenshot_of_a_post(
    club: ClubInATest, number: int, messenger: str
) -> None:
    lan = await club.member("Lan", messenger=messenger)
    await lan.presses_action(f"shared:{number}")
    text = visible(member_copy(VOTING_DAY, numbered(number), VI).text)
    await lan.sends(post_with(f"Mời bà con xem nhé\n{text}"))
    assert club.notices == [READING]
    assert found(number) in lan.last
    assert [one.kind for one in await proofs(club)] == [ProofKind.PICTURE]


@needs_reader
@pytest.mark.usefixtures("patient")
async def test_a_post_in_own_words_is_asked_about_and_counts(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    await lan.sends(post_with(OWN_WORDS))
    assert ADDED in lan.last
    assert asked(number) in lan.last
    assert found(number) not in lan.last
    assert len(await proofs(club)) == 1
    await lan.presses(VI.plain("share-see-mine"))
    await lan.presses_action(f"proof-off:{(await proofs(club))[0].id}")
    assert await proofs(club) == []


@pytest.mark.parametrize("by", ["look", "code"])
async def test_a_card_is_found_without_reading(
    club: ClubInATest, lan: Phone, number: int, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "")
    code = await club.in_read(official_texts.code_of_current, number, "vi")
    if by == "look":
        pictures = OfficialPictures(club.store, club.settings, club.workers)
        while await pictures.draw_due():
            pass
        shown = card_image.draw(card_of(VOTING_DAY, VI, SETTINGS, code), Shape.SQUARE)
    else:
        shown = picture_with(codes.link_to(SETTINGS, code))
    await lan.sends(photo(shown))
    assert found(number) in lan.last
    assert club.notices == []


async def test_the_card_of_another_announcement_is_asked_about(
    club: ClubInATest, lan: Phone, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "Reader")
    monkeypatch.setattr(reader, "_reader", lambda: None)
    other = await publish(club, replace(VOTING_DAY, title="Mất nước ở phường 3", facts=()))
    code = await club.in_read(official_texts.code_of_current, other, "vi")
    await lan.sends(photo(picture_with(codes.link_to(SETTINGS, code))))
    assert found(number) not in lan.last
    assert asked(number) in lan.last


@needs_reader
@pytest.mark.usefixtures("patient")
async def test_nothing_that_was_read_in_a_screenshot_is_kept(
    club: ClubInATest, number: int
) -> None:
    lan = await club.member("Lan")
    await lan.presses_action(f"shared:{number}")
    await lan.sends(post_with(OWN_WORDS))
    async with club.reading() as tx:
        lookup = sealing.chat_lookup(tx, lan.address.messenger, lan.address.chat)
        step = await state.find(tx, lookup)
    assert step is not None
    assert "post" in step.data
    assert "riêu" not in str(step)
    await lan.presses_action(f"myshare:{number}")
    assert "riêu" not in lan.last


async def test_where_nobody_could_read_nothing_is_said_of_the_picture(
    club: ClubInATest, lan: Phone, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "Reader")
    club.workers = Unread()
    await lan.sends(photo(picture(400, 300)))
    assert ADDED in lan.last
    assert found(number) not in lan.last
    assert asked(number) not in lan.last


async def test_of_more_pictures_than_are_read_none_is_asked_about(
    club: ClubInATest, lan: Phone, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "installed", lambda: "Reader")
    monkeypatch.setattr(reader, "_reader", lambda: None)
    sizes = [(300 + 20 * at, 200) for at in range(reader.MOST_PICTURES + 1)]
    await lan.sends_album(*(photo(picture(*size)) for size in sizes))
    assert len(await proofs(club)) == len(sizes)
    assert asked(number) not in lan.last


@needs_reader
@pytest.mark.usefixtures("patient")
async def test_a_screenshot_that_was_sent_before_is_not_read_again(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    shown = encoded(among_comments(OWN_WORDS, (), 1))
    await lan.sends(photo(shown))
    await lan.sends(photo(shown))
    assert lan.last == VI("proof-known")
    assert club.notices == [READING]
