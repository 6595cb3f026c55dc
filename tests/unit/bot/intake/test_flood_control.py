"""How much one person may send before the bot asks them to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.intake.flood_control import Flood, FloodSettings, Ruling

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
LAN, BAO = b"lan", b"bao"


@pytest.fixture
def flood() -> Flood:
    return Flood(FloodSettings(burst=30, per_second=2.0))


def sends(flood: Flood, count: int, *, after_s: float = 0.0, who: bytes = LAN) -> list[Ruling]:
    return [flood.judge(who, NOON + timedelta(seconds=after_s)) for _ in range(count)]


def test_a_burst_is_answered_whole(flood: Flood) -> None:
    assert set(sends(flood, 30)) == {Ruling.ANSWER}


def test_one_more_than_a_burst_is_told_to_wait(flood: Flood) -> None:
    assert sends(flood, 31)[-1] is Ruling.TELL


def test_a_thousand_messages_get_one_kind_notice(flood: Flood) -> None:
    rulings = sends(flood, 1000)
    assert [rulings.count(r) for r in (Ruling.ANSWER, Ruling.TELL, Ruling.LEAVE)] == [30, 1, 969]


def test_the_same_thousand_over_five_minutes_get_one_notice_too(flood: Flood) -> None:
    rulings = [flood.judge(LAN, NOON + timedelta(seconds=0.3 * n)) for n in range(1000)]
    assert rulings.count(Ruling.TELL) == 1


def test_nobody_else_is_asked_to_wait(flood: Flood) -> None:
    sends(flood, 1000)
    assert set(sends(flood, 30, who=BAO)) == {Ruling.ANSWER}


def test_whoever_wrote_too_much_is_answered_again_after_a_short_rest(flood: Flood) -> None:
    sends(flood, 1000)
    assert sends(flood, 1, after_s=10) == [Ruling.LEAVE]
    assert sends(flood, 1, after_s=11.5) == [Ruling.ANSWER]


def test_a_minutes_rest_makes_everything_good(flood: Flood) -> None:
    sends(flood, 1000)
    assert set(sends(flood, 30, after_s=60)) == {Ruling.ANSWER}
    assert sends(flood, 1, after_s=60) == [Ruling.TELL]


def test_who_sends_steadily_at_the_rate_is_never_asked_to_wait(flood: Flood) -> None:
    rulings = [flood.judge(LAN, NOON + timedelta(seconds=n / 2)) for n in range(1000)]
    assert set(rulings) == {Ruling.ANSWER}


def test_a_clock_that_goes_back_gives_nothing(flood: Flood) -> None:
    sends(flood, 31, after_s=60)
    assert sends(flood, 1, after_s=0) == [Ruling.LEAVE]
    assert sends(flood, 1, after_s=60) == [Ruling.LEAVE]


def test_the_mail_of_an_hour_without_the_bot_is_no_flood(flood: Flood) -> None:
    rulings = [flood.judge(LAN, NOON + timedelta(minutes=n)) for n in range(60)]
    assert set(rulings) == {Ruling.ANSWER}
