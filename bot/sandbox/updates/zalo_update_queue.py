"""Updates of Zalo that the bot has not received.

Zalo has no update ids and no offset: an update that `getUpdates` returned is not returned again.
"""

import asyncio
from collections import deque
from dataclasses import dataclass

import aiohttp

from bot.sandbox.instrumentation.notifier import Notifier
from bot.sandbox.transport import JsonObject
from bot.sandbox.updates.webhook_post import post_until_accepted

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

PHOTO_TYPE = "CHAT_PHOTO"
"""`message_type` of a picture, in updates and in results of sendPhoto; seen in recorded messages."""


@dataclass(frozen=True)
class ZaloWebhook:
    """The settings of `setWebhook`; an empty `url` means none is set."""

    url: str = ""
    secret: str = ""
    updated_at_ms: int = 0

    def as_json(self) -> JsonObject:
        """The result of `getWebhookInfo`; `updated_at` in milliseconds since 1970."""
        return {"url": self.url, "updated_at": self.updated_at_ms}


class ZaloUpdateQueue:
    """Pending updates in order, for `getUpdates` or the webhook."""

    def __init__(self, first_pause_s: float) -> None:
        self.webhook = ZaloWebhook()
        self._first_pause_s = first_pause_s
        self._waiting: deque[JsonObject] = deque()
        self._changed = Notifier()

    def push(self, message: JsonObject, event_name: str) -> None:
        """Adds an update in Zalo's envelope."""
        self._waiting.append({"ok": True, "result": {"event_name": event_name, "message": message}})
        self._changed.notify_all()

    def direct_to(self, webhook: ZaloWebhook) -> None:
        """Replaces the webhook; a delivery in progress to the old one is abandoned."""
        self.webhook = webhook
        self._changed.notify_all()

    async def take(self, timeout_s: float) -> JsonObject | None:
        """Removes and returns the oldest update; None after `timeout_s` seconds without one."""
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        while not self._waiting and (left_s := deadline_s - loop.time()) > 0:
            if not await self._changed.wait(left_s):
                return None
        if not self._waiting:
            return None
        result: JsonObject = self._waiting.popleft()["result"]
        return result

    def close(self) -> None:
        """Wakes the waiting poll and the delivery; both end."""
        self._changed.mute()

    async def run(self) -> None:
        """Posts updates to the webhook one after the other, until cancelled or closed."""
        async with aiohttp.ClientSession(trust_env=False) as http:
            is_open = True
            while is_open:
                while self._waiting and self.webhook.url:
                    await self._deliver_first(http)
                is_open = await self._changed.wait(None)

    async def _deliver_first(self, http: aiohttp.ClientSession) -> None:
        """Delivers the oldest update, unless another webhook or none takes over."""
        webhook = self.webhook
        if await post_until_accepted(
            http,
            webhook.url,
            self._waiting[0],
            {SECRET_HEADER: webhook.secret},
            first_pause_s=self._first_pause_s,
            is_current=lambda: webhook is self.webhook,
        ):
            self._waiting.popleft()
