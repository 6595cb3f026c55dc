"""Fan-out: adds the recipients of mailings, range by range, while others are being sent."""

import asyncio
from collections.abc import Callable

import structlog

from scheduler.lease import Leadership
from scheduler.pacing.event_wait import wait_for
from storage.database import Store
from storage.database.leases import LeaseLost
from storage.outbox import recipients

_POLL_EVERY_S = 1.0
"""How often mailings are looked for when nobody wakes it."""

log = structlog.stdlib.get_logger()


class RecipientFiller:
    """Adds recipients while this process leads."""

    def __init__(
        self, store: Store, leadership: Leadership, members: int, on_added: Callable[[], None]
    ) -> None:
        self._store = store
        self._leadership = leadership
        self._members = members
        self._on_added = on_added
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be a mailing without all of its recipients."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Adds recipients until `stop`."""
        while not stop.is_set():
            self._woken.clear()
            if not await self._add_range():
                await wait_for(self._woken, _POLL_EVERY_S)

    async def _add_range(self) -> bool:
        """Adds one range of members; whether there was one."""
        if self._leadership.term is None:
            return False
        try:
            async with self._store.write() as tx:
                filled = await recipients.fill_next_range(tx, members=self._members)
        except LeaseLost:
            return False  # the leader goes on with it
        except Exception:  # the range is added with the next poll
            log.exception("adding recipients failed, retrying")
            return False
        if filled is not None:
            self._on_added()
        return filled is not None
