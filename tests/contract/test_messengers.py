"""One table of cases that every messenger passes: what a failure means, what comes in, what goes out.

What one of them cannot do has its substitute here, with words that say so.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.serve import serve
from bot.sandbox.state import SandboxSettings
from handlers.messages import (
    Album,
    Button,
    DeliveryUncertain,
    Incoming,
    Media,
    MediaKind,
    MenuEntry,
    Message,
    MessengerError,
    Moved,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
    Unreachable,
    UpdateKind,
)
from handlers.recognition.plain_text import visible
from tests.contract.messenger_cases import STANDS, Stand
from tests.integration.conftest import free_port
from tests.support.sandbox_client import Resident, TownUnderTest, text_of, until
from tests.support.sandbox_stage import picture

Open = Callable[..., AbstractAsyncContextManager[Stand]]


@pytest.fixture
async def town() -> AsyncIterator[TownUnderTest]:
    async with serve(SandboxSettings(), port=0) as address, aiohttp.ClientSession() as http:
        yield TownUnderTest(http, address.url)


@pytest.fixture(params=STANDS)
def opens(request: pytest.FixtureRequest, town: TownUnderTest, tmp_path: Path) -> Open:
    return partial(STANDS[request.param], town, tmp_path)


@pytest.fixture
async def stand(opens: Open) -> AsyncIterator[Stand]:
    async with opens() as opened:
        yield opened


@pytest.fixture
async def lan(stand: Stand) -> Resident:
    return await stand.person("Lan")


# ---- what a failure means ---------------------------------------------------------------------

Meaning = type[MessengerError]
OUTCOMES: list[tuple[dict[str, object], Meaning | dict[str, Meaning]]] = [
    ({"status": 429, "retry_after": 7}, RateLimited),
    ({"status": 500}, ServerError),
    ({"status": 502}, ServerError),
    ({"status": 409}, ServerError),
    ({"status": 401}, TokenRefused),
    ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, RecipientGone),
    ({"status": 400, "description": "Bad Request: chat not found"}, RecipientGone),
    ({"status": 400, "description": "Bad Request: message is too long"}, Refused),
    (
        {"status": 403, "description": "Forbidden: bot can't send messages to the user"},
        # Only Telegram's words tell this apart; on Zalo the person writes again, and is back.
        {"telegram": TemporarilyRejected, "zalo": RecipientGone},
    ),
    (
        {"status": 400, "description": "Bad Request: chat upgraded", "migrate_to_chat_id": -100},
        Moved,
    ),
    ({"accept_then_drop": True}, DeliveryUncertain),
]
"""How the messenger fails, and what that means: on every messenger alike, or on each of them."""
ELSEWHERE = {Unreachable, QuotaSpent}
"""What no answer says, with rows of their own below."""


def test_everything_that_a_failure_can_mean_has_a_row() -> None:
    def leaves(kind: Meaning) -> set[Meaning]:
        below = kind.__subclasses__()
        return set().union(*map(leaves, below)) if below else {kind}

    told = [m if isinstance(m, dict) else {"": m} for _, m in OUTCOMES]
    assert {one for row in told for one in row.values()} | ELSEWHERE == leaves(MessengerError)


@pytest.mark.parametrize(("fault", "meaning"), OUTCOMES, ids=[str(f) for f, _ in OUTCOMES])
async def test_each_failure_says_in_its_kind_whether_trying_again_can_help(
    stand: Stand, lan: Resident, fault: dict[str, object], meaning: Meaning | dict[str, Meaning]
) -> None:
    await stand.fails("sendMessage", **fault)
    with pytest.raises(MessengerError) as failed:
        await stand.messenger.send(stand.to(lan), Message("chào"))
    expected = meaning[stand.name] if isinstance(meaning, dict) else meaning
    assert type(failed.value) is expected
    assert str(lan.id) not in str(failed.value)
    assert failed.value.__cause__ is None


async def test_a_rest_is_as_long_as_it_is_asked_for(stand: Stand, lan: Resident) -> None:
    await stand.fails("sendMessage", status=429, retry_after=7)
    with pytest.raises(RateLimited) as failed:
        await stand.messenger.send(stand.to(lan), Message("chào"))
    assert failed.value.retry_after_s == 7


async def test_when_the_months_messages_are_used_up_only_answers_go_out(opens: Open) -> None:
    async with opens(quota=2) as stand:
        lan = await stand.person("Lan")
        to_many = stand.messenger.prepare(Message("tin"))
        for _ in range(2):
            await to_many(stand.to(lan))
        await stand.messenger.send(stand.to(lan), Message("trả lời"))
        if not stand.has_quota:
            await to_many(stand.to(lan))
            return
        with pytest.raises(QuotaSpent):
            await to_many(stand.to(lan))


async def test_somebody_who_blocked_the_bot_is_gone(stand: Stand, lan: Resident) -> None:
    await stand.town.post(f"chats/{lan.id}/block")
    with pytest.raises(RecipientGone):
        await stand.messenger.send(stand.to(lan), Message("chào"))


async def test_a_token_nobody_knows_is_told_apart(opens: Open) -> None:
    async with opens(token="1000000001:another-token-that-nobody-knows-anywhere") as stand:
        somebody = await stand.person("Lan")
        with pytest.raises(TokenRefused):
            await stand.messenger.send(stand.to(somebody), Message("chào"))


async def test_a_connection_that_was_never_made_left_nothing_behind(opens: Open) -> None:
    async with opens(url=f"http://127.0.0.1:{free_port()}") as stand:
        somebody = await stand.person("Lan")
        with pytest.raises(Unreachable) as failed:
            await stand.messenger.send(stand.to(somebody), Message("chào"))
    assert stand.token not in str(failed.value)


NONSENSE: list[tuple[bytes, type[MessengerError]]] = [
    (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", ServerError),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", DeliveryUncertain),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n{", DeliveryUncertain),
    (b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}', DeliveryUncertain),
    (b"HTTP/1.1 429 Slow\r\nContent-Length: 2\r\n\r\n{}", RateLimited),
    (b"", DeliveryUncertain),
]


@pytest.mark.parametrize(("answer", "meaning"), NONSENSE)
async def test_a_server_in_between_that_answers_nonsense_is_understood(
    opens: Open, answer: bytes, meaning: type[MessengerError]
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    port = free_port()
    async with (
        await asyncio.start_server(reply, "127.0.0.1", port),
        opens(url=f"http://127.0.0.1:{port}") as stand,
    ):
        somebody = await stand.person("Lan")
        with pytest.raises(MessengerError) as failed:
            await stand.messenger.send(stand.to(somebody), Message("chào"))
    assert type(failed.value) is meaning


# ---- what comes in ----------------------------------------------------------------------------

Heard = Callable[[Incoming], bool]
DEEDS: dict[str, tuple[dict[str, object], Heard]] = {
    "a text": (
        {"text": "Chào <bạn>"},
        lambda one: (one.text, one.html) == ("Chào <bạn>", "Chào &lt;bạn&gt;"),
    ),
    "a link": (
        {"text": "xem https://an.example/a?b=1 nhé"},
        lambda one: one.links == ("https://an.example/a?b=1",),
    ),
    "a command": ({"text": "/trogiup"}, lambda one: one.text == "/trogiup"),
    "a number": ({"text": "1"}, lambda one: one.press is None),
    "a forwarded post": (
        {"forward": {"sender_name": "Nguyễn Văn Tác Giả", "text": "Tin nóng"}},
        lambda one: one.text == "Tin nóng" and "Tác Giả" not in str(vars(one)),
    ),
    "what no messenger shows": ({"text": "a\x07b"}, lambda one: one.text == "a b"),
}


async def hear(stand: Stand, deed: Callable[[], Awaitable[object]]) -> Incoming:
    """What the bot hears of it, by asking for news."""
    stop = asyncio.Event()
    polling = asyncio.create_task(stand.polling()(stop))
    before = len(stand.heard)

    async def heard() -> bool:
        return len(stand.heard) > before

    await until(heard_something(stand), "what was said before")
    before = len(stand.heard)
    await deed()
    await until(heard, "an update")
    stop.set()
    await polling
    return stand.heard[-1]


def heard_something(stand: Stand) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return bool(stand.heard)

    return look


@pytest.mark.parametrize(("said", "fits"), DEEDS.values(), ids=DEEDS)
async def test_what_somebody_writes_comes_in_alike(
    stand: Stand, lan: Resident, said: dict[str, object], fits: Heard
) -> None:
    one = await hear(stand, lambda: stand.town.post(f"chats/{lan.id}/send", **said))
    assert fits(one)
    assert (one.kind, one.private, one.unsupported) == (UpdateKind.MESSAGE, True, "")
    assert (one.sender, one.name) == (stand.to(lan), "Lan")
    assert one.update_key
    assert one.message_id


async def test_what_the_bot_has_no_use_for_comes_in_by_its_kind(
    stand: Stand, lan: Resident
) -> None:
    kind, said = stand.strange
    one = await hear(stand, lambda: stand.town.post(f"chats/{lan.id}/send", **said))
    assert (one.unsupported, one.text, one.media) == (kind, "", None)


async def test_every_message_has_an_id_of_its_own(stand: Stand, lan: Resident) -> None:
    await hear(stand, lambda: stand.town.post(f"chats/{lan.id}/send", text="chào"))
    assert len({one.update_key for one in stand.heard}) == len(stand.heard) > 1
    assert len({one.message_id for one in stand.heard}) == len(stand.heard)


async def test_a_picture_comes_in_with_its_caption_and_can_be_fetched(
    stand: Stand, lan: Resident
) -> None:
    one = await hear(stand, lambda: send_picture(stand, lan, "đây"))
    assert one.media is not None
    assert (one.text, one.media.kind) == ("đây", MediaKind.PHOTO)
    assert one.media.unique
    assert await stand.messenger.fetch(one.media.file, 10**6)
    with pytest.raises(Refused):
        await stand.messenger.fetch(one.media.file, 10)


async def send_picture(stand: Stand, who: Resident, caption: str) -> None:
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png", content_type="image/png")
    form.add_field("caption", caption)
    url = f"{stand.town.url}/sandbox/chats/{who.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        assert answer.status == 200


# ---- what goes out, and what stands in for what a messenger cannot do -------------------------

ROWS = (
    (Button("Tôi đã chia sẻ", action="shared:1"), Button("Mở", url="https://an.example/")),
    (Button("Không hợp", action="notforme:1"),),
)
TEXT = "<b>Chào</b> &lt;bạn&gt; &amp; <i>cả <u>nhà</u></i>, <code>x</code>"


async def test_words_arrive_as_they_read_without_their_formatting(
    stand: Stand, lan: Resident
) -> None:
    ids = await stand.messenger.send(stand.to(lan), Message(TEXT))
    arrived = (await lan.messages())[-1]
    assert text_of(arrived) == visible(TEXT) == "Chào <bạn> & cả nhà, x"
    assert [str(arrived["message_id"])] == ids
    assert {"bold", "italic", "underline"} <= {one["type"] for one in arrived["entities"]}


async def test_what_goes_to_many_reads_as_what_goes_to_one(stand: Stand, lan: Resident) -> None:
    await stand.messenger.send(stand.to(lan), Message(TEXT, ROWS))
    await stand.messenger.prepare(Message(TEXT, ROWS))(stand.to(lan))
    one, many = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert (text_of(one), stand.choices(one)) == (text_of(many), stand.choices(many))


async def test_every_choice_can_be_seen_and_every_address_opened(
    stand: Stand, lan: Resident
) -> None:
    await stand.messenger.send(stand.to(lan), Message("Bạn đã chia sẻ chưa?", ROWS))
    arrived = (await lan.messages())[-1]
    assert [x for x in stand.choices(arrived) if x != "Mở"] == ["Tôi đã chia sẻ", "Không hợp"]
    assert "https://an.example/" in str(arrived)


async def test_a_long_text_arrives_whole_in_pieces_that_end_with_a_sentence(
    stand: Stand, lan: Resident
) -> None:
    sentence = "Đây là một câu đủ dài để không ai đọc hết được trong một hơi. "
    long = (sentence * 60).strip()
    ids = await stand.messenger.send(stand.to(lan), Message(long))
    pieces = [text_of(m) for m in await lan.messages() if m["from"]["is_bot"]]
    assert len(pieces) == len(ids)
    assert " ".join(pieces) == long
    assert all(len(piece) <= stand.messenger.limits.text for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces)


async def test_a_text_that_is_one_character_too_long_is_cut_or_refused_and_never_shortened(
    stand: Stand, lan: Resident
) -> None:
    most = stand.messenger.limits.text
    assert len(await stand.messenger.send(stand.to(lan), Message("a" * most))) == 1
    try:
        assert len(await stand.messenger.send(stand.to(lan), Message("b" * (most + 1)))) == 2
    except Refused:
        return
    words = [text_of(m) for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum(one.count("b") for one in words) == most + 1


async def test_what_is_to_be_copied_can_be_copied(stand: Stand, lan: Resident) -> None:
    rows = ((Button("Chép", copy="Chia sẻ bởi hội viên"),),)
    await stand.messenger.send(stand.to(lan), Message("Lời của bạn:", rows))
    assert "Chia sẻ bởi hội viên" in str((await lan.messages())[-1])


async def test_the_pictures_of_an_album_arrive_all_and_its_words_once(
    stand: Stand, lan: Resident
) -> None:
    sample = await known_picture(stand, lan)
    album = Album((sample, sample), "hai ảnh")
    ids = await stand.messenger.prepare(album)(stand.to(lan))
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum("photo" in m for m in theirs) == 2
    assert [text_of(m) for m in theirs if text_of(m)] == ["hai ảnh"]
    assert [str(m["message_id"]) for m in theirs] == ids


async def known_picture(stand: Stand, who: Resident) -> Media:
    """One that the messenger has already, since somebody sent it."""
    one = await hear(stand, lambda: send_picture(stand, who, ""))
    assert one.media is not None
    return one.media


async def test_a_new_picture_arrives_with_its_words(stand: Stand, lan: Resident) -> None:
    media = Media(MediaKind.PHOTO, name="a.png", content=picture())
    await stand.messenger.send(stand.to(lan), Message("xem <b>ảnh</b>", media=media))
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum("photo" in m for m in theirs) == 1
    assert "xem ảnh" in [text_of(m) for m in theirs]


async def test_a_document_can_be_opened(stand: Stand, lan: Resident) -> None:
    media = Media(MediaKind.DOCUMENT, name="đọc.txt", content=b"words")
    await stand.messenger.send(stand.to(lan), Message("kèm tệp", media=media))
    arrived = (await lan.messages())[-1]
    assert "đọc.txt" in str(arrived)
    assert "kèm tệp" in text_of(arrived)
    if "document" not in arrived:
        address = text_of(arrived).rpartition(" ")[2]
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            assert await answer.read() == b"words"


async def test_what_was_sent_is_changed_or_the_messenger_says_it_cannot(
    stand: Stand, lan: Resident
) -> None:
    (number,) = await stand.messenger.send(stand.to(lan), Message("một"))
    if stand.messenger.limits.edits:
        await stand.messenger.edit(stand.to(lan), number, Message("hai"))
        assert text_of((await lan.messages())[-1]) == "hai"
        await stand.messenger.delete(stand.to(lan), number)
        assert not [m for m in await lan.messages() if m["from"]["is_bot"]]
        return
    with pytest.raises(Refused):
        await stand.messenger.edit(stand.to(lan), number, Message("hai"))
    with pytest.raises(Refused):
        await stand.messenger.delete(stand.to(lan), number)


async def test_what_a_messenger_does_not_have_does_no_harm(stand: Stand, lan: Resident) -> None:
    (number,) = await stand.messenger.send(stand.to(lan), Message("một"))
    await stand.messenger.acknowledge("123456", "chào", alert=True)
    await stand.messenger.set_menu(stand.to(lan), [MenuEntry("trogiup", "Trợ giúp")], "vi")
    await stand.messenger.pin(stand.to(lan), number)
    await stand.messenger.unpin(stand.to(lan), number)
    await stand.messenger.typing(stand.to(lan))
