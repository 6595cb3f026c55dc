"""What the mailings under way say, read once for each language and wording."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from handlers.messages import Message, Messenger, Prepared
from handlers.notifications import choose, unpack_text
from storage.database.engine import Store
from storage.outbox import mailings
from storage.outbox.corrections import Copy
from storage.outbox.deliveries import Claimed

_KEPT = 64

Key = tuple[int, int, str]
"""Mailing, how often it was corrected, language."""
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class PreparedMessage:
    """What one member gets, read once and ready to be sent."""

    whole: Message
    words: Prepared
    """What goes out behind the album, or alone."""
    album: Prepared | None
    """The album that goes before the words; None when there is none."""


class MessageCache:
    """Messages ready to be sent, and as they should read where they were sent already."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger
        self._messages: _Newest[Message] = _Newest()
        self._ready: _Newest[PreparedMessage] = _Newest()
        self._reading = asyncio.Lock()

    async def of(self, row: Claimed) -> PreparedMessage:
        """What this member gets, ready to be sent.

        Raises:
            KeyError, ValueError: what was stored is no message.
        """
        if row.own_body is not None:
            return self._prepare(unpack_text(row.own_body))
        key = _key(row)
        known = self._ready.get(key)
        if known is not None:
            return known
        message = await self.message(row)
        # Somebody else who waited for the words may have made them ready meanwhile.
        return self._ready.get(key) or self._ready.keep(key, self._prepare(message))

    def _prepare(self, message: Message) -> PreparedMessage:
        prepare = self._messenger.prepare
        album = prepare(message.album) if message.album else None
        return PreparedMessage(message, prepare(replace(message, album=None)), album)

    async def message(self, row: Claimed) -> Message:
        """What the mailing of this row says to everybody who speaks the member's language."""
        return await self._read(_key(row))

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


def _key(row: Claimed) -> Key:
    return row.mailing_id, row.wording, row.language


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
