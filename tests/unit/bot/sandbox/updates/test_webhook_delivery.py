"""Updates brought to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.state import SandboxSettings
from tests.support.sandbox_server import SandboxServer, eventually, listening, running_sandbox
from tests.support.waiting import in_time


@dataclass
class Endpoint:
    """Where the bot would listen: answers with the given statuses in turn, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    received: asyncio.Queue[tuple[str | None, Any]] = field(default_factory=asyncio.Queue)
    held: dict[int, asyncio.Event] = field(default_factory=dict)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.received.put_nowait((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body))
        if hold := self.held.get(body.get("message", {}).get("chat", {}).get("id", 0)):
            await hold.wait()
        if self.answers:
            return self.answers.pop(0)
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next_text(self) -> str:
        _, body = await in_time(self.received.get())
        return str(body["message"]["text"])


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    opened = Endpoint()
    async with listening("/telegram", opened.handle) as opened.url:
        yield opened
        for hold in opened.held.values():
            hold.set()


async def _pending(sandbox: SandboxServer) -> int:
    return int((await sandbox.api("getWebhookInfo")).result["pending_update_count"])


async def _all_confirmed(sandbox: SandboxServer) -> None:
    async def confirmed() -> bool:
        return await _pending(sandbox) == 0

    await eventually(confirmed)


