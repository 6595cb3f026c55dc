"""Unpins announcements in members' chats once they have expired."""

import asyncio

import structlog

from handlers.messages import Address, Messenger, MessengerError, RateLimited
from scheduler.agenda import Entry
from scheduler.lease import Leadership
from scheduler.pacing.limiter import RateLimiter
from storage.database import Store
from storage.database.leases import LeaseLost
from storage.models import Lane
from storage.outbox import pins
from storage.outbox.pins import Pinned

_RETRY_EVERY_S = 30.0
"""How often what could not be unpinned is tried again."""
_BATCH = 100
_ACQUIRE_TIMEOUT_S = 5.0

log = structlog.stdlib.get_logger()


class Unpinner:
    """For one messenger account; after a restart it goes on where it was."""

    def __init__(
        self, store: Store, messenger: Messenger, rate_limiter: RateLimiter, leadership: Leadership
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._rate_limiter = rate_limiter
        self._leadership = leadership
        self._woken = asyncio.Event()

    @property
    def entry(self) -> Entry:
        """Due when an announcement with pinned copies has expired."""
        return Entry(
            f"unpinning {self._messenger.name}",
            pins.first_due(),
            self._woken.set,
            lambda: self._messenger.limits.pins and self._leadership.is_leader(),
            _RETRY_EVERY_S,
        )

    def wake(self) -> None:
        """An announcement may have expired, or this process stops."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Unpins what has expired until `stop`, while this process leads."""
        while not stop.is_set():
            await self._woken.wait()
            self._woken.clear()
            try:
                while not stop.is_set() and self._leadership.term and await self.unpin_expired():
                    pass
            except LeaseLost:
                log.info("lease lost, another process unpins")
            except Exception:  # it is still due
                log.exception("unpinning failed, retrying")

    async def unpin_expired(self) -> bool:
        """Unpins the next copies of an expired announcement; whether there may be more."""
        async with self._store.read() as tx:
            mailing = await pins.expired(tx)
            if mailing is None or mailing.id is None:
                return False
            copies = await pins.next_copies(tx, mailing, self._messenger.name, limit=_BATCH)
        done = None
        for copy in copies:
            if not await self._unpin(copy):
                break
            done = copy.delivery_id
        if copies and done is None:
            return False
        async with self._store.write() as tx:
            await pins.mark_unpinned(tx, mailing.id, done)
        return True

    async def _unpin(self, copy: Pinned) -> bool:
        """False when it is to be retried; a copy that cannot be unpinned is left as it is."""
        if not await self._rate_limiter.acquire(
            Lane.DIGEST, copy.chat, patience_s=_ACQUIRE_TIMEOUT_S
        ):
            return False
        try:
            await self._messenger.unpin(Address(self._messenger.name, copy.chat), copy.message_id)
        except RateLimited as error:
            self._rate_limiter.record_refusal(copy.chat, error.retry_after_s)
            return False
        except MessengerError as error:
            if error.retryable:
                return False
        return True
