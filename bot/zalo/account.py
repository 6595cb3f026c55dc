"""The bot's account on Zalo: identity, polling and webhook."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from telegram.ext import ExtBot

from bot.intake.poll_loop import Receive
from bot.zalo.errors import translate
from bot.zalo.message_counter import MessageCounter
from bot.zalo.messenger import Link, ZaloMessenger
from bot.zalo.polling import Polling
from bot.zalo.ptb_request import JsonRequest
from bot.zalo.rate_limiter import SharedRateLimiter
from bot.zalo.settings import ZaloSettings
from scheduler.pacing.limiter import RateLimiter

_BEYOND_POLL_S: Final = 10.0
_FAILED: Final = frozenset(("failed", "fail", "error", "invalid", "rejected", "unverified"))

log = structlog.stdlib.get_logger()


class _Bot(ExtBot[int]):
    """The library's client, without its warnings to use methods that expect Telegram's answers."""

    __slots__ = ()

    @classmethod
    def _warn(cls, *_: object, **__: object) -> None:
        pass


def is_verified(made: object) -> bool:
    """Whether the result of `setWebhook` says that Zalo reached the URL.

    Its `verification` is not documented; any negative value in it counts as a failure.
    """
    found = made.get("verification") if isinstance(made, Mapping) else None
    if isinstance(found, bool):
        return found
    if isinstance(found, str):
        return found.strip().lower() not in _FAILED
    if not isinstance(found, Mapping):
        return True
    says = [found.get(name) for name in ("ok", "success", "verified", "status")]
    return not any(one is False or str(one).strip().lower() in _FAILED for one in says)


class ZaloAccount:
    """One bot on Zalo. Every call may raise `MessengerError`."""

    def __init__(
        self, settings: ZaloSettings, rate_limiter: RateLimiter, link: Link, counter: MessageCounter
    ) -> None:
        self._settings = settings
        self._requests = (JsonRequest(settings.api_url), JsonRequest(settings.api_url))
        self._bot = _Bot(
            settings.token.get_secret_value(),
            base_url=f"{settings.api_url.rstrip('/')}/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
            rate_limiter=SharedRateLimiter(rate_limiter),
        )
        self.messenger = ZaloMessenger(self._bot, self._requests[1], link, counter)

    async def close(self) -> None:
        """Closes the connections."""
        for request in self._requests:
            await request.shutdown()

    async def who_am_i(self) -> Any:
        """The account behind the token."""
        with translate():
            return await self._bot.do_api_request("getMe")

    def polling(self, receive: Receive) -> Polling:
        """A poll loop that passes updates to `receive`."""
        return Polling(self.next_update, receive)

    async def next_update(self) -> object:
        """The next update; None when there was none for a while.

        Zalo deletes the update once this returns.
        """
        timeout_s = self._settings.poll_timeout_s
        with translate():
            return await self._bot.do_api_request(
                "getUpdates", {"timeout": timeout_s}, read_timeout=timeout_s + _BEYOND_POLL_S
            )

    async def receive_by_polling(self) -> None:
        """Deletes the webhook, since Zalo refuses polling beside it."""
        with translate():
            await self._bot.do_api_request("deleteWebhook")

    async def receive_by_webhook(self, url: str) -> None:
        """Sets `url` as the webhook, with the secret in its header."""
        secret = self._settings.webhook_secret.get_secret_value()
        with translate():
            made = await self._bot.do_api_request(
                "setWebhook", {"url": url, "secret_token": secret}
            )
        if not is_verified(made):
            log.error("Zalo could not verify the webhook", url=url)

    async def webhook(self) -> str:
        """The URL of the current webhook; empty means polling."""
        with translate():
            found = await self._bot.do_api_request("getWebhookInfo")
        return str(found.get("url") or "") if isinstance(found, dict) else ""
