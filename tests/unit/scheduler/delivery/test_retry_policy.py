"""How long a delivery waits for its next try."""

from datetime import timedelta

import pytest

from handlers.messages import MessengerError, ServerError, Unreachable
from scheduler.delivery.retry_policy import RetryPolicy
from scheduler.settings import DeliverySettings
from storage.outbox.deliveries import Claimed
from tests.support import ManualClock

NOW = ManualClock().now()


def wait_s(
    error: MessengerError, *, chance: float = 1.0, attempts: int = 0, down_for_s: float = 0.0
) -> float:
    row = Claimed(1, 1, 1, 40, attempts, "vi", 1, "7")
    judge = RetryPolicy(DeliverySettings(), random=lambda: chance)
    at = judge.failed(row, error, NOW, down_for_s=down_for_s).not_before
    assert at is not None
    return (at - NOW) / timedelta(seconds=1)


@pytest.mark.parametrize(
    ("down_for_s", "waits_s"), [(0, 2), (2, 2), (3, 3), (60, 60), (300, 300), (301, 300)]
)
def test_the_longer_the_messenger_is_out_of_reach_the_longer_it_waits(
    down_for_s: float, waits_s: float
) -> None:
    assert wait_s(Unreachable(), down_for_s=down_for_s) == waits_s


@pytest.mark.parametrize(("attempts", "waits_s"), [(0, 4), (1, 8), (2, 16), (3, 32)])
def test_a_failing_server_is_left_alone_twice_as_long_each_time(
    attempts: int, waits_s: float
) -> None:
    assert wait_s(ServerError(), attempts=attempts) == waits_s


@pytest.mark.parametrize("error", [Unreachable(), ServerError()])
def test_a_crowd_does_not_come_back_at_once(error: MessengerError) -> None:
    """Each waits between half the time and all of it."""
    whole = wait_s(error)
    assert wait_s(error, chance=0.0) == whole / 2
    assert wait_s(error, chance=0.5) == whole * 0.75
