"""What Zalo phones did that the bot has not been told yet.

Zalo numbers no updates and knows no offset: what `getUpdates` has handed out once is gone.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import aiohttp

from bot.sandbox.json_response import JsonObject, dump
from bot.sandbox.long_poll import Notifier

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_TIMEOUT = aiohttp.ClientTimeout(total=30.0)
_LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True)
class ZaloWebhook:
    """Where the updates go; an empty `url` means nowhere."""

    url: str = ""
    secret: str = ""
    updated_at_ms: int = 0

    def as_json(self) -> JsonObject:
        return {"url": self.url, "updated_at": self.updated_at_ms}


class _Waiting(NamedTuple):
    body: JsonObject


class Mailbox:
    """Updates in order, for whoever asks or for the webhook."""

    def __init__(self, first_pause_s: float) -> None:
        self.webhook = ZaloWebhook()
        self._first_pause_s = first_pause_s
        self._waiting: deque[_Waiting] = deque()
        self._changed = Notifier()

    def push(self, message: JsonObject, event_name: str) -> None:
        """One more, wrapped as Zalo wraps it."""
        body = {"ok": True, "result": {"event_name": event_name, "message": message}}
        self._waiting.append(_Waiting(body))
        self._changed.notify_all()

    def direct_to(self, webhook: ZaloWebhook) -> None:
        self.webhook = webhook
        self._changed.notify_all()

    async def take(self, timeout_s: float) -> JsonObject | None:
        """The oldest, which is gone with that; None when nothing came in time."""
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        while not self._waiting and (left_s := deadline_s - loop.time()) > 0:
            if not await self._changed.wait(left_s):
                return None
        if not self._waiting:
            return None
        result: JsonObject = self._waiting.popleft().body["result"]
        return result

    def close(self) -> None:
        self._changed.mute()

    async def run(self) -> None:
        """Brings updates to the webhook, one after the other, until cancelled or closed."""
        async with aiohttp.ClientSession(trust_env=False) as http:
            is_open = True
            while is_open:
                while self._waiting and self.webhook.url:
                    await self._deliver_first(http)
                is_open = await self._changed.wait(None)

    async def _deliver_first(self, http: aiohttp.ClientSession) -> None:
        """Tries until it worked, or another webhook or none takes over."""
        pause_s, webhook, first = self._first_pause_s, self.webhook, self._waiting[0]
        while webhook is self.webhook and not await _post(http, webhook, first.body):
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        if webhook is self.webhook:
            self._waiting.popleft()


async def _post(http: aiohttp.ClientSession, webhook: ZaloWebhook, body: JsonObject) -> bool:
    headers = {"Content-Type": "application/json", SECRET_HEADER: webhook.secret}
    try:
        async with http.post(
            webhook.url, data=dump(body), headers=headers, timeout=_TIMEOUT
        ) as answer:
            return 200 <= answer.status < 300
    except (TimeoutError, aiohttp.ClientError):
        return False
