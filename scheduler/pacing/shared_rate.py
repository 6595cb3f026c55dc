"""One process's share of an account's rate limit, where several processes send through it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from scheduler.pacing.limiter import RateLimiter
from storage.database import Store
from storage.database.event_wait import wait_for
from storage.outbox import rate_shares

_RENEW_EVERY_S = 0.5
_VALID_S, _IDLE_VALID_S = 3.0, 50.0
"""How long a share may be used without renewal; shorter than its lease in the database, so that two
processes never use the same share."""
_IDLE_AFTER_S, _IDLE_RENEW_EVERY_S = 5.0, 20.0
"""A process that has sent nothing for this long is idle, and renews its share less often."""
_HOLDER_LETTERS = 12
_SAME_HALT_S = 1.0
"""A halt that is longer by less than this is the same one."""

log = structlog.stdlib.get_logger()


class SharedRate:
    """Renews the share as a lease, and sets it in the rate limiter."""

    def __init__(
        self,
        store: Store,
        account: str,
        rate_limiter: RateLimiter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._account = account
        self._rate_limiter = rate_limiter
        self._monotonic = monotonic
        self._holder = store.ids.code(_HOLDER_LETTERS)
        self._used_at = monotonic()
        if store.serves_several:
            rate_limiter.set_share(0)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Renews the share inside the block and returns it after it; a single process has all of it."""
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
                self._rate_limiter.used.set()
        await self._leave()

    async def _keep(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self.is_idle:
                # Who wants to send has the least share, and the others' halts and a larger one at once.
                self._rate_limiter.used.clear()
                await wait_for(self._rate_limiter.used, _IDLE_RENEW_EVERY_S)
            else:
                await wait_for(stop, _RENEW_EVERY_S)
            await self.renew()

    @property
    def is_idle(self) -> bool:
        """Whether this process has sent nothing for a while, and waits for nothing."""
        if self._rate_limiter.demand or self._rate_limiter.halted_for_s:
            self._used_at = self._monotonic()
        return self._monotonic() - self._used_at > _IDLE_AFTER_S

    async def _leave(self) -> None:
        self._rate_limiter.set_share(0)
        try:
            async with self._store.write() as tx:
                await rate_shares.give_back(
                    tx, self._account, self._holder, window_s=self._rate_limiter.window_s
                )
        except Exception as error:  # noqa: BLE001 - the lease expires
            log.warning("rate limit share not returned, it will expire", kind=type(error).__name__)

    async def renew(self) -> None:
        """Takes the share that the demand needs; one that cannot be renewed ends before others take it."""
        started, is_idle = self._monotonic(), self.is_idle
        try:
            async with asyncio.timeout(_VALID_S):
                granted = await self._lease(is_idle=is_idle)
        except Exception as error:  # noqa: BLE001 - it is retried
            log.warning("rate limit share not renewed", kind=type(error).__name__)
        else:
            valid_s = _IDLE_VALID_S if is_idle else _VALID_S
            self._rate_limiter.set_share(granted, until=started + valid_s)

    async def _lease(self, *, is_idle: bool) -> int:
        async with self._store.write(quiet=True) as tx:
            now = tx.clock.now()
            granted = await rate_shares.lease(
                tx,
                self._account,
                self._holder,
                rate=self._rate_limiter.adaptive_rate,
                wants=self._rate_limiter.demand,
                halted_until=self._own_halt(now),
                window_s=self._rate_limiter.window_s,
                is_idle=is_idle,
            )
            # Lowered before the commit, after which others may take the rest; raised only after it.
            self._rate_limiter.lower(granted.share)
        if granted.halted_until is not None:
            self._halt((granted.halted_until - now).total_seconds())
        return granted.share

    def _own_halt(self, now: datetime) -> datetime | None:
        halted_s = self._rate_limiter.halted_for_s
        return now + timedelta(seconds=halted_s) if halted_s else None

    def _halt(self, seconds: float) -> None:
        if seconds > self._rate_limiter.halted_for_s + _SAME_HALT_S:
            self._rate_limiter.halt(seconds)
