"""The part of the inbox that this process handles: a chat is leased to one process at a time."""

from collections import Counter
from collections.abc import Collection

import structlog

from storage.database import Store
from storage.inbox import chat_leases, updates
from storage.inbox.chat_leases import Capacity
from storage.inbox.updates import WaitingUpdate

log = structlog.stdlib.get_logger()

_HOLDER_LETTERS = 12
CAPACITY_MAX, SHARED_CAPACITY_MAX = 400, 40
"""Updates in memory at a time, for one process alone and for each of several; the others wait in
the inbox for a process that is free."""


class InboxPartition:
    """The whole inbox on SQLite; on PostgreSQL the chats leased by this process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holder = store.ids.code(_HOLDER_LETTERS)
        self._in_progress: Counter[int] = Counter()
        """Updates of each slot (a group of chats that is leased together)."""
        self._leases_to_return: set[int] = set()
        self.capacity_max = SHARED_CAPACITY_MAX if store.serves_several else CAPACITY_MAX

    async def begin(self) -> None:
        """Prepares the first fetch; on SQLite it detects a crash of the process before."""
        if not self._store.serves_several:
            async with self._store.write(quiet=True) as tx:
                await chat_leases.take_exclusive(tx, self._holder)

    async def fetch(self, capacity: Capacity) -> list[WaitingUpdate]:
        """Returns the next updates; renews leases in use and returns the others."""
        if not self._store.serves_several:
            return await self._fetch_all(capacity)
        done = set(self._leases_to_return)
        async with self._store.write(quiet=True) as tx:
            fetched = await chat_leases.take(
                tx, self._holder, capacity, keep=+self._in_progress, done=done
            )
        self._leases_to_return -= done
        self._in_progress.update(update.slot for update in fetched)
        return fetched

    @property
    def has_leases(self) -> bool:
        """Whether this process has leases, which it must renew."""
        return self._store.serves_several and bool(self._in_progress)

    @property
    def has_leases_to_return(self) -> bool:
        """Whether there are leases to return, for which other processes may wait."""
        return bool(self._leases_to_return)

    def release_skipped(
        self, fetched: Collection[WaitingUpdate], accepted_ids: Collection[int]
    ) -> None:
        """Releases the fetched updates that were not accepted."""
        for update in fetched:
            if update.id not in accepted_ids:
                self.release(update.slot)

    def release(self, slot: int) -> None:
        """Counts one handled update of a slot; the last one returns the slot's lease."""
        self._in_progress[slot] -= 1
        if self._in_progress[slot] <= 0:
            del self._in_progress[slot]
            if self._store.serves_several:
                self._leases_to_return.add(slot)

    async def leave(self) -> None:
        """Returns all leases to other processes."""
        self._leases_to_return |= set(self._in_progress)
        self._in_progress.clear()
        try:
            if not self._store.serves_several:
                async with self._store.write() as tx:
                    await chat_leases.give_back_exclusive(tx, self._holder)
            elif self._leases_to_return:
                await self.fetch(Capacity(0, 0))
        except Exception as error:  # noqa: BLE001 - the leases expire
            log.warning(
                "chat leases could not be returned, they will expire", kind=type(error).__name__
            )

    async def _fetch_all(self, capacity: Capacity) -> list[WaitingUpdate]:
        if not capacity.limit:
            return []
        async with self._store.read() as tx:
            return await updates.waiting(
                tx, limit=capacity.limit, per_chat=capacity.per_chat, skip=capacity.in_hand
            )
