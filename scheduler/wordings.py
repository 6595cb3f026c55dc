"""What the mailings under way say, read once for each language and wording."""

import asyncio
from collections import OrderedDict
from dataclasses import replace
from typing import Generic, TypeVar

from handlers.messages import Message, Messenger, Prepared
from handlers.outgoing import choose, unpack_text
from storage import mailings
from storage.deliveries import Claimed
from storage.engine import Store
from storage.remedies import Copy

_KEPT = 64

Key = tuple[int, int, str]
"""Mailing, how often it was corrected, language."""
Kept = TypeVar("Kept")


class Wordings:
    """Messages ready to be sent, and as they should read where they were sent already."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger
        self._messages: _Newest[Message] = _Newest()
        self._prepared: _Newest[Prepared] = _Newest()
        self._reading = asyncio.Lock()

    async def of(self, row: Claimed) -> Prepared:
        """What this member gets, ready to be sent.

        Raises:
            KeyError, ValueError: what was stored is no message.
        """
        if row.own_body is not None:
            return self._messenger.prepare(_words(unpack_text(row.own_body)))
        key = (row.mailing_id, row.wording, row.language)
        known = self._prepared.get(key)
        if known is not None:
            return known
        message = await self.message(row)
        # Somebody else who waited for the words may have made them ready meanwhile.
        known = self._prepared.get(key)
        return known or self._prepared.keep(key, self._messenger.prepare(_words(message)))

    async def album(self, row: Claimed) -> Prepared | None:
        """The album that goes before it, ready to be sent; None when there is none."""
        message = await self.whole(row)
        return self._messenger.prepare(message.album) if message.album else None

    async def pinned(self, row: Claimed) -> bool:
        """Whether the member's copy is to be pinned."""
        return (await self.whole(row)).pinned

    async def whole(self, row: Claimed) -> Message:
        """What this member gets, album and all."""
        return unpack_text(row.own_body) if row.own_body else await self.message(row)

    async def message(self, row: Claimed) -> Message:
        """What the mailing of this row says to everybody who speaks the member's language."""
        return await self._read((row.mailing_id, row.wording, row.language))

    async def standing(self, copy: Copy, language: str) -> Message:
        """How a member's copy should read now."""
        return await self._read((copy.mailing_id, copy.wording, language))

    async def _read(self, key: Key) -> Message:
        known = self._messages.get(key)
        if known is not None:
            return known
        # At the start of a mailing everybody who sends asks for the same: one of them reads it.
        async with self._reading:
            return self._messages.get(key) or await self._read_now(key)

    async def _read_now(self, key: Key) -> Message:
        async with self._store.read() as tx:
            return self._messages.keep(key, choose(await mailings.bodies(tx, key[0]), key[2]))


def _words(message: Message) -> Message:
    """What goes out behind the album."""
    return replace(message, album=None)


class _Newest(Generic[Kept]):
    """Keeps the last few."""

    def __init__(self) -> None:
        self._known: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        return self._known.get(key)

    def keep(self, key: Key, made: Kept) -> Kept:
        self._known[key] = made
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return made
