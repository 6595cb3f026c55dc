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
    BalanceSpent,
    Button,
    ButtonStyle,
    DeliveryUncertain,
    Incoming,
    MapPoint,
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
    WindowClosed,
)
from handlers.recognition.plain_text import visible
from tests.contract.messenger_cases import MESSENGER_SETUPS, MessengerSetup
from tests.integration.conftest import free_port
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, text_of, until
from tests.support.sandbox_server import picture

Open = Callable[..., AbstractAsyncContextManager[MessengerSetup]]


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxTestClient]:
    async with serve(SandboxSettings(), port=0) as address, aiohttp.ClientSession() as http:
        yield SandboxTestClient(http, address.url)


@pytest.fixture(params=MESSENGER_SETUPS)
def opens(request: pytest.FixtureRequest, sandbox: SandboxTestClient, tmp_path: Path) -> Open:
    return partial(MESSENGER_SETUPS[request.param], sandbox, tmp_path)


@pytest.fixture
async def setup(opens: Open) -> AsyncIterator[MessengerSetup]:
    async with opens() as opened:
        yield opened


@pytest.fixture
async def lan(setup: MessengerSetup) -> SandboxUser:
    return await setup.add_user("Lan")


# ---- what a failure means ---------------------------------------------------------------------

Meaning = type[MessengerError]
BOT_API_OUTCOMES: list[tuple[dict[str, object], Meaning | dict[str, Meaning]]] = [
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
"""How the messengers with the methods of the Bot API fail, and what that means: on both alike, or on
each of them."""
OA_OUTCOMES: list[tuple[dict[str, object], Meaning]] = [
    ({"error": -32}, RateLimited),
    ({"status": 429}, RateLimited),
    ({"status": 500}, DeliveryUncertain),
    ({"status": 502}, DeliveryUncertain),
    ({"error": -200}, DeliveryUncertain),
    ({"error": -214}, ServerError),
    ({"error": -216, "times": 2}, TokenRefused),
    ({"status": 401, "times": 2}, TokenRefused),
    ({"error": -209}, TokenRefused),
    ({"error": -227}, RecipientGone),
    ({"error": -201}, Refused),
    ({"error": -211}, QuotaSpent),
    ({"error": -234}, TemporarilyRejected),
    ({"error": -230}, WindowClosed),
    ({"error": -321}, BalanceSpent),
    ({"accept_then_drop": True}, DeliveryUncertain),
]
"""The same of the Official Account, whose failures are numbers."""
ELSEWHERE = {Unreachable}
"""What no answer says, with a row of its own below."""
_Case = tuple[str, dict[str, object], Meaning]
OUTCOMES: list[_Case] = [
    *(
        (name, fault, meaning[name] if isinstance(meaning, dict) else meaning)
        for name in ("telegram", "zalo")
        for fault, meaning in BOT_API_OUTCOMES
    ),
    *(("zalo_oa", fault, meaning) for fault, meaning in OA_OUTCOMES),
]


def test_everything_that_a_failure_can_mean_has_a_row() -> None:
    def leaves(kind: Meaning) -> set[Meaning]:
        below = [one for one in kind.__subclasses__() if one.__module__ == kind.__module__]
        return set().union(*map(leaves, below)) if below else {kind}

    assert {meaning for *_, meaning in OUTCOMES} | ELSEWHERE == leaves(MessengerError)


@pytest.mark.parametrize(
    ("name", "fault", "meaning"), OUTCOMES, ids=[f"{name} {fault}" for name, fault, _ in OUTCOMES]
)
async def test_each_failure_says_in_its_kind_whether_trying_again_can_help(
    sandbox: SandboxTestClient,
    tmp_path: Path,
    name: str,
    fault: dict[str, object],
    meaning: Meaning,
) -> None:
    async with MESSENGER_SETUPS[name](sandbox, tmp_path) as setup:
        lan = await setup.add_user("Lan")
        await setup.inject_fault(setup.sending, **fault)
        with pytest.raises(MessengerError) as failed:
            await setup.messenger.send(setup.address_of(lan), Message("chào"))
    assert type(failed.value) is meaning
    assert str(lan.id) not in str(failed.value)
    assert failed.value.__cause__ is None


async def test_a_rest_is_as_long_as_it_is_asked_for(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    fault, seconds = setup.rate_limit
    await setup.inject_fault(setup.sending, **fault)
    with pytest.raises(RateLimited) as failed:
        await setup.messenger.send(setup.address_of(lan), Message("chào"))
    assert failed.value.retry_after_s == seconds


async def test_when_the_months_messages_are_used_up_only_answers_go_out(opens: Open) -> None:
    async with opens(quota=2) as setup:
        lan = await setup.add_user("Lan")
        to_many = setup.messenger.prepare(Message("tin"))
        for _ in range(2):
            await to_many(setup.address_of(lan))
        await setup.messenger.send(setup.address_of(lan), Message("trả lời"))
        if not setup.has_quota:
            await to_many(setup.address_of(lan))
            return
        with pytest.raises(QuotaSpent):
            await to_many(setup.address_of(lan))


async def test_somebody_who_blocked_the_bot_is_gone(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    await setup.sandbox.post(f"chats/{lan.id}/block")
    with pytest.raises(RecipientGone):
        await setup.messenger.send(setup.address_of(lan), Message("chào"))


async def test_a_token_nobody_knows_is_told_apart(opens: Open) -> None:
    async with opens(token="1000000001:another-token-that-nobody-knows-anywhere") as setup:
        somebody = await setup.add_user("Lan")
        with pytest.raises(TokenRefused):
            await setup.messenger.send(setup.address_of(somebody), Message("chào"))


async def test_a_connection_that_was_never_made_left_nothing_behind(opens: Open) -> None:
    async with opens(url=f"http://127.0.0.1:{free_port()}") as setup:
        somebody = await setup.add_user("Lan")
        with pytest.raises(Unreachable) as failed:
            await setup.messenger.send(setup.address_of(somebody), Message("chào"))
    assert not setup.token or setup.token not in str(failed.value)


NONSENSE: list[tuple[bytes, Meaning | dict[str, Meaning]]] = [
    (
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
        # The account's answers come from a gateway, after which the message may have been sent.
        {"telegram": ServerError, "zalo": ServerError, "zalo_oa": DeliveryUncertain},
    ),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", DeliveryUncertain),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n{", DeliveryUncertain),
    (b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}', DeliveryUncertain),
    (b"HTTP/1.1 429 Slow\r\nContent-Length: 2\r\n\r\n{}", RateLimited),
    (b"", DeliveryUncertain),
]


@pytest.mark.parametrize(("answer", "meaning"), NONSENSE)
async def test_a_server_in_between_that_answers_nonsense_is_understood(
    opens: Open, answer: bytes, meaning: Meaning | dict[str, Meaning]
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    port = free_port()
    async with (
        await asyncio.start_server(reply, "127.0.0.1", port),
        opens(url=f"http://127.0.0.1:{port}") as setup,
    ):
        somebody = await setup.add_user("Lan")
        with pytest.raises(MessengerError) as failed:
            await setup.messenger.send(setup.address_of(somebody), Message("chào"))
    expected = meaning[setup.name] if isinstance(meaning, dict) else meaning
    assert type(failed.value) is expected


# ---- what comes in ----------------------------------------------------------------------------

Heard = Callable[[Incoming], bool]
ACTIONS: dict[str, tuple[dict[str, object], Heard]] = {
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


async def hear(setup: MessengerSetup, action: Callable[[], Awaitable[object]]) -> Incoming:
    """What the bot hears of it, by asking for news."""
    stop = asyncio.Event()
    polling = asyncio.create_task(setup.polling()(stop))
    before = len(setup.heard)

    async def heard() -> bool:
        return len(setup.heard) > before

    await until(heard_something(setup), "what was said before")
    before = len(setup.heard)
    await action()
    await until(heard, "an update")
    stop.set()
    await polling
    return setup.heard[-1]


def heard_something(setup: MessengerSetup) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return bool(setup.heard)

    return look


@pytest.mark.parametrize(("said", "fits"), ACTIONS.values(), ids=ACTIONS)
async def test_what_somebody_writes_comes_in_alike(
    setup: MessengerSetup, lan: SandboxUser, said: dict[str, object], fits: Heard
) -> None:
    one = await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/send", **said))
    assert fits(one)
    assert (one.kind, one.private, one.unsupported) == (UpdateKind.MESSAGE, True, "")
    assert one.sender == setup.address_of(lan)
    assert (one.name or await setup.messenger.display_name(one.sender)) == "Lan"
    assert one.update_key
    assert one.message_id


async def test_what_the_bot_has_no_use_for_comes_in_by_its_kind(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    kind, said = setup.strange
    one = await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/send", **said))
    assert (one.unsupported, one.text, one.media) == (kind, "", None)


async def test_a_pressed_button_comes_in_as_its_action(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    await setup.messenger.send(setup.address_of(lan), Message("Chọn gì?", ROWS))
    if not setup.messenger.limits.most_buttons:
        return  # a number comes in as a text
    arrived = (await lan.messages())[-1]
    press = {"message_id": arrived["message_id"], "label": "Lần này"}
    one = await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/press", **press))
    assert one.kind is UpdateKind.PRESS
    assert one.press is not None
    assert one.press.action == "notforme:1"
    assert one.sender == setup.address_of(lan)


async def test_who_leaves_is_told_apart_from_who_writes(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    leave = "unfollow" if setup.name == "zalo_oa" else "block"
    if setup.name == "zalo":
        return  # it tells nobody
    if setup.name == "zalo_oa":
        await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/follow"))
    one = await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/{leave}"))
    assert one.kind is UpdateKind.BLOCKED


async def test_every_message_has_an_id_of_its_own(setup: MessengerSetup, lan: SandboxUser) -> None:
    await hear(setup, lambda: setup.sandbox.post(f"chats/{lan.id}/send", text="chào"))
    assert len({one.update_key for one in setup.heard}) == len(setup.heard) > 1
    assert len({one.message_id for one in setup.heard}) == len(setup.heard)


async def test_a_picture_comes_in_with_its_caption_and_can_be_fetched(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    one = await hear(setup, lambda: send_picture(setup, lan, "đây"))
    assert one.media is not None
    assert (one.text, one.media.kind) == ("đây", MediaKind.PHOTO)
    assert one.media.unique
    assert await setup.messenger.fetch(one.media.file, 10**6)
    with pytest.raises(Refused):
        await setup.messenger.fetch(one.media.file, 10)


async def send_picture(setup: MessengerSetup, who: SandboxUser, caption: str) -> None:
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png", content_type="image/png")
    form.add_field("caption", caption)
    url = f"{setup.sandbox.url}/sandbox/chats/{who.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        assert answer.status == 200


# ---- what goes out, and what stands in for what a messenger cannot do -------------------------

ROWS = (
    (Button("Tôi đã chia sẻ", action="shared:1"), Button("Mở", url="https://an.example/")),
    (Button("Lần này", action="notforme:1"),),
)
TEXT = "<b>Chào</b> &lt;bạn&gt; &amp; <i>cả <u>nhà</u></i>, <code>x</code>"


async def test_words_arrive_as_they_read_without_their_formatting(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    ids = await setup.messenger.send(setup.address_of(lan), Message(TEXT))
    arrived = (await lan.messages())[-1]
    assert text_of(arrived) == visible(TEXT) == "Chào <bạn> & cả nhà, x"
    assert [str(arrived["message_id"])] == ids
    formats = {one["type"] for one in arrived.get("entities", ())}
    assert ({"bold", "italic", "underline"} <= formats) is setup.has_formatting


async def test_a_moment_keeps_its_words_and_where_possible_its_time(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    text = 'Đến <tg-time unix="1773532800">7:00, Chủ Nhật</tg-time>.'
    await setup.messenger.send(setup.address_of(lan), Message(text))
    await setup.messenger.prepare(Message(text))(setup.address_of(lan))
    for arrived in [m for m in await lan.messages() if m["from"]["is_bot"]]:
        assert text_of(arrived) == "Đến 7:00, Chủ Nhật."
        times = [one["unix_time"] for one in arrived.get("entities", []) if "unix_time" in one]
        assert times == ([1_773_532_800] if setup.is_telegram else [])


async def test_the_colour_of_a_button_is_shown_where_there_are_buttons(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    rows = tuple((Button(style, action=style, style=style),) for style in ButtonStyle)
    rows += ((Button("plain", action="plain"),),)
    await setup.messenger.send(setup.address_of(lan), Message("Thu hồi?", rows))
    await setup.messenger.prepare(Message("Thu hồi?", rows))(setup.address_of(lan))
    for arrived in [m for m in await lan.messages() if m["from"]["is_bot"]]:
        assert setup.choices(arrived) == ["danger", "success", "primary", "plain"]
        if setup.is_telegram:
            shown = [row[0] for row in arrived["reply_markup"]["inline_keyboard"]]
            assert [one.get("style", "plain") for one in shown] == setup.choices(arrived)


async def test_what_goes_to_many_reads_as_what_goes_to_one(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    await setup.messenger.send(setup.address_of(lan), Message(TEXT, ROWS))
    await setup.messenger.prepare(Message(TEXT, ROWS))(setup.address_of(lan))
    one, many = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert (text_of(one), setup.choices(one)) == (text_of(many), setup.choices(many))


async def test_every_choice_can_be_seen_and_every_address_opened(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    await setup.messenger.send(setup.address_of(lan), Message("Bạn đã chia sẻ chưa?", ROWS))
    arrived = (await lan.messages())[-1]
    assert [x for x in setup.choices(arrived) if x != "Mở"] == ["Tôi đã chia sẻ", "Lần này"]
    assert "https://an.example/" in str(arrived)


async def test_a_long_text_arrives_whole_in_pieces_that_end_with_a_sentence(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    long = ("Đây là một câu đủ dài để không ai đọc hết được trong một hơi. " * 60).strip()
    ids = await setup.messenger.send(setup.address_of(lan), Message(long))
    pieces = [text_of(m) for m in await lan.messages() if m["from"]["is_bot"]]
    assert len(pieces) == len(ids)
    assert " ".join(pieces) == long
    assert all(len(piece) <= setup.messenger.limits.text for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces)


async def test_a_text_that_is_one_character_too_long_is_cut_or_refused_and_never_shortened(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    most = setup.messenger.limits.text
    assert len(await setup.messenger.send(setup.address_of(lan), Message("a" * most))) == 1
    try:
        assert (
            len(await setup.messenger.send(setup.address_of(lan), Message("b" * (most + 1)))) == 2
        )
    except Refused:
        return
    words = [text_of(m) for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum(one.count("b") for one in words) == most + 1


async def test_what_is_to_be_copied_can_be_copied(setup: MessengerSetup, lan: SandboxUser) -> None:
    rows = ((Button("Chép", copy="Do hội viên"),),)
    await setup.messenger.send(setup.address_of(lan), Message("Lời của bạn:", rows))
    assert "Do hội viên" in str((await lan.messages())[-1])


async def test_the_pictures_of_an_album_arrive_all_and_its_words_once(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    sample = await known_picture(setup, lan)
    album = Album((sample, sample), "hai ảnh")
    ids = await setup.messenger.prepare(album)(setup.address_of(lan))
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum("photo" in m for m in theirs) == 2
    assert [text_of(m) for m in theirs if text_of(m)] == ["hai ảnh"]
    assert [str(m["message_id"]) for m in theirs] == ids


async def known_picture(setup: MessengerSetup, who: SandboxUser) -> Media:
    """One that the messenger has already, since somebody sent it."""
    one = await hear(setup, lambda: send_picture(setup, who, ""))
    assert one.media is not None
    return one.media


async def test_a_new_picture_arrives_with_its_words(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    media = Media(MediaKind.PHOTO, name="a.png", content=picture())
    await setup.messenger.send(setup.address_of(lan), Message("xem <b>ảnh</b>", media=media))
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]]
    assert sum("photo" in m for m in theirs) == 1
    assert "xem ảnh" in [text_of(m) for m in theirs]


async def test_a_document_can_be_opened(setup: MessengerSetup, lan: SandboxUser) -> None:
    media = Media(MediaKind.DOCUMENT, name="đọc.txt", content=b"words")
    await setup.messenger.send(setup.address_of(lan), Message("kèm tệp", media=media))
    arrived = (await lan.messages())[-1]
    assert "đọc.txt" in str(arrived)
    assert "kèm tệp" in text_of(arrived)
    if "document" not in arrived:
        assert "📎 đọc.txt (1 KB): " in text_of(arrived)
        address = text_of(arrived).rpartition(" ")[2]
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            assert await answer.read() == b"words"


@pytest.mark.parametrize("address", ["12 Lê Lợi", ""])
async def test_a_place_can_be_found_on_a_map(
    setup: MessengerSetup, lan: SandboxUser, address: str
) -> None:
    point = MapPoint(10.2525, 105.9722, "Nhà văn hóa", address)
    messenger, to = setup.messenger, setup.address_of(lan)
    ids = await messenger.send(to, Message("lời", ((Button("Tới", action="go"),),), point=point))
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]][-len(ids) :]
    assert [str(message["message_id"]) for message in theirs] == ids
    assert "lời" in text_of(theirs[-1])
    assert setup.choices(theirs[-1]) == ["Tới"]
    if not setup.is_telegram:
        assert f"📍 Nhà văn hóa: {point.link}" in text_of(theirs[-1])
        assert len(theirs) == 1
        return
    assert theirs[0]["location"] == {"latitude": 10.2525, "longitude": 105.9722}
    assert theirs[0].get("venue", {}).get("address", "") == address
    parts = Message("lời", point=point).parts(maps=messenger.limits.maps)
    again = [one for part in parts for one in await messenger.prepare(part)(to)]
    assert "venue" in (await lan.messages())[-2] or not address
    assert len(again) == 2


async def test_a_text_to_copy_can_be_copied_with_nothing_around_it(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    """As a block of its own, or where the app copies whole messages only, as a message of its own."""
    copied = "https://a.example/nguồn\nDo hội viên"
    rows = ((Button("Ảnh vuông", action="card:1"),),)
    message = Message(f"Lời của bạn:\n<pre>{copied}</pre>", rows, copy_apart=True)
    await setup.messenger.send(setup.address_of(lan), message)
    theirs = [m for m in await lan.messages() if m["from"]["is_bot"]]
    blocks = [entity for m in theirs for entity in m.get("entities", ()) if entity["type"] == "pre"]
    if blocks:
        assert blocks[0]["length"] == len(copied)
    else:
        assert [setup.words(m) for m in theirs] == ["Lời của bạn:", copied]
        assert setup.choices(theirs[0]) == ["Ảnh vuông"]


@pytest.mark.parametrize(
    ("size", "shown"), [(1023 * 1024, "1023 KB"), (1023 * 1024 + 1, "1 MB"), (1024**2 + 1, "2 MB")]
)
async def test_a_files_size_is_rounded_up(
    setup: MessengerSetup, lan: SandboxUser, size: int, shown: str
) -> None:
    if setup.messenger.keeps("a-document"):
        return  # the app shows the size itself
    media = Media(MediaKind.DOCUMENT, "a-document", name="công văn.xlsx", size=size)
    await setup.messenger.send(setup.address_of(lan), Message("kèm tệp", media=media))
    assert f"📎 công văn.xlsx ({shown}): http" in text_of((await lan.messages())[-1])


async def test_what_was_sent_is_changed_or_the_messenger_says_it_cannot(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    (number,) = await setup.messenger.send(setup.address_of(lan), Message("một"))
    if setup.messenger.limits.edits:
        await setup.messenger.edit(setup.address_of(lan), number, Message("hai"))
        assert text_of((await lan.messages())[-1]) == "hai"
        await setup.messenger.delete(setup.address_of(lan), number)
        assert not [m for m in await lan.messages() if m["from"]["is_bot"]]
        return
    with pytest.raises(Refused):
        await setup.messenger.edit(setup.address_of(lan), number, Message("hai"))
    with pytest.raises(Refused):
        await setup.messenger.delete(setup.address_of(lan), number)


async def test_what_a_messenger_does_not_have_does_no_harm(
    setup: MessengerSetup, lan: SandboxUser
) -> None:
    (number,) = await setup.messenger.send(setup.address_of(lan), Message("một"))
    await setup.messenger.acknowledge("123456", "chào", alert=True)
    await setup.messenger.set_menu(setup.address_of(lan), [MenuEntry("trogiup", "Trợ giúp")], "vi")
    await setup.messenger.pin(setup.address_of(lan), number)
    await setup.messenger.unpin(setup.address_of(lan), number)
    await setup.messenger.typing(setup.address_of(lan))
