"""A long paste that a client split into messages is one text again before anything reads it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.demo.actors import until
from bot.intake.input_sanitizing import LONGEST_TEXT
from bot.intake.message_order import GAP_MAX
from bot.intake.split_texts import PIECES_MAX, SplitTexts
from bot.sandbox.content.text_splitter import split as desktop_pieces
from handlers.messages import Address, Incoming, Media, MediaKind, UpdateKind
from storage.database.engine import Store
from storage.inbox import poison_updates, updates
from storage.inbox.poison_updates import Event
from storage.models import InboxUpdate, Suspicion
from tests.support import ManualClock, in_write, rows_of
from tests.unit.bot.intake.test_processor import BAO, LAN, Hall

NOON = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
LIMIT = 4096
AN_HOUR_S = 3600.0
SPLIT = SplitTexts({"telegram": LIMIT, "zalo": 2000}.get)
PASTE = "Phường mời bà con đi bỏ phiếu, nhớ mang căn cước. " * 200


def said(text: str, number: int = 1, *, after_s: float = 0, on: str = "telegram") -> Incoming:
    at = NOON + timedelta(seconds=after_s)
    return Incoming(
        f"u{number}",
        Address(on, LAN),
        UpdateKind.MESSAGE,
        at,
        text=text,
        html=text.replace("&", "&amp;").replace("<", "&lt;"),
        message_id=str(number),
    )


def one_after_the_other(texts: Sequence[str], on: str = "telegram") -> list[Incoming]:
    return [said(text, number, on=on) for number, text in enumerate(texts, 1)]


# ---- what is one text --------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "limit"), [("telegram", 4096), ("zalo", 2000)])
def test_a_message_of_half_of_what_fits_may_go_on_and_a_shorter_one_is_whole(
    on: str, limit: int
) -> None:
    assert SPLIT.may_go_on([said("a" * (limit // 2), on=on)])
    assert not SPLIT.may_go_on([said("a" * (limit // 2 - 1), on=on)])
    assert SPLIT.are_one(one_after_the_other(["a" * (limit // 2), "b"], on))
    assert not SPLIT.are_one(one_after_the_other(["a" * (limit // 2 - 1), "b"], on))


def test_emoji_count_twice_as_clients_count_them() -> None:
    assert SPLIT.may_go_on([said("🗳" * 1024)])
    assert not SPLIT.may_go_on([said("🗳" * 1023)])


def test_what_is_said_later_than_a_client_sends_the_next_piece_is_another_text() -> None:
    first = said("a" * LIMIT)
    gap_s = GAP_MAX.total_seconds()
    assert SPLIT.are_one([first, said("b", 2, after_s=gap_s)])
    assert not SPLIT.are_one([first, said("b", 2, after_s=gap_s + 1)])


def test_at_most_ten_pieces_are_one_text() -> None:
    parts = one_after_the_other(["a" * 1500] * (PIECES_MAX + 1), "zalo")
    assert SPLIT.are_one(parts[:PIECES_MAX])
    assert SPLIT.may_go_on(parts[: PIECES_MAX - 1])
    assert not SPLIT.are_one(parts)
    assert not SPLIT.may_go_on(parts[:PIECES_MAX])


def test_a_joined_text_is_no_longer_than_one_update_may_be() -> None:
    parts = one_after_the_other(["a" * LIMIT] * 5)
    assert LONGEST_TEXT == 4 * LIMIT
    assert SPLIT.are_one(parts[:4])
    assert SPLIT.may_go_on(parts[:3])
    assert not SPLIT.may_go_on(parts[:4])
    assert not SPLIT.are_one(parts)


A_PICTURE = Media(MediaKind.PHOTO, "f", "u")


@pytest.mark.parametrize(
    "other",
    [
        replace(said("phần sau", 2), forwarded=True),
        replace(said("phần sau", 2), media=A_PICTURE),
        replace(said("/huy", 2)),
        replace(said("", 2), unsupported="sticker"),
        replace(said("", 2), kind=UpdateKind.EDITED),
        replace(said("", 2), kind=UpdateKind.PRESS),
        replace(said("phần sau", 2), reply_to="9"),
    ],
    ids=["a forward", "a picture", "a command", "a sticker", "an edit", "a tap", "an answer"],
)
def test_what_no_client_makes_of_a_paste_is_not_joined_to_it(other: Incoming) -> None:
    assert not SPLIT.are_one([said("a" * LIMIT), other])


def test_a_forward_of_full_length_is_whole() -> None:
    forward = replace(said("a" * LIMIT), forwarded=True)
    assert not SPLIT.may_go_on([forward])
    assert not SPLIT.are_one([forward, said("b", 2)])


def test_what_is_asked_about_goes_with_the_first_piece() -> None:
    first = replace(said("a" * LIMIT), reply_to="7", links=("https://a.vn", "https://b.vn"))
    second = replace(said("hết", 2), reply_to="7", links=("https://b.vn", "https://c.vn"))
    assert SPLIT.are_one([first, second])
    joined = SPLIT.joined([first, second])
    assert joined.links == ("https://a.vn", "https://b.vn", "https://c.vn")
    assert (joined.reply_to, joined.message_id, joined.update_key) == ("7", "1", "u1")


def test_a_command_takes_the_rest_of_its_paste_along() -> None:
    parts = one_after_the_other(desktop_pieces(f"/baotin {PASTE}", LIMIT))
    assert len(parts) == 3
    assert SPLIT.are_one(parts)
    assert SPLIT.joined(parts).text.split() == f"/baotin {PASTE}".split()


def test_pieces_that_come_in_another_order_are_put_in_theirs() -> None:
    parts = one_after_the_other(desktop_pieces(PASTE, LIMIT))
    assert len(parts) == 3
    assert SPLIT.are_one(parts[::-1])
    assert SPLIT.joined(parts[::-1]) == SPLIT.joined(parts)
    assert not SPLIT.are_one([said("ngắn", 1), said("a" * LIMIT, 2)])


# ---- how it reads ------------------------------------------------------------------------------


def test_a_text_cut_inside_a_word_has_nothing_put_between() -> None:
    joined = SPLIT.joined(one_after_the_other(["a" * LIMIT, "b<"]))
    assert (joined.text, joined.html) == ("a" * LIMIT + "b<", "a" * LIMIT + "b&lt;")


def test_between_words_there_is_a_space_and_after_a_sentence_a_new_line() -> None:
    assert SPLIT.joined(one_after_the_other(["a" * 4000, "b"])).text == "a" * 4000 + " b"
    ended = "a" * 4000 + ".”"
    joined = SPLIT.joined(one_after_the_other([ended, "b"]))
    assert (joined.text, joined.html) == (f"{ended}\nb", f"{ended}\nb")


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, and pieces that some client may make of it: at most 12 units, white space dropped."""
    text = draw(st.text(st.sampled_from("ạbc. \n,🗳<&"), max_size=60)).strip() or "a"
    parts, rest = [], text
    while len(rest.encode("utf-16-le")) // 2 > 12:
        fits = len(rest.encode("utf-16-le")[:24].decode("utf-16-le", "ignore"))
        spaces = [n for n in range(7, fits + 1) if rest[n : n + 1].isspace()]
        end = draw(st.sampled_from(spaces)) if spaces else fits
        parts.append(rest[:end].strip())
        rest = rest[end:].strip()
    return text, [part for part in [*parts, rest] if part]


