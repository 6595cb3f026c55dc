"""Polling Zalo, where the bot has no public address for a webhook.

Zalo has no offset: it deletes an update once it was fetched. An update that was fetched and not yet
stored when the process is killed is lost, so a club on Zalo should use the webhook.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.intake.poll_loop import Receive, poll_forever
from bot.zalo import updates
from handlers.messages import Incoming


class Polling:
    """One update at a time; the next is fetched only when this one is stored."""

    def __init__(self, fetch: Callable[[], Awaitable[object]], receive: Receive) -> None:
        self._fetch = fetch
        self._receive = receive
        self._unstored: Incoming | None = None
        """Fetched and not stored yet; Zalo will not return it again."""

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`; errors of Zalo or of the database are retried."""
        await poll_forever(stop, self._step, "polling Zalo failed, retrying")

    async def _step(self) -> None:
        if self._unstored is None:
            raw = await self._fetch()
            self._unstored = updates.read(raw) if raw else None
        if self._unstored is not None:
            # Shielded: the process may be stopped just now, and this is the only copy.
            await asyncio.shield(self._receive([self._unstored]))
            self._unstored = None
