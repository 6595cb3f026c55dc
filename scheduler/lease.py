"""Being the one process that delivers for a messenger account (decision 9)."""

import asyncio

import structlog

from scheduler.settings import DeliverySettings
from scheduler.waiting import wait_for
from storage import leases
from storage.engine import Store
from storage.leases import Term

_HOLDER_LETTERS = 12
_RENEWALS = 3
"""How often a lease is renewed before it could run out."""

log = structlog.stdlib.get_logger()


class Leadership:
    """Takes the place, keeps it while it lives, and gives it back when it goes."""

    def __init__(self, store: Store, account: str, settings: DeliverySettings) -> None:
        self._store = store
        self._name = f"delivery:{account}"
        self._holder = store.ids.code(_HOLDER_LETTERS)
        self._length = settings.leadership
        self.term: Term | None = None
        """Not None while this process leads, as far as it knows; the database has the last word."""

    async def run(self, stop: asyncio.Event) -> None:
        """Keeps the place, or waits for it, until `stop`; `renew` takes it at once where it is free."""
        while not stop.is_set():
            await wait_for(stop, self._length.total_seconds() / _RENEWALS)
            if not stop.is_set():
                await self.renew()

    async def renew(self) -> None:
        """Takes or keeps the place; trouble with the database leaves things as they are."""
        try:
            async with self._store.write() as tx:
                self.term = await leases.take(tx, self._name, self._holder, self._length)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is tried again)
            log.warning("the lease could not be renewed", kind=type(error).__name__)

    async def give_back(self) -> None:
        """Leaves the place to whoever comes next; after what was begun under it is finished."""
        term, self.term = self.term, None
        if term is None:
            return
        try:
            async with self._store.write() as tx:
                await leases.give_back(tx, term)
        except Exception as error:  # noqa: BLE001  (it runs out by itself)
            log.warning("the lease could not be given back", kind=type(error).__name__)
