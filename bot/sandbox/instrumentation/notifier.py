"""Wakes waiting tasks when something changes: a condition without a lock."""

import asyncio


class Notifier:
    """Wakes all tasks that wait now; a task that waits later waits for the next call."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._muted = False

    def notify_all(self) -> None:
        """Wakes all waiting tasks."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    def mute(self) -> None:
        """Shuts down: wakes all tasks, and lets later waits return False at once."""
        self._muted = True
        self.notify_all()

    async def wait(self, timeout_s: float | None) -> bool:
        """True when notified; False after `timeout_s` seconds or once muted."""
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
