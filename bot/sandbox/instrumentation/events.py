"""Publishes changes of the sandbox to open pages."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.transport import dump

BACKLOG = 5_000
"""Queued events of a page that does not read them; beyond this it is disconnected."""


class Listener:
    """The event queue of one open page."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._over = False

    def offer(self, event: bytes) -> None:
        """Queues an event; closes the listener when it lags `BACKLOG` events behind."""
        if self._queue.qsize() >= BACKLOG:
            self.close()
        elif not self._over:
            self._queue.put_nowait(event)

    def close(self) -> None:
        """Ends the stream after the events queued so far."""
        if not self._over:
            self._over = True
            self._queue.put_nowait(None)

    async def next(self) -> bytes | None:
        """Waits for the next event, as JSON; None when the stream has ended."""
        return await self._queue.get()


class EventHub:
    """Sends every event to every listener; an event without a listener is dropped unencoded."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False

    def publish(self, event: str, **fields: object) -> None:
        """Sends `{"type": event, …fields}` to all listeners without waiting for them."""
        if self._listeners:
            data = dump({"type": event, **fields})
            for listener in self._listeners:
                listener.offer(data)

    @contextmanager
    def listen(self) -> Iterator[Listener]:
        """A listener that is registered until the block ends."""
        listener = Listener()
        self._listeners.add(listener)
        if self._closed:
            listener.close()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Ends all streams; new listeners are closed at once."""
        self._closed = True
        for listener in self._listeners:
            listener.close()
