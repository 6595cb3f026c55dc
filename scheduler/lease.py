"""Being the one process that does what only one may do, such as deliver for an account.

See docs/decisions/0022-sqlite-and-postgresql.md.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from scheduler.pacing.event_wait import wait_for
from storage.database import leases
from storage.database.engine import Store, Tx
from storage.database.leases import LeaseLost, LeaseTerm

_HOLDER_LETTERS = 12
_RENEWALS = 3
"""How often a lease is renewed before it could run out."""

log = structlog.stdlib.get_logger()


class Leadership:
    """Takes the place, keeps it while it lives, and gives it back when it goes."""

    def __init__(self, store: Store, name: str, length: timedelta) -> None:
        """`length`: for how long a process that fell silent keeps its place."""
        self._store = store
        self._name = name
        # Whoever looks into the table finds the process; the letters make it one of its kind.
        self._holder = f"{os.getpid()}:{store.ids.code(_HOLDER_LETTERS)}"
        self._length = length
        self.term: LeaseTerm | None = None
        """Not None while this process leads, as far as it knows; the database has the last word."""
        self.is_cut_off = False
        """Whether the database could not be asked, so that perhaps nobody leads."""

    async def run(self, stop: asyncio.Event) -> None:
        """Keeps the place, or waits for it, until `stop`; `renew` takes it at once where it is free."""
        while not stop.is_set():
            await wait_for(stop, self._length.total_seconds() / _RENEWALS)
            if not stop.is_set():
                await self.renew()

    async def renew(self) -> None:
        """Takes or keeps the place; trouble with the database leaves things as they are."""
        before = self.term
        try:
            async with self._store.write() as tx:
                self.term = await leases.take(tx, self._name, self._holder, self._length)
            self.is_cut_off = False
        except Exception as error:  # noqa: BLE001  (whatever it is, it is tried again)
            self.is_cut_off = True
            log.warning("the lease could not be renewed", kind=type(error).__name__)
        if self.term and self.term != before:
            log.info("this process leads now", place=self._name, term=self.term.number)

    async def check(self, tx: Tx) -> None:
        """For `Store.under`: what this process writes counts only while it leads.

        Raises:
            LeaseLost: it does not lead, or not any more.
        """
        if self.term is None:
            raise LeaseLost(self._name)
        try:
            await leases.check(tx, self.term)
        except LeaseLost:
            self.term = None
            raise

    async def hold(self, stop: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
        """Does `work`, which ends after `stop`, and takes part in the succession meanwhile."""
        await self.renew()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.run(stop))
            await work()
        await self.give_back()

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
