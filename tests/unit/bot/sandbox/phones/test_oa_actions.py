"""Phones with an Official Account: what they send, and what opens the window."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.official_account import OaClient, act, add_oa_user, buttons
from tests.support.sandbox_server import SandboxServer, form, picture


@pytest.fixture
async def lan(sandbox: SandboxServer) -> str:
    return await add_oa_user(sandbox)


async def _events(sandbox: SandboxServer) -> list[Any]:
    return [one["event"] for one in (await sandbox.get("/sandbox/oa/events")).body]


async def _last_event(sandbox: SandboxServer) -> Any:
    return (await _events(sandbox))[-1]


async def _person(sandbox: SandboxServer, chat: str) -> Any:
    people = (await sandbox.get("/sandbox/users")).body
    return next(person for person in people if person["id"] == chat)


async def test_ids_are_long_numbers_as_texts(sandbox: SandboxServer, lan: str) -> None:
    await act(sandbox, lan, "send", text="Chào")
    event = await _last_event(sandbox)
    assert (lan.isdecimal(), len(lan)) == (True, 19)
    assert event["sender"]["id"] == lan
    assert isinstance(event["message"]["msg_id"], str)


@pytest.mark.parametrize(
    ("content", "event", "payload"),
    [
        ({"sticker": "👍"}, "sticker", {"id", "url"}),
        ({"location": {"latitude": 16.07, "longitude": 108.22}}, "location", {"coordinates"}),
        ({"contact": {"phone_number": "1"}}, "business_card", {"description", "thumbnail", "url"}),
        ({"text": "https://hoaan.example/a"}, "link", {"description", "thumbnail", "url"}),
    ],
)
async def test_each_kind_of_content_has_an_event_of_its_own(
    sandbox: SandboxServer, lan: str, content: dict[str, object], event: str, payload: set[str]
) -> None:
    await act(sandbox, lan, "send", **content)
    sent = await _last_event(sandbox)
    (attachment,) = sent["message"]["attachments"]
    assert sent["event_name"] == f"user_send_{event}"
    assert set(attachment["payload"]) == payload


async def test_a_place_has_its_coordinates_as_texts(sandbox: SandboxServer, lan: str) -> None:
    await act(sandbox, lan, "send", location={"latitude": 16.07, "longitude": 108.22})
    (attachment,) = (await _last_event(sandbox))["message"]["attachments"]
    assert attachment["payload"]["coordinates"] == {"latitude": "16.07", "longitude": "108.22"}


@pytest.mark.parametrize(
    ("field", "name", "content", "event"),
    [
        ("photo", "a.png", picture(), "image"),
        ("document", "don.pdf", b"%PDF", "file"),
        ("video", "a.mp4", b"film", "video"),
        ("voice", "a.amr", b"sound", "audio"),
        ("animation", "a.gif", b"gif", "gif"),
    ],
)
async def test_a_file_can_be_fetched_at_the_address_of_its_event(
    sandbox: SandboxServer, lan: str, field: str, name: str, content: bytes, event: str
) -> None:
    await sandbox.show(lan, form((field, name, content), caption="đây"))  # type: ignore[arg-type]
    sent = await _last_event(sandbox)
    (attachment,) = sent["message"]["attachments"]
    assert (sent["event_name"], sent["message"]["text"]) == (f"user_send_{event}", "đây")
    async with sandbox.http.get(attachment["payload"]["url"]) as answer:
        assert answer.status == 200
        fetched = await answer.read()
    if field != "photo":
        assert fetched == content


async def test_a_video_has_the_small_picture_that_came_with_it(
    sandbox: SandboxServer, lan: str
) -> None:
    files = ("video", "a.mp4", b"film"), ("thumbnail", "a.jpg", picture(640, 480))
    await sandbox.show(lan, form(*files))  # type: ignore[arg-type]
    (attachment,) = (await _last_event(sandbox))["message"]["attachments"]
    async with sandbox.http.get(attachment["payload"]["thumbnail"]) as answer:
        shown = Image.open(BytesIO(await answer.read()))
    assert shown.size == (320, 240)


async def test_a_file_has_its_name_size_and_checksum(sandbox: SandboxServer, lan: str) -> None:
    await sandbox.show(lan, form(("document", "don.pdf", b"a")))  # type: ignore[arg-type]
    payload = (await _last_event(sandbox))["message"]["attachments"][0]["payload"]
    assert {name: payload[name] for name in ("size", "name", "checksum", "type")} == {
        "size": "1",
        "name": "don.pdf",
        "checksum": "0cc175b9c0f1b6a831c399e269772661",
        "type": "pdf",
    }


async def test_a_shown_press_is_read_in_the_chat_and_a_hidden_one_is_not(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "follow")
    both = buttons("Ẩn", payload="#h")
    both["payload"]["buttons"] += buttons("Hiện", kind="oa.query.show", payload="#s")["payload"][
        "buttons"
    ]
    message_id = (await oa.send(lan, "Chọn", attachment=both))["data"]["message_id"]
    await act(sandbox, lan, "press", message_id=message_id, label="Ẩn")
    await act(sandbox, lan, "press", message_id=message_id, data="#s")
    pressed = [one for one in await _events(sandbox) if one["event_name"] == "user_send_text"]
    assert [one["message"]["text"] for one in pressed] == ["#h", "#s"]
    assert len({one["message"]["msg_id"] for one in pressed}) == 2
    shown = [one["text"] for one in await sandbox.messages(lan)]  # type: ignore[arg-type]
    assert shown == ["Chọn", "#s"]


async def test_a_button_that_opens_an_address_tells_the_account_nothing(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "follow")
    link = buttons("Mở", kind="oa.open.url", payload={"url": "https://hoaan.example/"})
    message_id = (await oa.send(lan, "Xem", attachment=link))["data"]["message_id"]
    pressed = await act(sandbox, lan, "press", message_id=message_id, label="Mở")
    assert pressed == {"url": "https://hoaan.example/"}
    assert (await _last_event(sandbox))["event_name"] == "user_seen_message"


async def test_what_opens_the_window(sandbox: SandboxServer, oa: OaClient, lan: str) -> None:
    assert (await _person(sandbox, lan))["interacted_at"] is None
    await act(sandbox, lan, "follow")
    followed = (await _person(sandbox, lan))["interacted_at"]
    await sandbox.advance(3600)
    message_id = (await oa.send(lan, "Chọn", attachment=buttons("Có")))["data"]["message_id"]
    await act(sandbox, lan, "seen")
    await act(sandbox, lan, "unfollow")
    assert (await _person(sandbox, lan))["interacted_at"] == followed
    await act(sandbox, lan, "press", message_id=message_id, label="Có")
    pressed = (await _person(sandbox, lan))["interacted_at"]
    await sandbox.advance(3600)
    await act(sandbox, lan, "send", text="Chào")
    wrote = (await _person(sandbox, lan))["interacted_at"]
    assert followed < pressed < wrote


async def test_a_chat_that_was_opened_has_nothing_unseen(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "follow")
    sent = [(await oa.send(lan))["data"]["message_id"] for _ in range(2)]
    await act(sandbox, lan, "seen")
    assert (await _last_event(sandbox))["message"] == {"msg_ids": sent}
    number = len(await _events(sandbox))
    await act(sandbox, lan, "seen")
    assert len(await _events(sandbox)) == number


async def test_who_blocked_the_account_does_nothing_with_it(
    sandbox: SandboxServer, lan: str
) -> None:
    await act(sandbox, lan, "block")
    refused = await sandbox.post(f"/sandbox/chats/{lan}/send", {"text": "Chào"})
    assert (refused.status, "blocked the account" in refused.body["error"]) == (400, True)
    assert await _events(sandbox) == []


async def test_a_reply_names_the_message_that_it_quotes(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "follow")
    sent = (await oa.send(lan))["data"]["message_id"]
    await act(sandbox, lan, "send", text="Đồng ý", reply_to=sent)
    assert (await _last_event(sandbox))["message"]["quote_msg_id"] == sent


@pytest.mark.parametrize("action", ["follow", "unfollow", "seen", "withdraw"])
async def test_other_phones_have_no_official_account(
    sandbox: SandboxServer, chat: int, action: str
) -> None:
    refused = await sandbox.post(f"/sandbox/chats/{chat}/{action}", {})
    assert refused.status == 400


async def test_a_poll_is_nothing_that_a_zalo_phone_sends(sandbox: SandboxServer, lan: str) -> None:
    refused = await sandbox.post(f"/sandbox/chats/{lan}/send", {"poll": {"question": "?"}})
    assert (refused.status, "A Zalo phone sends" in refused.body["error"]) == (400, True)


async def test_a_post_of_the_account_can_be_forwarded_to_telegram(
    sandbox: SandboxServer, oa: OaClient, lan: str, chat: int
) -> None:
    await act(sandbox, lan, "follow")
    message_id = (await oa.send(lan, "Thông báo"))["data"]["message_id"]
    await sandbox.do(chat, "send", forward={"from_chat": lan, "message_id": message_id})
    assert (await sandbox.messages(chat))[-1]["text"] == "Thông báo"
