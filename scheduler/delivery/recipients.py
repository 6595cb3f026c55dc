"""Fan-out: adds the recipients of mailings, range by range, while others are being sent."""

import asyncio
from collections.abc import Callable

import structlog

from scheduler.agenda import Entry
from scheduler.lease import Leadership
from storage.database import Store
from storage.database.leases import LeaseLost
from storage.outbox import recipients

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

    @property
    def entry(self) -> Entry:
        """Due while a mailing is being filled."""
        leads = self._leadership.is_leader
        return Entry("recipients", recipients.first_due(), self._woken.set, leads)

    def wake(self) -> None:
        """There may be a mailing without all of its recipients."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Adds recipients until `stop`."""
        while not stop.is_set():
            self._woken.clear()
            if not await self._add_range():
                await self._woken.wait()

    async def _add_range(self) -> bool:
        """Adds one range of members; whether there was one."""
        if self._leadership.term is None:
            return False
        try:
            async with self._store.write() as tx:
                filled = await recipients.fill_next_range(tx, members=self._members)
        except LeaseLost:
            return False  # the leader goes on with it
        except Exception:  # it is still due
            log.exception("adding recipients failed, retrying")
            return False
        if filled is not None:
            self._on_added()
        return filled is not None
