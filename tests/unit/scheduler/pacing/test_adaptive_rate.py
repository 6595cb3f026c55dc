"""The messenger's own limits are used to the full and not broken, over thousands of sends.

In the long runs over a hundred thousand.
"""

import asyncio
from collections import deque
from collections.abc import Iterator

import pytest

from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.models import Lane
from tests.support.manual_clock import SimulatedTime

FEW, SENDS = 5_000, 100_000
SIDE_BY_SIDE = 10
CEILING = 25
REST_S = 5.0


class Telegram(SimulatedTime):
    """Its windows: so many messages in any second, and one a second in each chat."""

    def __init__(self, permits: int) -> None:
        super().__init__()
        self.accepted = 0
        self.refused = 0
        self._last: deque[float] = deque(maxlen=permits)
        self._chats: dict[str, float] = {}
        self._rests_until = 0.0

    def takes(self, chat: str) -> bool:
        """Whether this message is within its limits; else it asks for rest."""
        full = len(self._last) == self._last.maxlen and self.seconds < self._last[0] + 1.0
        again = self.seconds < self._chats.get(chat, 0.0) + 1.0
        if full or again or self.seconds < self._rests_until:
            self.refused += 1
            self._rests_until = max(self._rests_until, self.seconds + REST_S)
            return False
        self._last.append(self.seconds)
        self._chats[chat] = self.seconds
        self.accepted += 1
        return True


async def broadcast(telegram: Telegram, pace: RateLimiter, sends: int) -> float:
    """Everybody gets two messages, one after the other; returns how many arrived a second."""
    begin = telegram.seconds
    chats = iter(str(number % (sends // 2)) for number in range(sends))
    async with asyncio.TaskGroup() as group:
        for _ in range(SIDE_BY_SIDE):
            group.create_task(_send_each(telegram, pace, chats))
    return sends / (telegram.seconds - begin)


async def _send_each(telegram: Telegram, pace: RateLimiter, chats: Iterator[str]) -> None:
    for chat in chats:
        await pace.acquire(Lane.ANNOUNCEMENT, chat)
        while not telegram.takes(chat):
            pace.halt(REST_S)
            await pace.acquire(Lane.ANNOUNCEMENT, chat)


def pace_at(telegram: Telegram) -> RateLimiter:
    return RateLimiter(PaceSettings(per_second=CEILING), telegram, telegram.sleep)


@pytest.mark.parametrize(
    "sends", [FEW, pytest.param(SENDS, marks=[pytest.mark.torture, pytest.mark.timeout(600)])]
)
async def test_no_window_is_exceeded_and_nearly_all_that_is_permitted_is_used(sends: int) -> None:
    telegram = Telegram(permits=CEILING)
    a_second = await broadcast(telegram, pace_at(telegram), sends)
    assert (telegram.accepted, telegram.refused) == (sends, 0)
    assert a_second >= 0.98 * CEILING


async def test_a_messenger_that_bears_less_is_found_out_and_seldom_provoked() -> None:
    telegram = Telegram(permits=20)
    a_second = await broadcast(telegram, pace_at(telegram), FEW)
    assert 0 < telegram.refused <= FEW / 1000
    assert a_second >= 0.8 * 20


async def test_one_request_for_rest_slows_down_once_and_quiet_brings_the_pace_back() -> None:
    telegram = Telegram(permits=CEILING)
    pace = pace_at(telegram)
    for _ in range(CEILING):
        pace.halt(REST_S)
    assert pace.allowance(1) == 18
    telegram.seconds += REST_S + 29.9
    assert pace.allowance(1) == 18
    telegram.seconds += 0.2
    assert pace.allowance(1) == 19
    telegram.seconds += 3600
    assert pace.adaptive_rate == pace.rate == CEILING


async def test_the_pace_never_falls_below_one_message_a_second() -> None:
    telegram = Telegram(permits=1)
    pace = pace_at(telegram)
    for _ in range(50):
        pace.halt(REST_S)
        telegram.seconds += REST_S
    assert pace.adaptive_rate == pace.rate == 1