async def test_an_update_arrives_with_the_secret(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    await sandbox.api("setWebhook", url=endpoint.url, secret_token="bi_mat-1")
    await sandbox.say(chat, "chào")
    secret, body = await in_time(endpoint.received.get())
    assert (secret, body["message"]["text"]) == ("bi_mat-1", "chào")
    await _all_confirmed(sandbox)


async def test_what_waited_before_the_webhook_is_delivered_too(
    sandbox: SandboxServer, endpoint: Endpoint
) -> None:
    await sandbox.say(await sandbox.add_started_user(), "trước")
    await sandbox.api("setWebhook", url=endpoint.url)
    assert await endpoint.next_text() == "trước"


async def test_pending_updates_can_be_dropped(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    await sandbox.say(chat, "bỏ đi")
    await sandbox.api("setWebhook", url=endpoint.url, drop_pending_updates=True)
    await sandbox.say(chat, "giữ lại")
    assert await endpoint.next_text() == "giữ lại"


async def test_a_failed_delivery_is_tried_again_until_it_works(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    endpoint.statuses = [500, 302, 404]
    await sandbox.api("setWebhook", url=endpoint.url)
    await sandbox.say(chat, "chào")
    assert [await endpoint.next_text() for _ in range(4)] == ["chào"] * 4
    await _all_confirmed(sandbox)
    assert endpoint.received.empty()
    info = (await sandbox.api("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 404"
    assert info["last_error_date"] > 0


async def test_updates_of_one_chat_never_overtake_each_other(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    endpoint.statuses = [500]
    await sandbox.api("setWebhook", url=endpoint.url)
    await sandbox.say(chat, "một")
    await sandbox.say(chat, "hai")
    assert [await endpoint.next_text() for _ in range(3)] == ["một", "một", "hai"]


async def test_a_slow_chat_does_not_hold_up_the_others(
    sandbox: SandboxServer, endpoint: Endpoint
) -> None:
    slow, quick = await sandbox.add_started_user("Chậm"), await sandbox.add_started_user("Nhanh")
    endpoint.held[slow] = asyncio.Event()
    await sandbox.api("setWebhook", url=endpoint.url)
    await sandbox.say(slow, "chậm")
    assert await endpoint.next_text() == "chậm"
    await sandbox.say(quick, "nhanh")
    assert await endpoint.next_text() == "nhanh"


async def test_one_connection_means_one_update_at_a_time(
    sandbox: SandboxServer, endpoint: Endpoint
) -> None:
    first, second = await sandbox.add_started_user("Một"), await sandbox.add_started_user("Hai")
    endpoint.held[first] = asyncio.Event()
    await sandbox.api("setWebhook", url=endpoint.url, max_connections=1)
    await sandbox.say(first, "một")
    assert await endpoint.next_text() == "một"
    await sandbox.say(second, "hai")
    for _ in range(50):  # time enough for a second update to slip through
        assert await _pending(sandbox) == 2
    assert endpoint.received.empty()
    endpoint.held[first].set()
    assert await endpoint.next_text() == "hai"


async def _fail_once(sandbox: SandboxServer) -> None:
    """An update for an address nobody listens at, tried at least once."""
    chat = await sandbox.add_started_user()
    await sandbox.api("setWebhook", url="http://127.0.0.1:1/")
    await sandbox.say(chat, "chào")

    async def noted() -> bool:
        return "last_error_message" in (await sandbox.api("getWebhookInfo")).result

    await eventually(noted)


async def test_an_address_nobody_listens_at_is_noted(sandbox: SandboxServer) -> None:
    await _fail_once(sandbox)
    info = (await sandbox.api("getWebhookInfo")).result
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


async def test_a_new_address_gets_at_once_what_the_old_one_never_took(endpoint: Endpoint) -> None:
    async with running_sandbox(SandboxSettings(token="1:x", webhook_pause_s=3600)) as sandbox:
        await _fail_once(sandbox)
        await sandbox.api("setWebhook", url=endpoint.url)
        assert await endpoint.next_text() == "chào"
        await _all_confirmed(sandbox)


async def test_after_the_webhook_polling_works_again(sandbox: SandboxServer, chat: int) -> None:
    await sandbox.api("setWebhook", url="http://127.0.0.1:1/")
    await sandbox.say(chat, "chào")
    await sandbox.api("deleteWebhook")
    (update,) = await sandbox.updates()
    assert update["message"]["text"] == "chào"


@pytest.mark.parametrize(
    "url", ["https://example.com/hook", "http://192.0.2.1/", "http://[", "http://127.0.0.1:99999/"]
)
async def test_nothing_is_ever_delivered_to_another_machine(
    sandbox: SandboxServer, url: str
) -> None:
    assert (await sandbox.api("setWebhook", url=url)).refusal.startswith("Bad Request: bad webhook")


async def test_a_secret_of_strange_characters_is_refused(sandbox: SandboxServer) -> None:
    answer = await sandbox.api("setWebhook", url="http://127.0.0.1:1/", secret_token="bí mật")
    assert answer.refusal == "Bad Request: secret token contains unallowed characters"


def _multipart(chat: int) -> web.Response:
    lines = ["--x", "Content-Disposition: form-data; name=method", "", "sendDocument"]
    lines += ["--x", "Content-Disposition: form-data; name=chat_id", "", str(chat)]
    lines += ["--x", "Content-Disposition: form-data; name=document; filename=Tổ 5.txt", "", "chào"]
    body = "\r\n".join([*lines, "--x--", ""]).encode()
    return web.Response(body=body, headers={"Content-Type": "multipart/form-data; boundary=x"})


async def test_the_answer_to_an_update_may_call_a_method(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    endpoint.answers = [
        web.json_response({"method": "sendMessage", "chat_id": chat, "text": "từ câu trả lời"}),
        web.Response(
            text=f"method=sendmessage&chat_id={chat}&text=form",
            content_type="application/x-www-form-urlencoded",
        ),
        _multipart(chat),
    ]
    await sandbox.api("setWebhook", url=endpoint.url)
    for number in range(3):
        await sandbox.say(chat, f"{number}")
    await _all_confirmed(sandbox)

    async def answered() -> bool:
        own = [one for one in await sandbox.messages(chat) if one["from"]["is_bot"]]
        said = [one.get("text") or one["document"]["file_name"] for one in own]
        return said == ["từ câu trả lời", "form", "Tổ 5.txt"]

    await eventually(answered)


async def test_an_answer_that_calls_nothing_useful_leaves_the_webhook_working(
    sandbox: SandboxServer, endpoint: Endpoint, chat: int
) -> None:
    endpoint.answers = [
        web.Response(text="ok"),
        web.Response(body=b"\xff"),
        web.Response(text="{", content_type="application/json"),
        web.json_response({"method": "sendNothing"}),
        web.json_response({"method": "sendMessage", "chat_id": 1, "text": "x"}),
    ]
    await sandbox.api("setWebhook", url=endpoint.url)
    for number in range(6):
        await sandbox.say(chat, f"{number}")
    assert [await endpoint.next_text() for _ in range(6)] == [*"012345"]
    calls = (await sandbox.get("/sandbox/calls?method=sendNothing")).body
    assert [call["status"] for call in calls] == [404]
