"""Zalo's Bot Platform in the sandbox: its limits, its way of saying no, and its phones."""

from typing import Any

import aiohttp
import pytest

from tests.support.sandbox_server import SETTINGS, Answer, SandboxServer, picture


async def call(sandbox: SandboxServer, method: str, **parameters: object) -> Answer:
    return await sandbox.post(f"/zalo/bot{SETTINGS.zalo_token}/{method}", parameters)


async def refusal(sandbox: SandboxServer, method: str, **parameters: object) -> tuple[int, int]:
    """HTTP's status, and the code inside."""
    answer = await call(sandbox, method, **parameters)
    assert answer.body["ok"] is False
    return answer.status, answer.body["error_code"]


@pytest.fixture
async def lan(sandbox: SandboxServer) -> str:
    """Somebody on Zalo who has written to the bot, and whose words it has read."""
    user = (await sandbox.post("/sandbox/users", {"first_name": "Lan", "messenger": "zalo"})).body
    await say(sandbox, user["id"], text="chào")
    await call(sandbox, "getUpdates", timeout=1)
    return str(user["id"])


async def say(sandbox: SandboxServer, chat: str, **message: object) -> Any:
    return (await sandbox.post(f"/sandbox/chats/{chat}/send", message)).body


async def test_ids_are_strings_and_dates_are_milliseconds(sandbox: SandboxServer, lan: str) -> None:
    await say(sandbox, lan, text="hai")
    update = (await call(sandbox, "getUpdates", timeout=1)).result
    message = update["message"]
    assert update["event_name"] == "message.text.received"
    assert (message["from"]["id"], message["chat"]["id"]) == (lan, lan)
    assert isinstance(message["message_id"], str)
    assert message["date"] > 10**12


async def test_an_update_is_handed_out_once_and_one_at_a_time(
    sandbox: SandboxServer, lan: str
) -> None:
    for text in ("một", "hai"):
        await say(sandbox, lan, text=text)
    first = (await call(sandbox, "getUpdates", timeout=1)).result
    second = (await call(sandbox, "getUpdates", timeout=1)).result
    assert [first["message"]["text"], second["message"]["text"]] == ["một", "hai"]
    assert await refusal(sandbox, "getUpdates", timeout=0) == (200, 408)


async def test_what_goes_wrong_comes_inside_an_answer_that_is_fine(
    sandbox: SandboxServer, lan: str
) -> None:
    assert await refusal(sandbox, "sendMessage", chat_id="nobody", text="x") == (200, 400)
    assert await refusal(sandbox, "editMessageText", chat_id=lan) == (200, 404)
    wrong = await sandbox.post(f"/zalo/bot{SETTINGS.token}/getMe", {})
    assert (wrong.status, wrong.body["error_code"]) == (200, 401)
    await sandbox.post(f"/sandbox/chats/{lan}/block", {})
    assert await refusal(sandbox, "sendMessage", chat_id=lan, text="x") == (200, 403)


async def test_a_text_has_two_thousand_characters_at_most(sandbox: SandboxServer, lan: str) -> None:
    assert (await call(sandbox, "sendMessage", chat_id=lan, text="a" * 2000)).body["ok"]
    assert await refusal(sandbox, "sendMessage", chat_id=lan, text="a" * 2001) == (200, 400)
    assert await refusal(sandbox, "sendMessage", chat_id=lan, text="") == (200, 400)


@pytest.mark.parametrize(("length", "taken"), [(7, False), (8, True), (256, True), (257, False)])
async def test_a_secret_has_eight_to_256_characters(
    sandbox: SandboxServer, length: int, taken: bool
) -> None:
    url = "http://127.0.0.1:1/"
    answer = await call(sandbox, "setWebhook", url=url, secret_token="s" * length)
    assert answer.body["ok"] is taken
    if taken:
        assert await refusal(sandbox, "getUpdates", timeout=0) == (200, 409)
        assert (await call(sandbox, "deleteWebhook")).result["url"] == ""


async def test_a_bot_writes_to_nobody_who_has_not_written_first(sandbox: SandboxServer) -> None:
    user = (await sandbox.post("/sandbox/users", {"first_name": "Lan", "messenger": "zalo"})).body
    assert await refusal(sandbox, "sendMessage", chat_id=user["id"], text="x") == (200, 403)
    started = await sandbox.post(f"/sandbox/chats/{user['id']}/start", {})
    assert started.status == 400
    assert "no START" in started.body["error"]


async def test_a_picture_is_an_address_that_can_be_fetched(
    sandbox: SandboxServer, lan: str
) -> None:
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png", content_type="image/png")
    url = f"{sandbox.address.url}/sandbox/chats/{lan}/send"
    async with sandbox.http.post(url, data=form) as answer:
        assert answer.status == 200
    message = (await call(sandbox, "getUpdates", timeout=1)).result["message"]
    assert message["message_type"] == "CHAT_PHOTO"
    address = message["photo_url"]
    sent = await call(sandbox, "sendPhoto", chat_id=lan, photo=address, caption="đây")
    assert sent.result["message_type"] == "CHAT_PHOTO"
    elsewhere = "https://elsewhere.example/a.jpg"
    assert await refusal(sandbox, "sendPhoto", chat_id=lan, photo=elsewhere) == (200, 400)


@pytest.mark.parametrize("kind", ["sticker", "voice", "unsupported"])
async def test_what_else_a_phone_can_send_has_an_event_of_its_own(
    sandbox: SandboxServer, lan: str, kind: str
) -> None:
    await say(sandbox, lan, **{kind: "1"})
    update = (await call(sandbox, "getUpdates", timeout=1)).result
    assert update["event_name"] == f"message.{kind}.received"


async def test_a_zalo_phone_has_no_command_menu(sandbox: SandboxServer, lan: str) -> None:
    assert (await sandbox.get(f"/sandbox/chats/{lan}/commands")).body == []


async def test_a_zalo_phone_sends_two_thousand_characters_at_a_time(
    sandbox: SandboxServer, lan: str
) -> None:
    assert "messages" not in await say(sandbox, lan, text="a" * 2000)
    sent = (await say(sandbox, lan, text="a" * 2001))["messages"]
    assert [len(one["text"]) for one in sent] == [2000, 1]


async def test_every_picture_has_its_address_under_the_same_name(
    sandbox: SandboxServer, lan: str
) -> None:
    for _ in range(2):
        form = aiohttp.FormData()
        form.add_field("photo", picture(), filename="a.png", content_type="image/png")
        url = f"{sandbox.address.url}/sandbox/chats/{lan}/send"
        async with sandbox.http.post(url, data=form) as answer:
            assert answer.status == 200
        assert "photo_url" in (await call(sandbox, "getUpdates", timeout=1)).result["message"]
        await sandbox.advance(1)


async def test_a_voice_message_is_fetched_and_sent(sandbox: SandboxServer, lan: str) -> None:
    form = aiohttp.FormData()
    form.add_field("photo", picture(), filename="a.png", content_type="image/png")
    url = f"{sandbox.address.url}/sandbox/chats/{lan}/send"
    async with sandbox.http.post(url, data=form):
        pass
    address = (await call(sandbox, "getUpdates", timeout=1)).result["message"]["photo_url"]
    assert (await call(sandbox, "sendVoice", chat_id=lan, voice_url=address)).result["message_id"]
    (*_, shown) = (await sandbox.get(f"/sandbox/chats/{lan}/messages")).body
    assert shown["voice"]["mime_type"] == "audio/mp4"
    assert (await call(sandbox, "getMe")).result["display_name"] == "Bot niềm tin"
