"""Leader election by a lease: one process at a time delivers for an account, or runs the timetable.

See docs/decisions/0022-sqlite-and-postgresql.md.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from storage.database import Store, Tx, leases
from storage.database.event_wait import wait_for
from storage.database.leases import LeaseLost, LeaseTerm

_HOLDER_LETTERS = 12
_RENEWALS = 3
"""How often a lease is renewed before it would expire."""

log = structlog.stdlib.get_logger()


class Leadership:
    """Takes a lease, renews it, and returns it when the process stops."""

    def __init__(self, store: Store, name: str, length: timedelta) -> None:
        """`length`: how long the lease of a process that crashed stays valid."""
        self._store = store
        self._name = name
        # The process id is for whoever reads the table; the letters make the holder unique.
        self._holder = f"{os.getpid()}:{store.ids.code(_HOLDER_LETTERS)}"
        self._length = length
        self.term: LeaseTerm | None = None
        """Not None while this process leads, as far as it knows; the database decides (`check`)."""
        self.is_cut_off = False
        """Whether the lease could not be renewed, so that perhaps no process leads."""

    def is_leader(self) -> bool:
        """Whether this process leads, as far as it knows."""
        return self.term is not None

    async def run(self, stop: asyncio.Event) -> None:
        """Renews the lease, or tries to take it, until `stop`."""
        while not stop.is_set():
            await wait_for(stop, self._length.total_seconds() / _RENEWALS)
            if not stop.is_set():
                await self.renew()

    async def renew(self) -> None:
        """Takes or renews the lease; an error of the database leaves `term` as it is."""
        before = self.term
        try:
            async with self._store.write(quiet=True) as tx:
                self.term = await leases.take(tx, self._name, self._holder, self._length)
            self.is_cut_off = False
        except Exception as error:  # noqa: BLE001 - it is retried
            self.is_cut_off = True
            log.warning("lease not renewed", lease=self._name, kind=type(error).__name__)
        if self.term and self.term != before:
            # What was due while nobody led is due now.
            self._store.changes.note()
            log.info("lease taken, this process leads", lease=self._name, term=self.term.number)

    async def check(self, tx: Tx) -> None:
        """For `Store.under`: a transaction commits only while this process leads.

        Raises:
            LeaseLost: it does not lead, or no longer.
        """
        if self.term is None:
            raise LeaseLost(self._name)
        try:
            await leases.check(tx, self.term)
        except LeaseLost:
            self.term = None
            raise

    async def hold(
        self, stop: asyncio.Event, work: Callable[[asyncio.Event], Awaitable[None]]
    ) -> None:
        """Runs `work` until `stop`, and takes or renews the lease meanwhile."""
        await self.renew()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.run(stop))
            await work(stop)
        await self.give_back()

    async def give_back(self) -> None:
        """Returns the lease; call it after the work done under it has ended."""
        term, self.term = self.term, None
        if term is None:
            return
        try:
            async with self._store.write() as tx:
                await leases.give_back(tx, term)
        except Exception as error:  # noqa: BLE001 - the lease expires
            log.warning(
                "lease not returned, it will expire", lease=self._name, kind=type(error).__name__
            )
