"""A monotonic clock that moves only by its own `sleep`."""

import asyncio

_TURNS = 4


class SimulatedTime:
    """Monotonic seconds. `sleep` moves them on and does not wait."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Moves the clock on, after other tasks have run."""
        # Tasks that were woken before run at this time, not after the sleep.
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self.seconds += max(seconds, 0.0)
