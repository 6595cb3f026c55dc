"""The files of an album are one message to every capability, in whatever order they arrive."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.demo.actors import until
from bot.intake import albums
from bot.intake.albums import PARTS_MAX
from bot.intake.message_order import GAP_MAX
from handlers.messages import Address, Incoming, Media, MediaKind, UpdateKind
from handlers.registry import conversation
from storage.conversation import state
from storage.database import sealing
from storage.database.engine import Store
from storage.models import Case, InboxUpdate, Role
from tests.support import SETTINGS, ManualClock, in_write, rows_of
from tests.support.member_rows import add_member
from tests.support.sandbox_server import picture
from tests.unit.bot.intake.test_processor import BAO, LAN, Hall

NOON = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
AN_HOUR_S = 3600.0
LATE = "đến muộn"


def part(
    number: int, caption: str = "", *, album: str = "9", after_s: float = 0, on: str = "telegram"
) -> Incoming:
    """A picture of an album; on Zalo nothing marks it."""
    at = NOON + timedelta(seconds=after_s)
    return Incoming(
        f"u{number}",
        Address(on, LAN),
        UpdateKind.MESSAGE,
        at,
        text=caption,
        html=caption,
        message_id=str(number),
        media=Media(MediaKind.PHOTO, f"f{number}", f"p{number}"),
        album="" if on == "zalo" else album,
        has_unmarked_album=on == "zalo",
    )


def names(whole: Incoming) -> list[str]:
    return [file.file for file in whole.files]


# ---- what is one album -------------------------------------------------------------------------


@given(st.permutations(range(1, 6)), st.sampled_from(["telegram", "zalo"]))
def test_the_parts_are_one_message_in_the_order_of_sending(order: Sequence[int], on: str) -> None:
    parts = [part(number, f"chữ {number}", on=on) for number in order]
    assert albums.are_one(parts)
    whole = albums.joined(parts)
    assert names(whole) == [f"f{number}" for number in range(1, 6)]
    assert whole.text == whole.html == "\n\n".join(f"chữ {number}" for number in range(1, 6))
    assert whole.album == ("u1" if on == "zalo" else "9")


def test_a_caption_that_is_a_command_comes_first() -> None:
    whole = albums.joined([part(1, "ảnh thứ nhất"), part(2), part(3, "/baotin")])
    assert whole.text == "/baotin\n\nảnh thứ nhất"


def test_links_of_all_captions_are_kept() -> None:
    first = replace(part(1), links=("https://a.vn",))
    second = replace(part(2), links=("https://a.vn", "https://b.vn"))
    assert albums.joined([first, second]).links == ("https://a.vn", "https://b.vn")


@pytest.mark.parametrize(
    "other",
    [
        part(2, album="8"),
        part(2, album=""),
        replace(part(2), media=None, unsupported="sticker"),
        replace(part(2), kind=UpdateKind.PRESS, media=None),
    ],
    ids=["another album", "a picture alone", "a sticker", "a tap"],
)
def test_what_telegram_does_not_mark_as_a_part_is_not_joined(other: Incoming) -> None:
    assert not albums.are_one([part(1), other])


def document(number: int) -> Incoming:
    return replace(part(number, on="zalo"), media=Media(MediaKind.DOCUMENT, f"f{number}"))


@pytest.mark.parametrize(
    "other",
    [
        part(2, on="zalo", after_s=GAP_MAX.total_seconds() + 1),
        document(2),
        part(2, "/baotin", on="zalo"),
        replace(part(2, on="zalo"), media=None, text="chữ"),
        replace(part(2, on="zalo"), reply_to="7"),
        replace(part(2, on="zalo"), media=Media(MediaKind.VOICE, "v")),
    ],
    ids=["later", "a document", "a command", "a text", "an answer", "a voice"],
)
def test_on_zalo_only_pictures_right_after_each_other_are_one_album(other: Incoming) -> None:
    assert albums.are_one([part(1, on="zalo"), part(2, on="zalo", after_s=1)])
    assert not albums.are_one([part(1, on="zalo"), other])


def test_documents_right_after_each_other_are_one_album() -> None:
    assert albums.are_one([document(1), document(2)])


def test_at_most_ten_parts_are_joined() -> None:
    parts = [part(number) for number in range(1, PARTS_MAX + 2)]
    assert albums.may_go_on(parts[: PARTS_MAX - 1])
    assert not albums.may_go_on(parts[:PARTS_MAX])
    assert albums.are_one(parts[:PARTS_MAX])
    assert not albums.are_one(parts)


# ---- in the intake -----------------------------------------------------------------------------


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    return Hall(store, clock)


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
async def test_an_album_has_one_effect_and_one_answer(hall: Hall, order: tuple[int, ...]) -> None:
    hall.split_wait_s = AN_HOUR_S
    wanted = [part(number, f"chữ {number}") for number in order]
    async with hall.open() as intake:
        for one in wanted:
            await intake.receive([one])
        # What else is said meanwhile waits behind the album; a tenth part would end the waiting.
        await intake.receive([hall.message(LAN, 9, "sau")])
        await intake.receive([part(number) for number in range(10, 17)])
    assert hall.heard == ["chữ 1\n\nchữ 2\n\nchữ 3", "sau"]
    assert names(hall.messages[0]) == [f"f{n}" for n in (1, 2, 3, *range(10, 17))]
    assert not hall.messages[0].is_late_part
    assert len(hall.messenger.texts_to(LAN)) == 2
    rows = await rows_of(hall.store, select(InboxUpdate))
    assert [row.payload_sealed for row in rows] == [None] * 11


async def test_pictures_of_zalo_that_arrive_together_are_one_message(hall: Hall) -> None:
    hall.messenger.name = "zalo"
    hall = Hall(hall.store, hall.clock, messenger=hall.messenger)
    async with hall.open() as intake:
        await intake.receive([part(number, on="zalo") for number in (1, 2, 3)])
    assert [names(message) for message in hall.messages] == [["f1", "f2", "f3"]]


async def test_of_twelve_pictures_of_zalo_the_last_two_are_late_parts(hall: Hall) -> None:
    hall.messenger.name = "zalo"
    hall = Hall(hall.store, hall.clock, messenger=hall.messenger)
    await hall.make().receive([part(number, on="zalo") for number in range(1, 13)])
    async with hall.open():
        pass
    assert [len(message.files) for message in hall.messages] == [10]
    assert [LATE in text for text in hall.messenger.texts_to(LAN)] == [False, True]


async def test_a_part_that_comes_after_the_effect_is_a_late_one_for_every_process(
    hall: Hall,
) -> None:
    hall.split_wait_s = 0
    for number in (1, 2):
        async with hall.open() as intake:
            await intake.receive([part(number)])
    async with hall.open() as intake:
        await intake.receive([part(3, album="10"), part(4, album="")])
    assert [message.message_id for message in hall.messages] == ["1", "3", "4"]
    assert [LATE in text for text in hall.messenger.texts_to(LAN)] == [False, True, False, False]


async def test_a_process_killed_between_two_parts_loses_none(hall: Hall) -> None:
    hall.split_wait_s = AN_HOUR_S
    stop, intake = asyncio.Event(), hall.make()
    running = asyncio.create_task(intake.run(stop))
    await intake.receive([part(1, "một"), hall.message(BAO, 9, "khác")])

    async def other_is_answered() -> bool:
        return bool(hall.messenger.texts_to(BAO))

    await until(other_is_answered, "another member's answer")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    hall.split_wait_s = 0.2
    async with hall.open() as intake:
        await intake.receive([part(2, "hai")])
    assert hall.heard == ["khác", "một\n\nhai"]


async def test_a_part_whose_album_failed_is_no_late_one(hall: Hall) -> None:
    hall.split_wait_s, hall.breaks = 0, [KeyError("anything")]
    for number, caption in ((1, "vỡ"), (2, "lành")):
        async with hall.open() as intake:
            await intake.receive([part(number, caption)])
    assert hall.heard == ["vỡ", "lành"]


# ---- in the club -------------------------------------------------------------------------------


@pytest.fixture
async def club(store: Store, clock: ManualClock) -> Hall:
    who = {"messenger": "telegram", "chat": LAN, "name": "Lan", "language": "vi"}
    await in_write(store, add_member, **who, role=Role.MEMBER)  # type: ignore[arg-type]
    club = Hall(store, clock, club=conversation(SETTINGS))
    for number in range(1, 13):
        club.messenger.files[f"f{number}"] = picture(40 + number, 30)
    return club


async def step(club: Hall) -> str:
    async with club.store.read() as tx:
        return await state.name_of(tx, sealing.chat_lookup(tx, "telegram", LAN))


@pytest.mark.parametrize("captioned", [1, 2, 3])
async def test_an_album_is_looked_up_once_and_flags_nothing(club: Hall, captioned: int) -> None:
    parts = [part(n, "/kiemtra" if n == captioned else "") for n in (1, 2, 3)]
    async with club.open() as intake:
        await intake.receive(parts)
    (answer,) = club.messenger.shown_in(LAN)
    assert "chưa có kết luận nào" in answer
    assert await step(club) == "flag.looked_up"


async def test_a_flagged_album_asks_one_question_about_all_pictures(club: Hall) -> None:
    async with club.open() as intake:
        await intake.receive([part(n, "Công an gọi đòi tiền" if n == 2 else "") for n in (1, 2, 3)])
    (question,) = club.messenger.shown_in(LAN)
    assert "3 ảnh" in question
    assert "Công an gọi đòi tiền" in question


async def test_a_part_of_a_looked_up_album_that_comes_late_is_looked_up_with_it(
    club: Hall,
) -> None:
    async with club.open() as intake:
        await intake.receive([part(1, "/tracuu"), part(2)])
    async with club.open() as intake:
        await intake.receive([part(3)])
    assert [("chưa có kết luận" in text) for text in club.messenger.shown_in(LAN)] == [True, True]
    assert await step(club) == "flag.looked_up"


async def test_more_than_ten_pictures_are_one_flag(club: Hall) -> None:
    await club.make().receive([part(number) for number in range(1, 13)])
    async with club.open():
        pass
    questions = club.messenger.shown_in(LAN)
    assert [("10 ảnh" in text, "12 ảnh" in text) for text in questions] == [
        (True, False),
        (False, True),
    ]


async def test_a_late_part_of_an_album_that_is_done_with_is_answered_and_flags_nothing(
    club: Hall,
) -> None:
    async with club.open() as intake:
        await intake.receive([part(1), part(2)])
        await intake.receive([club.message(LAN, 5, "/huy")])
    async with club.open() as intake:
        await intake.receive([part(3)])
    assert LATE in club.messenger.texts_to(LAN)[-1]
    assert await step(club) == ""
    assert await rows_of(club.store, select(Case)) == []
