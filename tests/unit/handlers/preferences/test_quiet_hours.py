"""A member's own quiet hours: chosen in one tap or typed, and taken back as easily."""

import unicodedata

import pytest

from storage.members import members
from tests.support import ClubInATest, Outbox, Phone


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    return await club.member("Lan")


async def hours(lan: Phone) -> tuple[int | None, int | None]:
    member = await lan.member()
    return member.quiet_from, member.quiet_until


async def test_the_clubs_hours_are_said_and_hold_until_others_are_chosen(lan: Phone) -> None:
    await lan.says("/caidat")
    assert "21:30–6:30" in lan.last
    assert await hours(lan) == (None, None)
    await lan.presses("Giờ yên lặng", "20:00–7:00")
    assert await hours(lan) == (20 * 60, 7 * 60)
    await lan.says("/caidat")
    assert "20:00–7:00" in lan.last
    await lan.presses("Giờ yên lặng", "Theo giờ của câu lạc bộ")
    assert await hours(lan) == (None, None)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20h-7h", (1200, 420)),
        ("từ 20h đến 7h30", (1200, 450)),
        (unicodedata.normalize("NFD", "từ 20h đến 7h30"), (1200, 450)),
        ("9 giờ tối – 8 giờ sáng", (1260, 480)),
        ("12:00 to 13:00", (720, 780)),
    ],
)
async def test_hours_are_read_as_people_type_them(
    lan: Phone, typed: str, read: tuple[int, int]
) -> None:
    await lan.presses_action("set-other-quiet:settings")
    await lan.says(typed)
    assert await hours(lan) == read


@pytest.mark.parametrize("typed", ["20h", "20h-20h", "25h-7h", "lúc nào cũng được", "1h-2h-3h"])
async def test_what_is_no_stretch_of_the_day_says_how_to_write_it(lan: Phone, typed: str) -> None:
    await lan.presses_action("set-other-quiet:settings")
    await lan.says(typed)
    assert "20h-7h" in lan.last
    assert await hours(lan) == (None, None)


@pytest.mark.parametrize("action", ["set-quiet:settings:1440:60", "set-quiet:settings:60"])
async def test_a_forged_hour_changes_nothing(lan: Phone, action: str) -> None:
    await lan.presses_action(action)
    assert await hours(lan) == (None, None)


async def test_what_waits_is_looked_at_anew_when_they_change(
    club: ClubInATest, lan: Phone, box: Outbox
) -> None:
    await box.mail(lan.member_id)
    async with club.store.write() as tx:
        (row,) = await box.rows()
        kept = await tx.session.merge(row)
        kept.not_before = later = row.not_before.replace(hour=20)
    await lan.presses_action("set-quiet:settings")
    (row,) = await box.rows()
    assert row.not_before < later


@pytest.mark.parametrize(
    ("digest_at", "own", "comes_at"),
    [
        (21 * 60, None, ""),
        (21 * 60 + 30, None, "6:30"),
        (6 * 60 + 30, None, ""),
        (21 * 60, (20 * 60, 7 * 60), "7:00"),
        (22 * 60, (20 * 60, 7 * 60), "7:00"),
    ],
)
async def test_a_digest_whose_hour_is_quiet_is_pointed_out(
    club: ClubInATest, lan: Phone, digest_at: int, own: tuple[int, int] | None, comes_at: str
) -> None:
    async with club.store.write() as tx:
        member = await members.get(tx, lan.member_id)
        member.digest_days, member.digest_minute = 127, digest_at
        member.quiet_from, member.quiet_until = own or (None, None)
    await lan.presses_action("set-page:settings:digest")
    assert ("🌙" in lan.last) is bool(comes_at)
    assert comes_at in lan.last
