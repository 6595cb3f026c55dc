"""How much one person may send before the bot asks them to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.intake.flood_control import FloodControl, FloodSettings, FloodVerdict

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
LAN, BAO = b"lan", b"bao"


@pytest.fixture
def flood() -> FloodControl:
    return FloodControl(FloodSettings(burst=30, per_second=2.0))


def sends(
    flood: FloodControl, count: int, *, after_s: float = 0.0, who: bytes = LAN
) -> list[FloodVerdict]:
    return [flood.check(who, NOON + timedelta(seconds=after_s)) for _ in range(count)]


def test_a_burst_is_answered_whole(flood: FloodControl) -> None:
    assert set(sends(flood, 30)) == {FloodVerdict.ALLOW}


def test_one_more_than_a_burst_is_told_to_wait(flood: FloodControl) -> None:
    assert sends(flood, 31)[-1] is FloodVerdict.WARN


def test_a_thousand_messages_get_one_kind_notice(flood: FloodControl) -> None:
    rulings = sends(flood, 1000)
    assert [
        rulings.count(r) for r in (FloodVerdict.ALLOW, FloodVerdict.WARN, FloodVerdict.DROP)
    ] == [30, 1, 969]


def test_the_same_thousand_over_five_minutes_get_one_notice_too(flood: FloodControl) -> None:
    rulings = [flood.check(LAN, NOON + timedelta(seconds=0.3 * n)) for n in range(1000)]
    assert rulings.count(FloodVerdict.WARN) == 1


def test_nobody_else_is_asked_to_wait(flood: FloodControl) -> None:
    sends(flood, 1000)
    assert set(sends(flood, 30, who=BAO)) == {FloodVerdict.ALLOW}


def test_whoever_wrote_too_much_is_answered_again_after_a_short_rest(flood: FloodControl) -> None:
    sends(flood, 1000)
    assert sends(flood, 1, after_s=10) == [FloodVerdict.DROP]
    assert sends(flood, 1, after_s=11.5) == [FloodVerdict.ALLOW]


def test_a_minutes_rest_makes_everything_good(flood: FloodControl) -> None:
    sends(flood, 1000)
    assert set(sends(flood, 30, after_s=60)) == {FloodVerdict.ALLOW}
    assert sends(flood, 1, after_s=60) == [FloodVerdict.WARN]


def test_who_sends_steadily_at_the_rate_is_never_asked_to_wait(flood: FloodControl) -> None:
    rulings = [flood.check(LAN, NOON + timedelta(seconds=n / 2)) for n in range(1000)]
    assert set(rulings) == {FloodVerdict.ALLOW}


def test_a_clock_that_goes_back_gives_nothing(flood: FloodControl) -> None:
    sends(flood, 31, after_s=60)
    assert sends(flood, 1, after_s=0) == [FloodVerdict.DROP]
    assert sends(flood, 1, after_s=60) == [FloodVerdict.DROP]


def test_the_mail_of_an_hour_without_the_bot_is_no_flood(flood: FloodControl) -> None:
    rulings = [flood.check(LAN, NOON + timedelta(minutes=n)) for n in range(60)]
    assert set(rulings) == {FloodVerdict.ALLOW}
