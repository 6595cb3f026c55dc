"""What every answer of Telegram's means for whoever wanted to send something."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from bot.sandbox.state import SandboxSettings
from bot.telegram.account import Account
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.settings import TelegramSettings
from handlers.messages import (
    Address,
    Album,
    Button,
    DeliveryUncertain,
    Media,
    MediaKind,
    MenuEntry,
    Message,
    MessengerError,
    Moved,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    Suggestion,
    TemporarilyRejected,
    TokenRefused,
    Unreachable,
)
from tests.integration.conftest import free_port
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, labels_of

TOKEN = SandboxSettings().token


def account_at(url: str, token: str = TOKEN) -> Account:
    return Account(TelegramSettings(token=SecretStr(token), api_url=url, sandbox=True))


@pytest.fixture
async def messenger(sandbox: SandboxTestClient) -> AsyncIterator[TelegramMessenger]:
    account = account_at(sandbox.url)
    yield account.messenger
    await account.close()


@pytest.fixture
async def lan(sandbox: SandboxTestClient) -> SandboxUser:
    person = await sandbox.add_user("Lan")
    await person.starts()
    return person


def to(person: SandboxUser) -> Address:
    return Address("telegram", str(person.id))


Way = Callable[[TelegramMessenger, Address, Message], Awaitable[list[str]]]
WAYS: dict[str, Way] = {
    "to one": lambda messenger, whom, message: messenger.send(whom, message),
    "to many": lambda messenger, whom, message: messenger.prepare(message)(whom),
}
either_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


FAULTS: list[tuple[dict[str, object], type[MessengerError]]] = [
    ({"status": 429, "retry_after": 7}, RateLimited),
    ({"status": 500}, ServerError),
    ({"status": 502, "description": "Bad Gateway"}, ServerError),
    ({"status": 409}, ServerError),
    ({"status": 401}, TokenRefused),
    ({"status": 404}, TokenRefused),
    ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, RecipientGone),
    ({"status": 403, "description": "Forbidden: user is deactivated"}, RecipientGone),
    (
        {"status": 403, "description": "Forbidden: bot was kicked from the group chat"},
        RecipientGone,
    ),
    ({"status": 400, "description": "Bad Request: chat not found"}, RecipientGone),
    ({"status": 400, "description": "Bad Request: PEER_ID_INVALID"}, RecipientGone),
    (
        {"status": 403, "description": "Forbidden: bot can't send messages to the user"},
        TemporarilyRejected,
    ),
    (
        {"status": 403, "description": "Forbidden: bot can't initiate conversation with a user"},
        TemporarilyRejected,
    ),
    (
        {
            "status": 400,
            "description": "Bad Request: group chat was upgraded",
            "migrate_to_chat_id": -100,
        },
        Moved,
    ),
    ({"status": 400, "description": "Bad Request: message is too long"}, Refused),
    ({"status": 413}, Refused),
    ({"accept_then_drop": True}, DeliveryUncertain),
]


@either_way
@pytest.mark.parametrize(("fault", "meaning"), FAULTS, ids=[str(f) for f, _ in FAULTS])
async def test_each_refusal_says_in_its_kind_whether_trying_again_can_help(
    sandbox: SandboxTestClient,
    messenger: TelegramMessenger,
    lan: SandboxUser,
    fault: dict[str, object],
    meaning: type[MessengerError],
    way: Way,
) -> None:
    await sandbox.inject_fault(method="sendMessage", **fault)
    with pytest.raises(MessengerError) as refused:
        await way(messenger, to(lan), Message("chào"))
    assert type(refused.value) is meaning
    assert str(lan.id) not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_rest_that_is_asked_for_is_as_long_as_telegram_says(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    await sandbox.inject_fault(method="sendMessage", status=429, retry_after=7)
    with pytest.raises(RateLimited) as refused:
        await messenger.send(to(lan), Message("chào"))
    assert refused.value.retry_after_s == 7


async def test_a_chat_that_moved_says_where_to(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    await sandbox.inject_fault(method="sendMessage", status=400, migrate_to_chat_id=-1005)
    with pytest.raises(Moved) as refused:
        await messenger.send(to(lan), Message("chào"))
    assert refused.value.chat == "-1005"


@either_way
async def test_a_connection_that_was_never_made_left_nothing_behind(way: Way) -> None:
    account = account_at(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable) as refused:
        await way(account.messenger, Address("telegram", "7"), Message("chào"))
    await account.close()
    assert TOKEN not in str(refused.value)


@either_way
@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", ServerError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", DeliveryUncertain),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n{", DeliveryUncertain),
        (
            b'HTTP/1.1 429 Slow\r\nContent-Length: 35\r\n\r\n{"ok":false,"description":"slow!!"}',
            RateLimited,
        ),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}', DeliveryUncertain),
        (b"", DeliveryUncertain),
    ],
)
async def test_a_server_in_between_that_answers_nonsense_is_understood(
    answer: bytes, meaning: type[MessengerError], way: Way
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(reply, "127.0.0.1", port := free_port()):
        account = account_at(f"http://127.0.0.1:{port}")
        with pytest.raises(MessengerError) as refused:
            await way(account.messenger, Address("telegram", "7"), Message("chào"))
        await account.close()
    assert type(refused.value) is meaning


async def test_a_token_that_telegram_does_not_know_is_told_apart(
    sandbox: SandboxTestClient,
) -> None:
    account = account_at(sandbox.url, "1000000001:another-token-that-nobody-knows-anywhere")
    with pytest.raises(TokenRefused):
        await account.who_am_i()
    await account.close()


@pytest.mark.parametrize("token", ["", "no token", "12:ab cd"])
def test_what_does_not_look_like_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(TokenRefused):
        account_at("http://127.0.0.1:1", token)


async def test_a_message_arrives_with_its_words_and_buttons(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    rows = (
        (Button("Bấm", action="go:1"), Button("Mở", url="https://an.example/")),
        (Button("Chép", copy="chép tôi"),),
    )
    (message_id,) = await messenger.send(to(lan), Message("<b>Chào</b> &lt;bạn&gt;", rows))
    arrived = (await lan.messages())[-1]
    assert str(arrived["message_id"]) == message_id
    assert (arrived["text"], arrived["entities"][0]["type"]) == ("Chào <bạn>", "bold")
    assert labels_of(arrived) == ["Bấm", "Mở", "Chép"]


async def test_a_link_is_shown_without_its_preview_unless_asked_for(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    await messenger.send(to(lan), Message("https://an.example/"))
    await messenger.send(to(lan), Message("https://an.example/", preview=True))
    hidden, shown = await sandbox.calls("sendMessage")
    assert hidden["parameters"]["link_preview_options"] == '{"is_disabled": true}'
    assert shown["parameters"]["link_preview_options"] == '{"is_disabled": false}'


async def test_a_file_is_sent_as_bytes_once_and_by_its_id_afterwards(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    new = Media(MediaKind.DOCUMENT, name="đọc.txt", content=b"words")
    await messenger.send(to(lan), Message("kèm tệp", media=new))
    first = (await lan.messages())[-1]["document"]
    assert first["file_name"] == "đọc.txt"
    await messenger.send(to(lan), Message("", media=Media(MediaKind.DOCUMENT, first["file_id"])))
    assert (await lan.messages())[-1]["document"]["file_unique_id"] == first["file_unique_id"]


async def test_a_file_is_fetched_by_its_id_up_to_a_size(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    await messenger.send(to(lan), Message("", media=Media(MediaKind.DOCUMENT, content=b"words")))
    file_id = (await lan.messages())[-1]["document"]["file_id"]
    assert await messenger.fetch(file_id, 5) == b"words"
    with pytest.raises(Refused):
        await messenger.fetch(file_id, 4)
    with pytest.raises(Refused):
        await messenger.fetch("no such file", 5)


async def test_what_is_typed_in_another_chat_is_answered_for_this_person_and_not_for_long(
    sandbox: SandboxTestClient, messenger: TelegramMessenger
) -> None:
    source = ((Button("Nguồn", url="https://an.example/"),),)
    found = Suggestion("12", "Ngày bầu cử", "7:00", Message("<b>Ngày bầu cử</b>", source))
    await messenger.suggest("asked too long ago", [found])
    (call,) = await sandbox.calls("answerInlineQuery")
    answer = call["parameters"]
    assert (answer["is_personal"], answer["cache_time"]) == ("true", "10")
    (result,) = json.loads(answer["results"])
    assert result["input_message_content"]["parse_mode"] == "HTML"
    assert result["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://an.example/"


async def test_an_album_goes_before_its_words_and_every_id_is_known(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    await messenger.send(to(lan), Message("", media=Media(MediaKind.VIDEO, content=b"film")))
    film = Media(MediaKind.VIDEO, file=(await lan.messages())[-1]["video"]["file_id"])
    buttons = ((Button("Bấm", action="go"),),)
    whole = Message("lời", buttons, album=Album((film, film), "<b>kèm</b>"))
    numbers = await messenger.send(to(lan), whole)
    album, words = whole.parts(maps=messenger.limits.maps)
    numbers += await messenger.prepare(album)(to(lan))
    numbers += await messenger.prepare(words)(to(lan))
    shown = (await lan.messages())[-6:]
    assert [str(message["message_id"]) for message in shown] == numbers
    assert [message.get("caption") for message in shown] == ["kèm", None, None] * 2
    assert [labels_of(message) for message in shown] == [[], [], ["Bấm"]] * 2
    first, second, _ = shown[:3]
    assert first["media_group_id"] == second["media_group_id"]


async def test_what_is_pinned_stays_in_view_until_it_is_let_go(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    (number,) = await messenger.send(to(lan), Message("khẩn"))
    await messenger.pin(to(lan), number)
    assert await sandbox.get(f"chats/{lan.id}/pinned") == [int(number)]
    for _ in range(2):
        await messenger.unpin(to(lan), number)
    assert await sandbox.get(f"chats/{lan.id}/pinned") == []
    await messenger.unpin(to(lan), "999999")
    with pytest.raises(Refused):
        await messenger.pin(to(lan), "999999")


async def test_what_goes_to_many_looks_the_same_to_each_as_what_goes_to_one(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    minh = await sandbox.add_user("Minh")
    await minh.starts()
    rows = ((Button("Bấm", action="go:1"), Button("Mở", url="https://an.example/")),)
    words = Message('<b>Chào</b> "bạn" 🔴 \\ &lt;hết&gt;', rows, silent=True)
    await messenger.send(to(lan), words)
    picture = Media(MediaKind.DOCUMENT, name="đọc.txt", content=b"words")
    await messenger.send(to(lan), replace(words, media=picture))
    file_id = (await lan.messages())[-1]["document"]["file_id"]
    for message in (words, replace(words, media=replace(picture, file=file_id, content=b""))):
        ready = messenger.prepare(message)
        numbers = [await ready(to(person)) for person in (lan, minh)]
        for person, (number,) in zip((lan, minh), numbers, strict=True):
            assert str((await person.messages())[-1]["message_id"]) == number
    alone, _, *many = [_seen(m) for m in await lan.messages() if m["from"]["is_bot"]]
    assert many[0] == alone
    assert many == [_seen(m) for m in await minh.messages() if m["from"]["is_bot"]]
    first, _, last = await sandbox.calls("sendMessage")
    assert first["parameters"] == last["parameters"] | {"chat_id": str(lan.id)}


def _seen(message: dict[str, Any]) -> dict[str, Any]:
    """What of a message does not depend on when it came and to whom."""
    return {k: v for k, v in message.items() if k not in ("message_id", "date", "chat")}


async def test_an_edit_replaces_words_and_buttons_and_one_that_changes_nothing_is_fine(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    (number,) = await messenger.send(to(lan), Message("một", ((Button("a", action="a"),),)))
    for _ in range(2):
        await messenger.edit(to(lan), number, Message("hai", ((Button("b", action="b"),),)))
    edited = (await lan.messages())[-1]
    assert (edited["text"], labels_of(edited)) == ("hai", ["b"])


async def test_a_message_that_is_gone_cannot_be_edited_but_taking_it_away_again_is_fine(
    messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    (number,) = await messenger.send(to(lan), Message("một"))
    for _ in range(2):
        await messenger.delete(to(lan), number)
    with pytest.raises(Refused):
        await messenger.edit(to(lan), number, Message("hai"))


async def test_a_button_that_was_pressed_too_long_ago_is_acknowledged_without_trouble(
    messenger: TelegramMessenger,
) -> None:
    await messenger.acknowledge("123456", "chào", alert=True)


async def test_a_toast_is_cut_to_what_telegram_shows(
    sandbox: SandboxTestClient, messenger: TelegramMessenger
) -> None:
    for length in (200, 201):
        await messenger.acknowledge("123456", "a" * length, alert=False)
    shown = [call["parameters"]["text"] for call in await sandbox.calls("answerCallbackQuery")]
    assert [len(text) for text in shown] == [200, 200]


async def test_one_chat_has_its_own_menu_and_everybody_else_the_usual_one(
    sandbox: SandboxTestClient, messenger: TelegramMessenger, lan: SandboxUser
) -> None:
    minh = await sandbox.add_user("Minh")
    await messenger.set_menu(None, [MenuEntry("trogiup", "Trợ giúp")], "vi")
    await messenger.set_menu(to(lan), [MenuEntry("soan", "Soạn")], "vi")
    assert [c["command"] for c in await sandbox.get(f"chats/{lan.id}/commands")] == ["soan"]
    assert [c["command"] for c in await sandbox.get(f"chats/{minh.id}/commands")] == ["trogiup"]
