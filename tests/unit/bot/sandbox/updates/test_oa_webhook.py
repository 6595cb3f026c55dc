"""Events brought to the webhook of an Official Account's app: signed, repeated, in no sure order."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.updates.oa_webhook import RETRY_PAUSES_S
from tests.support.official_account import (
    IDENTITY,
    OaClient,
    act,
    add_oa_user,
    buttons,
    set_account,
)
from tests.support.sandbox_server import SandboxServer, eventually, listening
from tests.support.waiting import in_time


@dataclass(frozen=True)
class Post:
    """One request that the bot got."""

    event: Any
    body: bytes
    signature: str
    num_retry: str

    @property
    def name(self) -> str:
        return str(self.event.get("event_name"))


@dataclass
class Endpoint:
    """Where the bot would listen: answers with the given statuses in turn, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: asyncio.Queue[Post] = field(default_factory=asyncio.Queue)

    async def handle(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers
        self.received.put_nowait(
            Post(
                await request.json(),
                body,
                headers.get("X-ZEvent-Signature", ""),
                headers.get("num_retry", ""),
            )
        )
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next(self) -> Post:
        return await in_time(self.received.get())

    async def names(self, number: int) -> list[str]:
        return [(await self.next()).name for _ in range(number)]


@pytest.fixture
async def endpoint(sandbox: SandboxServer) -> AsyncIterator[Endpoint]:
    opened = Endpoint()
    async with listening("/zalo-oa/webhook", opened.handle) as opened.url:
        await set_account(sandbox, webhook_url=opened.url)
        yield opened


@pytest.fixture
async def lan(sandbox: SandboxServer) -> str:
    return await add_oa_user(sandbox)


async def _accepted(sandbox: SandboxServer) -> None:
    """Waits until every event was accepted."""

    async def all_of_them() -> bool:
        return all(one["accepted"] for one in (await sandbox.get("/sandbox/oa/events")).body)

    await eventually(all_of_them)


async def _attempted(sandbox: SandboxServer, number: int) -> None:
    """Waits until the first event was posted so many times."""

    async def so_often() -> bool:
        (first, *_) = (await sandbox.get("/sandbox/oa/events")).body
        return len(first["statuses"]) >= number

    await eventually(so_often)


def _signature(body: bytes, timestamp: str, secret: str) -> str:
    signed = IDENTITY.app_id.encode() + body + timestamp.encode() + secret.encode()
    return hashlib.sha256(signed).hexdigest()


async def test_an_event_is_signed_over_its_body(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await act(sandbox, lan, "send", text="Tôi đến")
    post = await endpoint.next()
    assert post.event["sender"] == {"id": lan}
    assert post.event["recipient"] == {"id": IDENTITY.oa_id}
    assert post.event["app_id"] == IDENTITY.app_id
    assert (post.name, post.event["message"]["text"]) == ("user_send_text", "Tôi đến")
    stamp = post.event["timestamp"]
    assert post.signature == f"mac={_signature(post.body, stamp, IDENTITY.oa_secret)}"
    assert post.num_retry == ""


async def test_the_key_and_the_prefix_of_the_signature_are_settings(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await set_account(sandbox, signs_with_app_secret=True, signature_prefix="")
    await act(sandbox, lan, "send", text="Tôi đến")
    post = await endpoint.next()
    assert post.signature == _signature(post.body, post.event["timestamp"], IDENTITY.app_secret)


async def test_following_and_leaving_are_events(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await act(sandbox, lan, "follow")
    await act(sandbox, lan, "follow")
    await act(sandbox, lan, "unfollow")
    await act(sandbox, lan, "withdraw")
    posts = [await endpoint.next() for _ in range(3)]
    assert [post.name for post in posts] == ["follow", "unfollow", "user_withdraw"]
    assert posts[0].event["follower"] == {"id": lan}
    assert posts[0].event["oa_id"] == IDENTITY.oa_id


async def test_a_message_of_the_account_comes_back_as_events(
    sandbox: SandboxServer, endpoint: Endpoint, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "send", text="Chào")
    sent = (await oa.send(lan, "Chọn", attachment=buttons("Có")))["data"]["message_id"]
    _, echo, received = [await endpoint.next() for _ in range(3)]
    assert (echo.name, echo.event["sender"]["id"]) == ("oa_send_text", IDENTITY.oa_id)
    assert echo.event["message"] == {"text": "Chọn", "msg_id": sent}
    assert (received.name, received.event["message"]) == (
        "user_received_message",
        {"msg_id": sent},
    )
    await act(sandbox, lan, "press", message_id=sent, label="Có")
    seen, pressed = await endpoint.next(), await endpoint.next()
    assert (seen.name, seen.event["message"]) == ("user_seen_message", {"msg_ids": [sent]})
    assert (pressed.name, pressed.event["message"]["text"]) == ("user_send_text", "#a7:1")


async def test_an_event_that_was_not_accepted_comes_again_when_its_time_has_come(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    endpoint.statuses += [500, 500]
    await act(sandbox, lan, "send", text="Chào")
    posts = [await endpoint.next()]
    for number, pause_s in enumerate(RETRY_PAUSES_S[:2], start=1):
        await _attempted(sandbox, number)
        await sandbox.advance(pause_s)
        posts.append(await endpoint.next())
    await _accepted(sandbox)
    assert [post.num_retry for post in posts] == ["", "1", "2"]
    assert len({post.body for post in posts}) == 1
    (event,) = (await sandbox.get("/sandbox/oa/events")).body
    assert event["statuses"] == [500, 500, 200]


async def test_after_five_repetitions_the_app_hears_nothing_until_it_is_set_up_again(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    endpoint.statuses += [500] * 6
    await act(sandbox, lan, "send", text="một")
    for number, pause_s in enumerate(RETRY_PAUSES_S, start=1):
        await _attempted(sandbox, number)
        await sandbox.advance(pause_s)

    async def ended() -> bool:
        return not (await sandbox.get("/sandbox/oa")).body["is_subscribed"]

    await eventually(ended)
    await act(sandbox, lan, "send", text="hai")
    await set_account(sandbox, webhook_url=endpoint.url)
    await act(sandbox, lan, "send", text="ba")
    posts = [await endpoint.next() for _ in range(7)]
    assert [post.event["message"]["text"] for post in posts] == ["một"] * 6 + ["ba"]


async def test_a_refusal_is_not_repeated_where_only_connections_are(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await set_account(sandbox, repeats_refused=False)
    endpoint.statuses.append(500)
    await act(sandbox, lan, "send", text="một")
    await endpoint.next()
    await _attempted(sandbox, 1)
    await sandbox.advance(RETRY_PAUSES_S[0])
    await act(sandbox, lan, "send", text="hai")
    assert (await endpoint.next()).event["message"]["text"] == "hai"


async def test_a_dropped_event_comes_later_and_a_lost_answer_makes_it_come_twice(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    for fault in ({"status": 503}, {"accept_then_drop": True}):
        await sandbox.post("/sandbox/faults", {"method": "oa/webhook", "chat_id": lan, **fault})
    await act(sandbox, lan, "send", text="một")
    await _attempted(sandbox, 1)
    assert endpoint.received.empty()
    await sandbox.advance(RETRY_PAUSES_S[0])
    await _attempted(sandbox, 2)
    await sandbox.advance(RETRY_PAUSES_S[1])
    assert [(await endpoint.next()).num_retry for _ in range(2)] == ["1", "2"]


async def test_later_events_do_not_wait_for_a_dropped_one(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await sandbox.post("/sandbox/faults", {"method": "oa/webhook", "status": 503})
    await act(sandbox, lan, "send", text="một")
    await act(sandbox, lan, "send", text="hai")
    first = await endpoint.next()
    await sandbox.advance(RETRY_PAUSES_S[0])
    second = await endpoint.next()
    assert [one.event["message"]["text"] for one in (first, second)] == ["hai", "một"]


async def test_a_delayed_event_is_passed_by_later_ones(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await sandbox.post("/sandbox/faults", {"method": "oa/webhook", "delay_s": 3600})
    await act(sandbox, lan, "send", text="một")
    await act(sandbox, lan, "send", text="hai")
    assert (await endpoint.next()).event["message"]["text"] == "hai"


async def test_an_event_can_be_repeated_on_demand(
    sandbox: SandboxServer, endpoint: Endpoint, lan: str
) -> None:
    await act(sandbox, lan, "send", text="một")
    await act(sandbox, lan, "send", text="hai")
    (first, _) = (await sandbox.get("/sandbox/oa/events")).body
    await sandbox.post("/sandbox/oa/events/repeat", {"seq": first["seq"]})
    await sandbox.post("/sandbox/oa/events/repeat", {})
    texts = [(await endpoint.next()).event["message"]["text"] for _ in range(4)]
    assert texts == ["một", "hai", "một", "một"]


async def test_the_console_tries_the_address_without_a_signature(
    sandbox: SandboxServer, endpoint: Endpoint
) -> None:
    await sandbox.post("/sandbox/oa/events", {"event": {"event_name": "test"}, "signed": False})
    post = await endpoint.next()
    assert (post.name, post.signature) == ("test", "")
    await sandbox.post("/sandbox/oa/events", {"event": {"event_name": "shop_has_order"}})
    assert (await endpoint.next()).signature.startswith("mac=")


async def test_a_revoked_permission_is_an_event(sandbox: SandboxServer, endpoint: Endpoint) -> None:
    await sandbox.post("/sandbox/oa/revoke", {})
    post = await endpoint.next()
    assert (post.name, post.event["oa_id"]) == ("permission_revoked", IDENTITY.oa_id)


async def test_events_that_are_switched_off_do_not_come(
    sandbox: SandboxServer, endpoint: Endpoint, oa: OaClient, lan: str
) -> None:
    await set_account(sandbox, events_off=["oa_send_text", "user_received_message"])
    await act(sandbox, lan, "follow")
    await oa.send(lan)
    await act(sandbox, lan, "unfollow")
    assert await endpoint.names(2) == ["follow", "unfollow"]
