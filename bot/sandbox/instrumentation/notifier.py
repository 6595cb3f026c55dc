"""How a long poll learns that something changed."""

import asyncio


class Notifier:
    """Wakes everyone who is waiting. Whoever comes later waits for the next ring."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._muted = False

    def notify_all(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    def mute(self) -> None:
        """The server is going away: wake everyone, and let nobody wait again."""
        self._muted = True
        self.notify_all()

    async def wait(self, timeout_s: float | None) -> bool:
        """True when it rang, False when the time ran out or the bell is mute."""
        if self._muted:
            return False
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=timeout_s)
            return future.done() and not self._muted
        finally:
            self._waiting.discard(future)
            future.cancel()