@given(cut_texts())
def test_whatever_a_client_cuts_reads_the_same_up_to_white_space_at_the_cuts(
    cut: tuple[str, list[str]],
) -> None:
    text, parts = cut
    joined = SplitTexts({"telegram": 12}.get).joined(one_after_the_other(parts))
    assert "".join(joined.text.split()) == "".join(text.split())
    assert joined.html == joined.text.replace("&", "&amp;").replace("<", "&lt;")
    at = 0
    for part in parts:
        at = joined.text.index(part, at) + len(part)
    assert at == len(joined.text)


@given(st.text(st.sampled_from("ạbcd. \n,🗳"), max_size=200).filter(str.strip))
def test_what_the_sandboxs_phone_cuts_is_one_text_for_the_bot(text: str) -> None:
    parts = one_after_the_other(desktop_pieces(text, 40))
    split = SplitTexts({"telegram": 40}.get)
    assert all(len(part.text.encode("utf-16-le")) <= 80 for part in parts)
    # White space that fills half a message is dropped, and what is left may look whole.
    if all(len(part.text.encode("utf-16-le")) >= 40 for part in parts[:-1]):
        assert split.are_one(parts)
    assert "".join(split.joined(parts).text.split()) == "".join(text.split())


# ---- in the intake -----------------------------------------------------------------------------


@pytest.fixture
def hall(store: Store, clock: ManualClock) -> Hall:
    return Hall(store, clock)


FIRST, REST = "a" * 4000, "b" * 1904
WHOLE = f"{FIRST} {REST}"


def paste(hall: Hall, chat: str = LAN, number: int = 1) -> tuple[Incoming, Incoming]:
    return hall.message(chat, number, FIRST), hall.message(chat, number + 1, REST)


async def test_two_messages_of_one_paste_have_one_effect_and_one_answer(hall: Hall) -> None:
    async with hall.open() as intake:
        await intake.receive([*paste(hall), hall.message(LAN, 3, "ba")])
    assert hall.heard == [WHOLE, "ba"]
    assert len(hall.messenger.texts_to(LAN)) == 2
    rows = await rows_of(hall.store, select(InboxUpdate))
    assert [row.payload_sealed for row in rows] == [None] * 3


