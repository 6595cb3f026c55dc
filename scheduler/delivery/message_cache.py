"""Cache of the messages of running mailings, read once for each language and wording."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from handlers.messages import Message, Messenger, Prepared
from handlers.notifications import choose, unpack_text
from storage.database import Store
from storage.outbox import mailings
from storage.outbox.corrections import Copy
from storage.outbox.deliveries import Claimed

_SIZE = 64

Key = tuple[int, int, str]
"""Mailing, how often it was corrected, language."""
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class PreparedMessage:
    """What one member gets, encoded once and ready to be sent."""

    whole: Message
    words: Prepared
    """Sent after the first part, or alone."""
    first: Prepared | None
    """The album or the map that is sent before the words; None when there is none."""


class MessageCache:
    """Messages ready to be sent, and the current wording of those sent already."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger
        self._messages: _Cache[Message] = _Cache()
        self._ready: _Cache[PreparedMessage] = _Cache()
        self._lock = asyncio.Lock()

    async def of(self, row: Claimed) -> PreparedMessage:
        """What this member gets, ready to be sent.

        Raises:
            KeyError, ValueError: the stored message cannot be parsed.
        """
        if row.own_body is not None:
            return self._prepare(await self._with_picture(row, unpack_text(row.own_body)))
        key = _key(row)
        known = self._ready.get(key)
        if known is not None:
            return known
        message = await self.message(row)
        # Another sender that waited for the same message may have prepared it meanwhile.
        return self._ready.get(key) or self._ready.keep(key, self._prepare(message))

    async def _with_picture(self, row: Claimed, own: Message) -> Message:
        if not own.mailing_picture:
            return own
        return replace(own, media=(await self.message(row)).media, mailing_picture=False)

    def _prepare(self, message: Message) -> PreparedMessage:
        prepare = self._messenger.prepare
        *before, words = message.parts(maps=self._messenger.limits.maps)
        return PreparedMessage(message, prepare(words), prepare(before[0]) if before else None)

    async def message(self, row: Claimed) -> Message:
        """The mailing's message in the member's language."""
        return await self._read(_key(row))

    async def standing(self, copy: Copy, language: str) -> Message:
        """The current wording of a member's copy."""
        return await self._read((copy.mailing_id, copy.wording, language))

    async def _read(self, key: Key) -> Message:
        known = self._messages.get(key)
        if known is not None:
            return known
        # At the start of a mailing all senders miss the same entry: one of them reads it.
        async with self._lock:
            return self._messages.get(key) or await self._read_now(key)

    async def _read_now(self, key: Key) -> Message:
        async with self._store.read() as tx:
            return self._messages.keep(key, choose(await mailings.bodies(tx, key[0]), key[2]))


def _key(row: Claimed) -> Key:
    return row.mailing_id, row.wording, row.language


class _Cache(Generic[Kept]):
    """Keeps the entries that were added last."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        return self._entries.get(key)

    def keep(self, key: Key, made: Kept) -> Kept:
        self._entries[key] = made
        while len(self._entries) > _SIZE:
            self._entries.popitem(last=False)
        return made
