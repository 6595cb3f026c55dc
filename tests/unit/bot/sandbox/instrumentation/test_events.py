"""The stream of events that keeps the page up to date."""

import asyncio
import json
from functools import partial
from typing import Any

import aiohttp

from bot.sandbox.instrumentation.events import BACKLOG, EventHub
from tests.support.sandbox_server import SandboxServer, eventually, running_sandbox
from tests.support.waiting import time_limit


async def _read(stream: aiohttp.ClientResponse, count: int) -> list[Any]:
    events: list[Any] = []
    async with time_limit():
        while len(events) < count:
            line = await stream.content.readline()
            if line.startswith(b"data: "):
                events.append(json.loads(line.removeprefix(b"data: ")))
    return events


async def test_everything_that_changes_is_told_as_it_happens(sandbox: SandboxServer) -> None:
    async with sandbox.http.get(f"{sandbox.address.url}/sandbox/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()
        chat = await sandbox.add_user()
        await sandbox.do(chat, "start")
        await sandbox.api("sendChatAction", chat_id=chat, action="typing")
        keys = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
        sent = await sandbox.api("sendMessage", chat_id=chat, text="Rõ chưa?", reply_markup=keys)
        place = {"chat_id": chat, "message_id": sent.result["message_id"]}
        pressed = await sandbox.do(chat, "press", message_id=place["message_id"], data="y")
        query = pressed["callback_query_id"]
        await sandbox.api("answerCallbackQuery", callback_query_id=query, text="Tốt")
        await sandbox.api("editMessageText", text="Cảm ơn", **place)
        await sandbox.api("deleteMessage", **place)
        await sandbox.api("setMyCommands", commands=[{"command": "a", "description": "b"}])
        await sandbox.do(chat, "block")
        await sandbox.advance(60)
        events = await _read(stream, 12)
    assert [event["type"] for event in events] == [
        "user",
        "user",
        "message",
        "action",
        "message",
        "answer",
        "edited",
        "deleted",
        "commands",
        "block",
        "user",
        "clock",
    ]
    assert (events[1]["user"]["started"], events[4]["message"]["text"]) == (True, "Rõ chưa?")
    assert events[5] == {
        "type": "answer",
        "chat": chat,
        "callback_query_id": query,
        "text": "Tốt",
        "show_alert": False,
    }
    assert events[6]["message"]["text"] == "Cảm ơn"
    assert (events[7], events[11]["offset_s"]) == ({"type": "deleted", **_without_id(place)}, 60)


async def test_streams_and_long_polls_end_when_the_server_stops() -> None:
    async with aiohttp.ClientSession() as http:
        async with running_sandbox() as sandbox:
            base = sandbox.address.url
            stream = await http.get(f"{base}/sandbox/events")
            clock = asyncio.ensure_future(http.get(f"{base}/sandbox/clock?after=1&timeout=60"))
            poll = asyncio.ensure_future(
                http.get(f"{base}/bot{sandbox.token}/getUpdates?timeout=50")
            )
            await eventually(partial(_has_calls, sandbox))
        async with time_limit():
            await stream.read()
            answers = await asyncio.gather(clock, poll)
    assert [answer.status for answer in answers] == [200, 200]


async def _has_calls(sandbox: SandboxServer) -> bool:
    return bool((await sandbox.get("/sandbox/calls")).body)


async def test_a_listener_that_does_not_listen_is_cut_off() -> None:
    hub = EventHub()
    with hub.listen() as listener:
        for number in range(BACKLOG + 1):
            hub.publish("clock", version=number)
        events = [await listener.next() for _ in range(BACKLOG + 1)]
        hub.publish("clock", version=0)
    assert None not in events[:BACKLOG]
    assert events[BACKLOG] is None


def _without_id(place: dict[str, int]) -> dict[str, int]:
    return {"chat": place["chat_id"], "message_id": place["message_id"]}