async def test_the_rest_is_waited_for_and_nobody_else_waits_meanwhile(hall: Hall) -> None:
    hall.split_wait_s = AN_HOUR_S
    first, rest = paste(hall)
    async with hall.open() as intake:
        await intake.receive([first])
        await intake.receive([hall.message(BAO, 9, "khác")])
        await until(lambda: _soon(hall.heard == ["khác"]), "another member's answer")
        await intake.receive([rest])
    assert hall.heard == ["khác", WHOLE]


async def test_what_else_is_said_next_ends_the_waiting(hall: Hall) -> None:
    hall.split_wait_s = AN_HOUR_S
    first, _ = paste(hall)
    async with hall.open() as intake:
        await intake.receive([first])
        await intake.receive([hall.message(LAN, 2, "/huy")])
    assert hall.heard[0] == FIRST


async def test_without_patience_nothing_is_waited_for(hall: Hall) -> None:
    hall.split_wait_s = 0
    first, rest = paste(hall)
    async with hall.open() as intake:
        await intake.receive([first])
        await until(lambda: _soon(hall.heard == [FIRST]), "the first message's effect")
        await intake.receive([rest])
    assert hall.heard == [FIRST, REST]


async def test_a_stop_ends_the_waiting_at_once_and_the_next_process_reads_one_text(
    hall: Hall,
) -> None:
    hall.split_wait_s = AN_HOUR_S
    first, rest = paste(hall)
    stop, intake = asyncio.Event(), hall.make()
    running = asyncio.create_task(intake.run(stop))
    # Whatever came together was taken in hand together.
    await intake.receive([first, hall.message(BAO, 9, "khác")])
    await until(lambda: _soon(hall.heard == ["khác"]), "another member's answer")
    stop.set()
    await running
    assert hall.heard == ["khác"]
    async with hall.open() as intake:
        await intake.receive([rest])
    assert hall.heard == ["khác", WHOLE]


async def test_pieces_that_were_in_hand_when_the_process_was_killed_are_one_text_afterwards(
    hall: Hall,
) -> None:
    first, rest = paste(hall)
    await hall.make().receive([first])
    async with hall.store.write() as tx:
        await poison_updates.suspect(tx)
        await poison_updates.note(tx, Event.BEGUN_ALONE, [1])
        await poison_updates.suspect(tx)
    hall.split_wait_s = AN_HOUR_S
    async with hall.open() as intake:
        await intake.receive([rest])
    assert hall.heard == [WHOLE]


async def test_both_pieces_are_held_to_account_when_their_text_ends_the_process(
    hall: Hall,
) -> None:
    await hall.make().receive(list(paste(hall)))
    await in_write(hall.store, poison_updates.suspect)
    hall.split_wait_s = AN_HOUR_S
    seen: list[Suspicion | None] = []

    async def look() -> None:
        rows = await rows_of(hall.store, select(InboxUpdate))
        seen.extend(row.suspicion for row in rows)

    hall.meanwhile = look
    async with hall.open():
        pass
    assert seen == [Suspicion.ALONE] * 2
    assert hall.heard == [WHOLE]


async def test_a_broken_effect_empties_every_piece_and_apologises_once(hall: Hall) -> None:
    hall.breaks = [KeyError("anything")]
    async with hall.open() as intake:
        await intake.receive(
            [hall.message(LAN, 1, "vỡ " + FIRST), hall.message(LAN, 2, REST)],
        )
    assert hall.heard == [f"vỡ {WHOLE}"]
    (apology,) = hall.messenger.texts_to(LAN)
    assert "trục trặc" in apology


async def test_a_text_of_which_another_process_took_a_piece_has_no_effect_twice(
    hall: Hall,
) -> None:
    await hall.make().receive(list(paste(hall)))
    async with hall.store.write() as tx:
        one, other = await updates.waiting(tx, limit=9, per_chat=9)
        assert await updates.take(tx, [one.id])
        assert not await updates.take(tx, [one.id, other.id])
    async with hall.store.read() as tx:
        left = select(InboxUpdate.id).where(col(InboxUpdate.handled_at).is_(None))
        assert (await tx.session.exec(left)).all() == [other.id]


async def test_the_rest_that_another_process_received_is_found(hall: Hall) -> None:
    if not hall.store.serves_several:
        pytest.skip("one process has a file to itself")
    hall.split_wait_s = AN_HOUR_S
    first, rest = paste(hall)
    async with hall.open() as one:
        await one.receive([first, hall.message(BAO, 9, "khác")])
        await until(lambda: _soon(hall.heard == ["khác"]), "another member's answer")
        async with hall.open() as another:
            await another.receive([rest])
    assert hall.heard == ["khác", WHOLE]


async def _soon(reached: bool) -> bool:
    return reached
