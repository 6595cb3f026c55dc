"""Lets go of what is pinned in members' chats once it is over."""

import asyncio

import structlog

from handlers.messages import Address, Messenger, MessengerError, RateLimited
from scheduler.lease import Leadership
from scheduler.pacing.event_wait import wait_for
from scheduler.pacing.limiter import RateLimiter
from storage.database.engine import Store
from storage.database.leases import LeaseLost
from storage.models import Lane
from storage.outbox import pins
from storage.outbox.pins import Pinned

_EVERY_S = 30.0
_COPIES = 100
_PATIENCE_S = 5.0

log = structlog.stdlib.get_logger()


class Unpinner:
    """One messenger account's; goes on after a restart where it was."""

    def __init__(
        self, store: Store, messenger: Messenger, pace: RateLimiter, leadership: Leadership
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._pace = pace
        self._leadership = leadership

    async def run(self, stop: asyncio.Event) -> None:
        """Looks now and then until `stop`, while this process leads."""
        while self._messenger.limits.pins and not stop.is_set():
            await wait_for(stop, _EVERY_S)
            try:
                while not stop.is_set() and self._leadership.term and await self.unpin_expired():
                    pass
            except LeaseLost:
                log.info("another process unpins what is over")
            except Exception:  # it is tried again with the next look
                log.exception("what is over could not be unpinned yet")

    async def unpin_expired(self) -> bool:
        """Unpins the next copies of what is over; whether there may be more."""
        async with self._store.read() as tx:
            mailing = await pins.expired(tx)
            if mailing is None or mailing.id is None:
                return False
            copies = await pins.next_copies(tx, mailing, self._messenger.name, limit=_COPIES)
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
        """False when it is to be tried again; one that cannot be unpinned is left as it is."""
        if not await self._pace.acquire(Lane.DIGEST, copy.chat, patience_s=_PATIENCE_S):
            return False
        try:
            await self._messenger.unpin(Address(self._messenger.name, copy.chat), copy.message_id)
        except RateLimited as slow:
            self._pace.record_refusal(copy.chat, slow.retry_after_s)
            return False
        except MessengerError as error:
            if error.retryable:
                return False
        return True
