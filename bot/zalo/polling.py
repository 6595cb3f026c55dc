"""Asking Zalo for news, where no webhook can be reached.

Zalo has no offset: what it has handed out it forgets. An update that was fetched and not yet written
down when the process is killed is lost, so a club that serves Zalo should use the webhook.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.intake.poll_loop import poll_forever
from bot.zalo import updates
from handlers.messages import Incoming

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


class Polling:
    """One update at a time, the next one asked for only when this one is written down."""

    def __init__(self, fetch: Callable[[], Awaitable[object]], receive: Receive) -> None:
        self._fetch = fetch
        self._receive = receive
        self._held: Incoming | None = None
        """Fetched and not written down yet; Zalo will not tell it again."""

    async def run(self, stop: asyncio.Event) -> None:
        """Receives until `stop`; no trouble of Zalo's or the database's ends it."""
        await poll_forever(stop, self._step, "no news could be received from Zalo")

    async def _step(self) -> None:
        if self._held is None:
            raw = await self._fetch()
            self._held = updates.read(raw) if raw else None
        if self._held is not None:
            # Shielded: the process may be asked to end just now, and this is the only copy.
            await asyncio.shield(self._receive([self._held]))
            self._held = None
