"""Keeping one process's share of an account's pace, where several processes speak through it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from scheduler.pacing.event_wait import wait_for
from scheduler.pacing.limiter import RateLimiter
from storage.database.engine import Store
from storage.outbox import rate_shares

_EVERY_S = 0.5
_SURE_S = 3.0
"""How long a share is used that could not be renewed; less than others leave it alone."""
_HOLDER_LETTERS = 12
_SAME_REST_S = 1.0

log = structlog.stdlib.get_logger()


class SharedRate:
    """Tells the pace how much of the account's rate is this process's."""

    def __init__(
        self,
        store: Store,
        account: str,
        pace: RateLimiter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._account = account
        self._pace = pace
        self._monotonic = monotonic
        self._holder = store.ids.code(_HOLDER_LETTERS)
        if store.serves_several:
            pace.set_share(0)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Renewed in the block and given back after it; a process that is alone has it all."""
        if not self._store.serves_several:
            yield
            return
        stop = asyncio.Event()
        await self.renew()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep(stop))
            try:
                yield
            finally:
                stop.set()
        await self._leave()

    async def _keep(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await wait_for(stop, _EVERY_S)
            await self.renew()

    async def _leave(self) -> None:
        self._pace.set_share(0)
        try:
            async with self._store.write() as tx:
                await rate_shares.give_back(tx, self._account, self._holder)
        except Exception as error:  # noqa: BLE001  (it runs out by itself)
            log.warning("the share of the pace could not be given back", kind=type(error).__name__)

    async def renew(self) -> None:
        """Asks for what is wanted now; what cannot be renewed ends before others take it."""
        began = self._monotonic()
        try:
            async with asyncio.timeout(_SURE_S):
                granted = await self._lease()
        except Exception as error:  # noqa: BLE001  (whatever it is, it is tried again)
            log.warning("the share of the pace could not be renewed", kind=type(error).__name__)
        else:
            self._pace.set_share(granted, until=began + _SURE_S)

    async def _lease(self) -> int:
        async with self._store.write() as tx:
            now = tx.clock.now()
            granted = await rate_shares.lease(
                tx,
                self._account,
                self._holder,
                rate=self._pace.adaptive_rate,
                wants=self._pace.demand,
                halted_until=self._own_halt(now),
            )
            # Less counts before others can take it, more only once it is certain.
            self._pace.lower(granted.per_second)
        if granted.halted_until is not None:
            self._rest((granted.halted_until - now).total_seconds())
        return granted.per_second

    def _own_halt(self, now: datetime) -> datetime | None:
        rest_s = self._pace.halted_for_s
        return now + timedelta(seconds=rest_s) if rest_s else None

    def _rest(self, seconds: float) -> None:
        if seconds > self._pace.halted_for_s + _SAME_REST_S:
            self._pace.halt(seconds)
