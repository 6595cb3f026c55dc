"""Delays between retries: doubled up to a cap, within a time, and spread by jitter."""

from itertools import islice

import pytest

from storage.database.backoff import Backoff, with_jitter


def test_delays_double_up_to_the_cap() -> None:
    assert list(islice(Backoff(0.5, 3.0).delays(), 5)) == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_after_very_many_failures_the_delay_is_still_the_cap() -> None:
    assert Backoff(0.1, 30.0).delay_s(100_000) == 30.0


def test_delays_within_a_time_end_before_their_sum_reaches_it() -> None:
    assert list(Backoff(0.5, 60.0).delays_within(60.0)) == [0.5, 1, 2, 4, 8, 16]
    assert list(Backoff(1.0, 60.0).delays_within(3.0)) == [1.0]


@pytest.mark.parametrize(("given", "kept"), [(0.0, 2.0), (40.0, 40.0), (900.0, 300.0)])
def test_a_delay_from_elsewhere_is_kept_between_the_first_and_the_cap(
    given: float, kept: float
) -> None:
    assert Backoff(2.0, 300.0).capped(given) == kept


@pytest.mark.parametrize(("random", "delay_s"), [(0.0, 5.0), (0.5, 7.5), (1.0, 10.0)])
def test_jitter_leaves_between_half_and_all_of_a_delay(random: float, delay_s: float) -> None:
    assert with_jitter(10.0, lambda: random) == delay_s
