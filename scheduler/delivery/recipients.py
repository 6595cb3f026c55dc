"""Adding the recipients of what goes out, range by range, beside the sending."""

import asyncio
from collections.abc import Callable

import structlog

from scheduler.lease import Leadership
from scheduler.pacing.event_wait import wait_for
from storage.database.engine import Store
from storage.database.leases import LeaseLost
from storage.outbox import recipients

_IDLE_S = 1.0
"""How long it rests when nothing is to be filled and nobody says so."""

log = structlog.stdlib.get_logger()


class RecipientFiller:
    """Fills mailings while this process leads; whoever is in already is sent to meanwhile."""

    def __init__(
        self, store: Store, leadership: Leadership, members: int, on_added: Callable[[], None]
    ) -> None:
        self._store = store
        self._leadership = leadership
        self._members = members
        self._on_added = on_added
        self._woken = asyncio.Event()

    def look(self) -> None:
        """There may be something to fill."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Adds until `stop`."""
        while not stop.is_set():
            self._woken.clear()
            if not await self._added():
                await wait_for(self._woken, _IDLE_S)

    async def _added(self) -> bool:
        """Adds one range; whether there was one."""
        if self._leadership.term is None:
            return False
        try:
            async with self._store.write() as tx:
                filled = await recipients.fill_next_range(tx, members=self._members)
        except LeaseLost:
            return False  # whoever leads now goes on with it
        except Exception:  # what was not added is still to be added
            log.exception("adding recipients was interrupted")
            return False
        if filled is not None:
            self._on_added()
        return filled is not None
