"""Telegram as web processes see it: posts updates to their webhooks and accepts their calls."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from types import MappingProxyType
from typing import Any

import aiohttp
from aiohttp import web

from bot.web.webhook import TELEGRAM_HEADER, TELEGRAM_PATH

CONNECTIONS = 40
"""Updates that are under way at a time, as many as Telegram has by itself (setWebhook)."""
_PATIENCE_S = 30.0
_WHO = re.compile(rb"(?:chat_id|callback_query_id)\D{1,60}?(\d{7,})")
_MESSAGE = {
    "message_id": 7,
    "date": 1773194400,
    "chat": {"id": 7, "type": "private", "first_name": "Lan"},
    "text": "…",
}
_ME = {"id": 1, "is_bot": True, "first_name": "Niềm Tin", "username": "niemtin_bot"}
_RESULTS: Mapping[str, Any] = MappingProxyType(
    {"getMe": _ME, "sendMessage": _MESSAGE, "editMessageText": _MESSAGE}
)
_NO_ANSWER = ("sendChatAction", "setMyCommands")

Updates = Iterator[tuple[int, dict[str, Any]]]


@dataclass(frozen=True)
class AnswerCounts:
    """The answers within a period."""

    took_s: float
    waits_ms: list[float]
    """From bringing each update until the first thing said to that person."""

    @property
    def per_s(self) -> float:
        return len(self.waits_ms) / self.took_s


class FakeTelegram:
    """Counts an update as answered with the first call that names its chat."""

    def __init__(self, http: aiohttp.ClientSession, url: str, secret: str) -> None:
        self.url = url
        self._http, self._secret = http, secret
        self._waiting: dict[int, asyncio.Event] = {}

    async def hear(self, request: web.Request) -> web.Response:
        """One call of the Bot API."""
        method, body = request.match_info["method"], await request.read()
        who = _WHO.search(body) if method not in _NO_ANSWER else None
        if who and (waiting := self._waiting.get(int(who[1]))):
            waiting.set()
        return web.json_response({"ok": True, "result": _RESULTS.get(method, True)})

    async def send_continuously(
        self, ports: Sequence[int], updates: Updates, seconds: float
    ) -> AnswerCounts:
        """Sends the next update with each answer, as many as the processes can take."""
        waits: list[float] = []
        ways, began = cycle(ports), time.perf_counter()

        async def one_after_another() -> None:
            while time.perf_counter() < began + seconds:
                waits.append(await self._wait_ms(next(ways), *next(updates)))

        await asyncio.gather(*(one_after_another() for _ in range(CONNECTIONS)))
        return AnswerCounts(time.perf_counter() - began, waits)

    async def send_at_rate(
        self, ports: Sequence[int], updates: Updates, seconds: float, per_second: int
    ) -> AnswerCounts:
        """Sends `per_second` updates, however soon they are answered."""
        ways, began = cycle(ports), time.perf_counter()
        async with asyncio.TaskGroup() as group:
            asked = []
            for number in range(int(seconds * per_second)):
                await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
                asked.append(group.create_task(self._wait_ms(next(ways), *next(updates))))
        return AnswerCounts(time.perf_counter() - began, [one.result() for one in asked])

    async def _wait_ms(self, port: int, chat: int, update: dict[str, Any]) -> float:
        answered = self._waiting[chat] = asyncio.Event()
        url, began = f"http://127.0.0.1:{port}{TELEGRAM_PATH}", time.perf_counter()
        async with self._http.post(
            url, json=update, headers={TELEGRAM_HEADER: self._secret}
        ) as acknowledged:
            assert acknowledged.status == 200
        async with asyncio.timeout(_PATIENCE_S):
            await answered.wait()
        del self._waiting[chat]
        return (time.perf_counter() - began) * 1000


@asynccontextmanager
async def fake_telegram(secret: str) -> AsyncIterator[FakeTelegram]:
    """Listens on a free port."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        app = web.Application()
        runner = web.AppRunner(app, access_log=None)
        end = FakeTelegram(http, "", secret)
        app.router.add_post("/bot{token}/{method}", end.hear)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        end.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield end
        finally:
            await runner.cleanup()
