"""Delivers updates to the bot's webhook as Telegram does."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.chats.people import Id
from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.transport import JsonObject, bad_request, require
from bot.sandbox.transport.origin_check import LOOPBACK_HOSTS
from bot.sandbox.updates.update_queue import Update, UpdateQueue
from bot.sandbox.updates.webhook_post import WebhookAnswer, post_until_accepted

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
SECRET_LIMIT = 256
CONNECTIONS_LIMIT = 100
DEFAULT_CONNECTIONS = 40


@dataclass
class Webhook:
    """The settings and the last error of `setWebhook`; an empty `url` means none is set."""

    url: str = ""
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    last_error_date: int = 0
    last_error: str = ""

    def as_json(self, updates: UpdateQueue) -> JsonObject:
        """The Bot API's `WebhookInfo`."""
        info: JsonObject = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending()),
        }
        if self.url:
            info["max_connections"] = self.connections
        if self.last_error:
            info["last_error_date"] = self.last_error_date
            info["last_error_message"] = self.last_error
        if kinds := updates.allowed_kinds():
            info["allowed_updates"] = kinds
        return info


def read_url(url: str) -> str:
    """Checks the address: Telegram requires https, the sandbox also accepts http on loopback."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # Reading it raises ValueError for an invalid port.
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    require(
        parts.scheme in ("http", "https") and parts.hostname,
        "bad webhook: An HTTPS URL must be provided for webhook",
    )
    require(
        parts.hostname in LOOPBACK_HOSTS, "bad webhook: the sandbox delivers to this machine only"
    )
    return url


def read_secret(secret: str) -> str:
    """Returns a valid `secret_token`; raises ApiError for one too long or with other characters."""
    require(len(secret) <= SECRET_LIMIT, "secret token is too long")
    require(SECRET_CHARACTERS.issuperset(secret), "secret token contains unallowed characters")
    return secret


class WebhookDelivery:
    """Posts updates to the webhook: chats in parallel, each chat's updates in order.

    An update that is not answered with 2xx is posted again after a pause that doubles.
    """

    def __init__(self, clock: Clock, updates: UpdateQueue, first_pause_s: float) -> None:
        self.webhook = Webhook()
        self.on_answer: Callable[[WebhookAnswer], Awaitable[None]] = _ignore
        """Gets each answer that accepted an update: it may call a method of the Bot API."""
        self._clock = clock
        self._updates = updates
        self._first_pause_s = first_pause_s
        self._busy: set[Id] = set()

    def direct_to(self, webhook: Webhook) -> None:
        """Replaces the webhook, abandons deliveries to the old one and ends a waiting poll."""
        self.webhook = webhook
        self._busy = set()
        self._updates.end_poll()

    async def run(self) -> None:
        """Delivers until cancelled, or until the queue closes."""
        async with aiohttp.ClientSession(trust_env=False) as http, asyncio.TaskGroup() as tasks:
            is_open = True
            while is_open:
                for update in self._ready():
                    self._busy.add(update.chat_id)
                    tasks.create_task(self._deliver(http, update, self._busy))
                is_open = await self._updates.changed.wait(None)

    def _ready(self) -> Iterable[Update]:
        """The first pending update of each chat that has no delivery in progress."""
        if not self.webhook.url:
            return ()
        free = self.webhook.connections - len(self._busy)
        first: dict[Id, Update] = {}
        for update in self._updates.pending():
            if len(first) >= free:
                break
            if update.chat_id not in self._busy:
                first.setdefault(update.chat_id, update)
        return first.values()

    async def _deliver(self, http: aiohttp.ClientSession, update: Update, busy: set[Id]) -> None:
        """Delivers one update, or gives up when another webhook replaces this one and its `busy`."""
        webhook = self.webhook

        def record_error(error: str) -> None:
            webhook.last_error = error
            webhook.last_error_date = self._clock.timestamp()

        answer = await post_until_accepted(
            http,
            webhook.url,
            update.body,
            {SECRET_HEADER: webhook.secret} if webhook.secret else {},
            first_pause_s=self._first_pause_s,
            is_current=lambda: webhook is self.webhook,
            on_error=record_error,
        )
        if answer is not None:
            self._updates.confirm(update.id)
            await self.on_answer(answer)
        busy.discard(update.chat_id)
        self._updates.changed.notify_all()


async def _ignore(_: WebhookAnswer) -> None:
    """Nobody reads the answers."""
