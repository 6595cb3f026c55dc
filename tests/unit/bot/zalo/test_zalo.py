"""Zalo's side of the bot without a network: what comes in, how words are cut, what is lent."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from sqlmodel import SQLModel, select
from structlog.testing import capture_logs

from bot.intake.input_sanitizing import NotAnUpdate
from bot.web import server
from bot.web.health import Health
from bot.web.settings import WebSettings
from bot.web.signed_files import PATH, Files
from bot.zalo import updates
from bot.zalo.message_counter import MessageCounter
from bot.zalo.plain_text import LIMIT, as_text, choices, read, split
from bot.zalo.polling import Polling
from handlers.messages import (
    Address,
    Button,
    Incoming,
    Media,
    MediaKind,
    Message,
    Refused,
    ServerError,
)
from storage.conversation import file_links
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from storage.maintenance.key_rotation import rekey
from storage.models import GeneratedFile
from storage.outbox import monthly_quota
from tests.integration.conftest import free_port
from tests.support import ManualClock, in_read, in_write, rows_of

ON_SQLITE = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def event(name: str = "message.text.received", **message: object) -> dict[str, object]:
    body = {
        "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
        "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    }
    return {"event_name": name, "message": body | message}


# ---- what comes in ----


def test_the_update_that_zalo_documents_is_understood_bare_and_wrapped() -> None:
    bare = event(text="Xin chào")
    for raw in (bare, {"ok": True, "result": bare}):
        one = updates.read(raw)
        assert one is not None
        assert (one.text, one.name, one.sender.chat) == ("Xin chào", "Ted", "6ede9afa66b88fe6d6a9")
        assert (one.update_key, one.typed_choices) == ("2d758cb5e222177a4e35", True)
        assert one.at == datetime(2025, 6, 19, 6, 55, 31, 602000, UTC)


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_a_picture_is_found_under_either_name(field: str) -> None:
    address = "https://photo.example/a.jpg"
    one = updates.read(event("message.image.received", caption="đây", **{field: address}))
    assert one is not None
    assert one.media is not None
    assert (one.media.kind, one.media.file, one.text) == (MediaKind.PHOTO, address, "đây")
    assert one.has_unmarked_album


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Xem https://a.vn/tin. Rồi (https://a.vn/hai)", ("https://a.vn/tin", "https://a.vn/hai")),
        (
            "facebook.com/tinnong/posts/1035862816472149",
            ("facebook.com/tinnong/posts/1035862816472149",),
        ),
        ("hạn 15.3/16.3", ()),
    ],
)
def test_addresses_are_found_as_on_other_messengers(text: str, links: tuple[str, ...]) -> None:
    one = updates.read(event(text=text))
    assert one is not None
    assert one.links == links


def test_two_pictures_are_two() -> None:
    one, other = (
        updates.read(event("message.image.received", photo=f"https://photo.example/{n}.jpg"))
        for n in "ab"
    )
    assert one is not None
    assert other is not None
    assert one.media is not None
    assert other.media is not None
    assert one.media.unique != other.media.unique


@pytest.mark.parametrize(
    ("name", "kind"), [("sticker", "sticker"), ("voice", "voice"), ("unsupported", "unknown")]
)
def test_what_the_bot_has_no_use_for_is_named(name: str, kind: str) -> None:
    one = updates.read(event(f"message.{name}.received", url="https://zalo.example/x"))
    assert one is not None
    assert (one.unsupported, one.text) == (kind, "")


@pytest.mark.parametrize(
    "raw",
    [
        event("dance.received", text="chào"),
        event(text="chào", date="yesterday"),
        event(text="chào", date=10**20),
        event(text="chào", date=10**17),
        event(text="chào", date=-(10**18)),
        event(text="chào", date=float("inf")),
        event(text="chào", **{"from": "Ted"}),
        event(text="chào", message_id=7),
        event(text="chào", message_id="x" * 65),
        event(text="chào", chat=None),
        {"event_name": "message.text.received"},
    ],
)
def test_what_makes_no_sense_is_left_out_without_quoting_it(raw: object) -> None:
    with capture_logs() as logs:
        assert updates.read(raw) is None
    assert "chào" not in str(logs)


@pytest.mark.parametrize(
    "raw",
    [
        event("message.dance.received"),
        event("message.image.received", photo="javascript:alert(1)"),
        event("message.image.received", photo=["https://photo.example/a.jpg"]),
        event(text=""),
    ],
)
def test_what_cannot_be_read_of_a_person_can_be_told_so(raw: object) -> None:
    one = updates.read(raw)
    assert one is not None
    assert one.unsupported == "unknown"


@pytest.mark.parametrize("no", ["\ue000", "\U000f0000", "\ufdd0", "\U0001ffff", "\0", "\ud83d"])
def test_no_text_of_any_kind_brings_in_what_is_no_character(no: str) -> None:
    sender = {"id": "6ede9afa66b88fe6d6a9", "display_name": f"{no}Ted{no}"}
    for name, more in (("text", {"text": f"a{no}🌱b"}), ("image", {"caption": f"a{no}🌱b"})):
        one = updates.read(event(f"message.{name}.received", **more, **{"from": sender}))
        assert one is not None
        assert (one.name, one.text.split()) == ("Ted", ["a", "🌱b"])


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"result": 7}])
def test_what_is_no_update_is_refused(raw: object) -> None:
    with pytest.raises(NotAnUpdate):
        updates.read(raw)


async def test_what_was_fetched_is_kept_in_hand_until_it_is_written_down() -> None:
    fetched = iter([event(text="một"), None])
    taken: list[Incoming] = []
    tries = iter([RuntimeError("the database is locked"), None])
    stop = asyncio.Event()

    async def fetch() -> object:
        try:
            return next(fetched)
        except StopIteration:
            stop.set()
            await asyncio.Event().wait()
            return None

    async def receive(arrivals: Sequence[Incoming]) -> None:
        if trouble := next(tries):
            raise trouble
        taken.extend(arrivals)

    await Polling(fetch, receive).run(stop)
    assert [one.text for one in taken] == ["một"]


# ---- what goes out ----


def test_formatting_that_zalo_knows_stays_and_the_rest_becomes_words() -> None:
    text = read('<b>a &lt; <i>b</i></b> <code>c</code> <a href="https://x.example">đây</a>')
    assert text.words == "a < b c đây (https://x.example)"
    assert text.html == "<b>a &lt; </b><b><i>b</i></b> c đây (https://x.example)"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://tin-nong.example/ho-khau", "https[:]//tin-nong[.]example/ho-khau"),
        ("www.1.example", "www[.]1[.]example"),
        ("a@x.example", "a[@]x[.]example"),
        ("lienket 442TR-FRPMP", "lienket 442TR-FRPMP"),
        ("1.000", "1.000"),
    ],
)
def test_an_address_set_as_code_cannot_be_tapped(written: str, shown: str) -> None:
    assert read(f"“<code>{written}</code>”, https://x.example").words == (
        f"“{shown}”, https://x.example"
    )


def test_of_a_moment_the_words_stay() -> None:
    text = read('Đến <tg-time unix="1773532800">7:00, Chủ Nhật</tg-time>.')
    assert text.html == "Đến 7:00, Chủ Nhật."


def test_an_address_that_is_its_own_words_is_not_said_twice() -> None:
    assert read('<a href="https://x.example">https://x.example</a>').words == "https://x.example"


def test_choices_are_numbered_and_links_and_copies_are_shown() -> None:
    rows = (
        (Button("Mở", url="https://x.example"), Button("Chép", copy="lời")),
        (Button("Có", action="a"), Button("Không", action="b")),
    )
    assert choices(rows) == "Mở: https://x.example\n\nChép:\nlời\n\n1. Có\n2. Không"
    sample = Button("Chia sẻ", action="preview", sample=True)
    assert choices(((sample,),)) == "• Chia sẻ"
    assert choices(((Button("🔴 3. Đi bầu", action="a"),),)) == "1. 🔴 #3 – Đi bầu"
    assert choices(((Button("11 · Lừa đảo", action="a"),),)) == "1. #11 – Lừa đảo"
    assert as_text(Message("<b>Hỏi</b>", rows)).words.startswith("Hỏi\n\nMở:")


def test_what_is_to_be_copied_stands_there_once() -> None:
    kit = Message("Lời:\n<code>a &amp; b</code>", ((Button("Chép", copy="a & b"),),))
    assert as_text(kit).words == "Lời:\na & b"


def test_a_text_to_copy_is_a_message_of_its_own_with_nothing_around_it() -> None:
    rows = ((Button("Chép", copy="a & b\nc"),), (Button("Ảnh", action="x"),))
    html = "<b>Lời</b> (giữ để chép).\n<pre>a &amp; b\nc</pre>"
    text = as_text(Message(html, rows, copy_apart=True))
    assert (text.words, text.to_copy) == ("Lời (giữ để chép).\n\n1. Ảnh", ("a & b\nc",))
    officers_own = as_text(Message(html))
    assert officers_own.words == "Lời (giữ để chép).\na & b\nc", "a table in a text stays in it"
    assert officers_own.to_copy == ()


@pytest.mark.parametrize("length", [LIMIT, LIMIT + 1])
def test_a_text_is_cut_only_past_the_limit(length: int) -> None:
    pieces = split(read("a" * length))
    assert [len(piece.words) for piece in pieces] == [LIMIT, 1][: 1 + (length > LIMIT)]


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_a_long_text_is_cut_where_it_hurts_least_and_loses_no_word(between: str) -> None:
    sentences = [f"Câu số {number} của một thông báo dài." for number in range(200)]
    pieces = split(read(between.join(sentences)))
    assert all(piece.length <= LIMIT for piece in pieces)
    assert between.join(piece.words for piece in pieces) == between.join(sentences)
    assert all(piece.words.endswith(".") for piece in pieces)


def test_formatting_goes_on_behind_a_cut_and_its_marks_count() -> None:
    pieces = split(read("<b>" + "đậm đà &amp; " * 300 + "</b>"))
    assert all(len(piece.html) <= LIMIT for piece in pieces)
    assert all(piece.html.startswith("<b>") and piece.html.endswith("</b>") for piece in pieces)


@pytest.mark.parametrize("sign", ["&amp;", "&lt;", "😀", "a"])
def test_signs_that_become_longer_on_the_way_still_fit_and_none_is_lost(sign: str) -> None:
    pieces = split(read(f"<b>{sign * 3_000}</b>"))
    assert all(0 < piece.length <= LIMIT for piece in pieces)
    assert sum(len(piece.words) for piece in pieces) == 3_000


def test_styles_inside_each_other_are_written_once_each() -> None:
    text = read("<b>đậm <i>cả hai</i> <b>đậm</b></b> thường <u>gạch</u>")
    assert text.html == "<b>đậm </b><b><i>cả hai</i></b><b> </b><b>đậm</b> thường <u>gạch</u>"


# ---- what is lent ----


LAN = Address("zalo", "6ede9afa66b88fe6d6a9")
Lend = Callable[[Media], Awaitable[str]]


async def _known_alone(file: str, limit: int) -> bytes:
    if file != "known":
        raise Refused("gone")
    return b"picture"[:limit]


@pytest.fixture
async def lend(store: Store) -> AsyncIterator[Lend]:
    """Makes links in one process, which are opened in another of the same club."""
    port = free_port()
    here, there = (Files(store, _known_alone, f"http://127.0.0.1:{port}/") for _ in range(2))
    async with server.serve(server.build(Health({}), {}, there), WebSettings(port=port)):
        yield lambda media: here.link(media, LAN)


async def opened(address: str) -> tuple[int, bytes, str]:
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")


@ON_SQLITE
@pytest.mark.parametrize(
    ("media", "valid_for"),
    [
        (Media(MediaKind.PHOTO, "known"), timedelta(days=7)),
        (Media(MediaKind.PHOTO, content=b"picture"), timedelta(hours=1)),
        (Media(MediaKind.DOCUMENT, content=b"picture"), timedelta(days=1)),
    ],
)
async def test_a_link_opens_its_file_until_its_time_is_over(
    lend: Lend, clock: ManualClock, media: Media, valid_for: timedelta
) -> None:
    address = await lend(media)
    assert (await opened(address))[:2] == (200, b"picture")
    clock.advance(seconds=valid_for.total_seconds() - 1)
    assert (await opened(address))[0] == 200
    for _ in range(2):
        clock.advance(seconds=1)
        assert (await opened(address))[0] == 410


@ON_SQLITE
async def test_a_calendar_file_comes_as_one_where_the_machine_knows_no_types(lend: Lend) -> None:
    address = await lend(Media(MediaKind.DOCUMENT, name="cuoc-hop.ics", content=b"BEGIN"))
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        assert answer.content_type == "text/calendar"
        assert "cuoc-hop.ics" in answer.headers["Content-Disposition"]


@ON_SQLITE
async def test_a_document_has_one_short_link_for_everybody_for_a_day(
    lend: Lend, store: Store, clock: ManualClock
) -> None:
    document = Media(MediaKind.DOCUMENT, "known", name="công văn.pdf", size=240_000)
    address = await lend(document)
    assert len(address.rpartition("/")[2]) <= len("999999999.") + 16
    assert (await opened(address))[:2] == (200, b"picture")
    clock.advance(hours=23, minutes=59)
    assert await lend(document) == address
    clock.advance(minutes=1)
    assert await lend(document) != address, "the new one is valid for a week, too"
    assert (await opened(address))[0] == 200
    clock.advance(days=7)
    assert (await opened(address))[0] == 410
    assert await in_write(store, file_links.purge, clock.now()) == 1
    assert (await opened(address))[0] == 410
    assert (await opened(await lend(document)))[0] == 200


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("", "attachment"),
        ("công văn.pdf", "attachment; filename*=utf-8''c%C3%B4ng%20v%C4%83n.pdf"),
        ('"a\r\nSet-Cookie: b', "attachment; filename*=utf-8''%22a%0D%0ASet-Cookie%3A%20b"),
        ("../a.pdf", "attachment; filename*=utf-8''..%2Fa.pdf"),
    ],
)
async def test_a_document_is_saved_under_its_own_name(lend: Lend, name: str, saved_as: str) -> None:
    address = await lend(Media(MediaKind.DOCUMENT, "known", name=name))
    assert await opened(address) == (200, b"picture", saved_as)


@ON_SQLITE
async def test_a_short_link_is_not_guessed_from_another(lend: Lend) -> None:
    address = await lend(Media(MediaKind.DOCUMENT, "known"))
    other = await lend(Media(MediaKind.DOCUMENT, content=b"another"))
    base, _, name = address.rpartition("/")
    number, _, code = name.partition(".")
    of_other = other.rpartition("/")[2].partition(".")
    for guess in (f"{of_other[0]}.{code}", f"{number}.{'a' * 16}", f"{number}.", f"{number}.é"):
        assert (await opened(f"{base}/{guess}"))[0] == 404
    assert (await opened(address))[0] == 200


@ON_SQLITE
async def test_opening_a_link_writes_nothing_down(lend: Lend, store: Store) -> None:
    address = await lend(Media(MediaKind.DOCUMENT, "known"))
    before = await every_row(store)
    await opened(address)
    assert await every_row(store) == before


async def every_row(store: Store) -> dict[str, list[object]]:
    async with store.read() as tx:
        tables = SQLModel.metadata.sorted_tables
        return {t.name: [tuple(row) for row in await tx.execute(t.select())] for t in tables}


@ON_SQLITE
async def test_a_short_link_survives_another_key_of_the_club(lend: Lend, store: Store) -> None:
    address = await lend(Media(MediaKind.DOCUMENT, "known"))
    store.vault.hold(bytes(reversed(range(32))), bytes(range(32)))
    assert await rekey(store) == 0
    assert (await opened(address))[0] == 200


@ON_SQLITE
async def test_nobody_can_make_a_link_of_their_own(lend: Lend) -> None:
    address = await lend(Media(MediaKind.PHOTO, "known"))
    base = address.rpartition("/")[0]
    forged = urlsafe_b64encode(json.dumps(["known", "", "photo", "2099-01-01"]).encode()).decode()
    assert base.endswith(PATH)
    for token in ("x", "é", forged.rstrip("="), address.rpartition("/")[2][:-2] + "AA"):
        assert (await opened(f"{base}/{token}"))[0] == 404


async def test_what_one_process_has_drawn_can_be_fetched_from_another(lend: Lend) -> None:
    drawn = await lend(Media(MediaKind.DOCUMENT, name="mã.html", content=b"<b>x</b>"))
    assert await opened(drawn) == (200, b"<b>x</b>", "attachment; filename*=utf-8''m%C3%A3.html")
    assert (await opened(await lend(Media(MediaKind.PHOTO, "unknown"))))[0] == 404


@ON_SQLITE
async def test_what_was_drawn_is_forgotten_once_its_link_is_over(
    lend: Lend, store: Store, clock: ManualClock
) -> None:
    await lend(Media(MediaKind.PHOTO, content=b"one"))
    clock.advance(hours=1)
    await lend(Media(MediaKind.PHOTO, content=b"another"))
    assert len(await rows_of(store, select(GeneratedFile))) == 1


@ON_SQLITE
async def test_an_open_link_survives_another_key_of_the_club(lend: Lend, store: Store) -> None:
    address = await lend(Media(MediaKind.PHOTO, content=b"picture"))
    store.vault.hold(bytes(reversed(range(32))), bytes(range(32)))
    assert await rekey(store) == 0
    assert (await opened(address))[0] == 200


async def test_what_cannot_be_kept_is_drawn_again_later() -> None:
    nowhere = DatabaseSettings("sqlite:////nowhere/at/all.sqlite3")
    store = Store(open_engine(nowhere), Vault(bytes(range(32))), ManualClock(), RandomIds())
    files = Files(store, _known_alone, "http://127.0.0.1")
    with pytest.raises(ServerError):
        await files.link(Media(MediaKind.PHOTO, content=b"picture"), LAN)
    await store.close()


@ON_SQLITE
async def test_a_server_that_nobody_can_reach_lends_nothing(store: Store) -> None:
    assert await Files(store, _known_alone, "").link(Media(MediaKind.PHOTO, "known"), LAN) == ""


# ---- what is counted ----


@ON_SQLITE
async def test_messages_are_counted_month_by_month(store: Store, clock: ManualClock) -> None:
    meter, spent = MessageCounter(store, 3, ZONE), []
    for messages in (2, 1, 0):
        meter.add(messages)
        spent.append(meter.is_spent)
        await meter.write()
    assert await in_read(store, monthly_quota.sent, "zalo", ZONE) == 3
    clock.advance(days=30)
    await meter.write()
    assert [*spent, meter.is_spent] == [False, True, True, False]


@ON_SQLITE
async def test_the_next_month_begins_in_the_clubs_own_time(
    store: Store, clock: ManualClock
) -> None:
    assert MessageCounter(store, 3, ZONE).next_month == datetime(2026, 4, 1, tzinfo=ZONE)
    clock.advance(days=21, hours=14, minutes=59)
    assert MessageCounter(store, 3, ZONE).next_month == datetime(2026, 4, 1, tzinfo=ZONE)
    clock.advance(minutes=1)
    assert MessageCounter(store, 3, ZONE).next_month == datetime(2026, 5, 1, tzinfo=ZONE)


@ON_SQLITE
async def test_an_account_without_a_quota_is_never_spent(store: Store) -> None:
    meter = MessageCounter(store, 0, ZONE)
    meter.add(10**6)
    assert not meter.is_spent
