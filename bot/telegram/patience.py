"""How long calls wait for their answers: one timer watches over all of them.

A timer for each call, set and cancelled again, costs as much as writing the call.
"""

import asyncio

from aiohttp.connector import Connection


class Patience:
    """Cuts off the calls that have waited too long for an answer."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._since: dict[Connection, float] = {}
        """When each call left; the oldest comes first, as all may wait equally long."""
        self._watching = False

    def begin(self, connection: Connection) -> None:
        """A call leaves on this connection."""
        now = self._loop.time()
        self._since[connection] = now
        if not self._watching:
            self._look_at(now + self._seconds)

    def end(self, connection: Connection) -> bool:
        """The call has come to its end; whether its time had not run out."""
        return self._since.pop(connection, None) is not None

    def _look_at(self, moment: float) -> None:
        self._watching = True
        self._loop.call_at(moment, self._look)

    def _look(self) -> None:
        self._watching = False
        latest = self._loop.time() - self._seconds
        for connection, since in list(self._since.items()):
            if since > latest:
                return self._look_at(since + self._seconds)
            del self._since[connection]
            # Whoever waits on it learns that it is closed.
            if connection.transport is not None:
                connection.transport.abort()
        return None
