"""A clock that only moves when somebody sleeps on it."""

import asyncio

_TURNS = 4


class SleptTime:
    """Monotonic seconds. Whoever sleeps moves them on; nothing really waits."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        # Whoever was woken before does what they were woken for at this moment, not after the sleep.
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self.seconds += max(seconds, 0.0)
