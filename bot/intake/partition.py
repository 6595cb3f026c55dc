"""What of the inbox is this process's to answer."""

from collections import Counter
from collections.abc import Collection

import structlog

from storage.database.engine import Store
from storage.inbox import chat_leases, updates
from storage.inbox.chat_leases import Capacity
from storage.inbox.updates import WaitingUpdate

log = structlog.stdlib.get_logger()

_HOLDER_LETTERS = 12
MOST, MOST_OF_SEVERAL = 400, 40
"""Updates taken into memory at a time; the others wait in the inbox, for whoever is free."""


class InboxPartition:
    """All of it for one process on SQLite; where several share it, those whose turns it has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._holder = store.ids.code(_HOLDER_LETTERS)
        self._in_hand: Counter[int] = Counter()
        self._done: set[int] = set()
        self.most = MOST_OF_SEVERAL if store.serves_several else MOST

    async def begin(self) -> None:
        """Before the first look: where it is all of it, whether the one before ended cleanly shows."""
        if not self._store.serves_several:
            async with self._store.write() as tx:
                await chat_leases.take_exclusive(tx, self._holder)

    async def look(self, room: Capacity) -> list[WaitingUpdate]:
        """Updates to be answered by this process; its turns are kept by looking now and then."""
        if not self._store.serves_several:
            return await self._all(room)
        done = set(self._done)
        async with self._store.write() as tx:
            found = await chat_leases.take(tx, self._holder, room, keep=+self._in_hand, done=done)
        self._done -= done
        self._in_hand.update(one.slot for one in found)
        return found

    @property
    def is_responsible(self) -> bool:
        """Whether there are turns to be given back, for which others may wait."""
        return bool(self._done)

    def pass_over(self, found: Collection[WaitingUpdate], kept: Collection[int]) -> None:
        """Of these updates only those kept are to be answered."""
        for one in found:
            if one.id not in kept:
                self.end(one.slot)

    def end(self, slot: int) -> None:
        """One update of this slot is done with."""
        self._in_hand[slot] -= 1
        if self._in_hand[slot] <= 0:
            del self._in_hand[slot]
            if self._store.serves_several:
                self._done.add(slot)

    async def leave(self) -> None:
        """Gives everything back to those who go on."""
        self._done |= set(self._in_hand)
        self._in_hand.clear()
        try:
            if not self._store.serves_several:
                async with self._store.write() as tx:
                    await chat_leases.give_back_exclusive(tx, self._holder)
            elif self._done:
                await self.look(Capacity(0, 0))
        except Exception as error:  # noqa: BLE001  (they run out by themselves)
            log.warning("the turns could not be given back", kind=type(error).__name__)

    async def _all(self, room: Capacity) -> list[WaitingUpdate]:
        if not room.limit:
            return []
        async with self._store.read() as tx:
            return await updates.waiting(
                tx, limit=room.limit, per_chat=room.per_chat, skip=room.in_hand
            )
