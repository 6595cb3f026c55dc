"""What the page hears as it happens."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.transport.json_response import dump

BACKLOG = 5_000
"""Events a listener may fall behind by before it is cut off, to reconnect and read afresh."""


class Listener:
    """One open stream. `next` gives the following event as JSON, or None when it is over."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._over = False

    def offer(self, event: bytes) -> None:
        if self._queue.qsize() >= BACKLOG:
            self.close()
        elif not self._over:
            self._queue.put_nowait(event)

    def close(self) -> None:
        if not self._over:
            self._over = True
            self._queue.put_nowait(None)

    async def next(self) -> bytes | None:
        return await self._queue.get()


class EventHub:
    """Tells every listener; costs nothing while nobody listens."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False

    def publish(self, event: str, **fields: object) -> None:
        if self._listeners:
            data = dump({"type": event, **fields})
            for listener in self._listeners:
                listener.offer(data)

    @contextmanager
    def listen(self) -> Iterator[Listener]:
        listener = Listener()
        self._listeners.add(listener)
        if self._closed:
            listener.close()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        self._closed = True
        for listener in self._listeners:
            listener.close()
