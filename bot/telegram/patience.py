"""How long calls wait for their answers: one timer watches over all of them.

A timer for each call, set and cancelled again, costs as much as writing the call.
"""

import asyncio


class Patience:
    """Cuts off the calls that have waited too long for an answer."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._since: dict[asyncio.Transport, float] = {}
        """When each call left; the oldest comes first, as all may wait equally long."""
        self._watching = False

    def begin(self, transport: asyncio.Transport) -> None:
        """A call leaves on this connection."""
        now = self._loop.time()
        self._since[transport] = now
        if not self._watching:
            self._look_at(now + self._seconds)

    def end(self, transport: asyncio.Transport) -> bool:
        """The call has come to its end; whether its time had not run out."""
        return self._since.pop(transport, None) is not None

    def _look_at(self, moment: float) -> None:
        self._watching = True
        self._loop.call_at(moment, self._look)

    def _look(self) -> None:
        self._watching = False
        latest = self._loop.time() - self._seconds
        for transport, since in list(self._since.items()):
            if since > latest:
                return self._look_at(since + self._seconds)
            del self._since[transport]
            # Whoever waits on it learns that it is closed.
            transport.abort()
        return None
