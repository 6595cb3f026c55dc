"""The calls that an account may make in one minute."""

import pytest

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.call_limit import CallLimit
from bot.sandbox.official_account.settings import OaSettings
from bot.sandbox.transport import OaError


def test_a_minute_has_so_many_calls_and_the_next_as_many_again() -> None:
    clock = Clock(real_now=lambda: 1_796_000_400.0)
    limit = CallLimit(clock, OaSettings(calls_per_minute=2))
    remain = []
    for _ in range(2):
        limit.count()
        remain.append(limit.headers()["X-RateLimit-Remain"])
    with pytest.raises(OaError) as refused:
        limit.count()
    assert (remain, refused.value.code) == (["1", "0"], -32)
    clock.advance(59)
    with pytest.raises(OaError):
        limit.count()
    clock.advance(1)
    limit.count()
    assert limit.headers() == {"X-RateLimit-Limit": "2", "X-RateLimit-Remain": "1"}


def test_zero_means_no_limit() -> None:
    limit = CallLimit(Clock(), OaSettings(calls_per_minute=0))
    for _ in range(5):
        limit.count()
    assert limit.headers() == {}
