"""Asking Zalo for news, where no webhook can be reached.

Zalo has no offset: what it has handed out it forgets. An update that was fetched and not yet written
down when the process is killed is lost, so a club that serves Zalo should use the webhook.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.zalo import updates
from handlers.messages import Incoming, SlowDown, TokenRefused

log = structlog.stdlib.get_logger()

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_TOKEN_PAUSE_S = 60.0


class Polling:
    """One update at a time, the next one asked for only when this one is written down."""

    def __init__(self, fetch: Callable[[], Awaitable[object]], receive: Receive) -> None:
        self._fetch = fetch
        self._receive = receive
        self._held: Incoming | None = None
        """Fetched and not written down yet; Zalo will not tell it again."""

    async def run(self, stop: asyncio.Event) -> None:
        """Receives until `stop`; no trouble of Zalo's or the database's ends it."""
        async with asyncio.TaskGroup() as tasks:
            polling = tasks.create_task(self._poll())
            await stop.wait()
            polling.cancel()

    async def _poll(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                await self._step()
                pause_s = _FIRST_PAUSE_S
            except Exception as error:  # noqa: BLE001 - the bot must not go deaf for any reason
                log.warning("no news could be received from Zalo", kind=type(error).__name__)
                await asyncio.sleep(_pause_after(error, pause_s))
                pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _step(self) -> None:
        if self._held is None:
            raw = await self._fetch()
            self._held = updates.read(raw) if raw else None
        if self._held is not None:
            # Shielded: the process may be asked to end just now, and this is the only copy.
            await asyncio.shield(self._receive([self._held]))
            self._held = None


def _pause_after(error: Exception, usual_s: float) -> float:
    match error:
        case SlowDown():
            return max(usual_s, error.retry_after_s)
        case TokenRefused():
            return _TOKEN_PAUSE_S
        case _:
            return usual_s
