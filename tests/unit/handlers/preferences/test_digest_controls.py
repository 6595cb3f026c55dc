"""A digest can be had otherwise, rested or stopped in one tap from the digest itself."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.preferences.pages import EVERY_DAY, ONCE_A_WEEK
from handlers.reports.member_digest import Issue, digest_message
from handlers.views.announcement import Content
from storage.members import members
from storage.models import Purpose, Schedule
from tests.support import SETTINGS, ClubInATest, Phone
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)
NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


def digest(phone: Phone, *, daily: bool = True) -> None:
    """A digest in the member's chat."""
    issue = Issue(((numbered(1), Content(title="Ngày bầu cử")),), ())
    phone.gets(digest_message(issue, NOW, VI, daily=daily))


async def wants(phone: Phone) -> bool:
    return Purpose.DIGEST in await phone.club.in_read(members.agreed, phone.member_id)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    phone = await club.member("Lan")
    digest(phone)
    return phone


async def test_it_comes_weekly_or_daily_again(lan: Phone) -> None:
    await lan.presses("Hằng tuần")
    assert (await lan.member()).digest_days == ONCE_A_WEEK
    assert "mỗi Chủ Nhật, 19:30" in lan.last
    digest(lan, daily=False)
    await lan.presses("Hằng ngày")
    assert (await lan.member()).digest_days == EVERY_DAY
    days = await lan.club.rows(select(Schedule.days))
    assert sorted(days) == [ONCE_A_WEEK, EVERY_DAY], "somebody wakes up at either"


async def test_it_rests_for_a_week_and_the_rest_can_be_ended(lan: Phone) -> None:
    await lan.presses("Tạm ngừng một tuần")
    assert (await lan.member()).digest_paused_until == lan.club.clock.now() + timedelta(days=7)
    assert await wants(lan)
    await lan.says("/caidat")
    assert "tạm ngừng đến Thứ Ba 17/3/2026" in lan.last
    await lan.presses("Ngày giờ nhận bản tin", "Nhận lại bản tin")
    assert (await lan.member()).digest_paused_until is None


async def test_a_rest_that_is_over_is_not_spoken_of(lan: Phone) -> None:
    await lan.presses("Tạm ngừng một tuần")
    lan.club.clock.advance(days=7)
    await lan.says("/caidat")
    assert "tạm ngừng" not in lan.last


async def test_it_stops_at_once_and_nothing_else_does(lan: Phone) -> None:
    await lan.presses("Ngừng bản tin")
    assert not await wants(lan)
    assert Purpose.ANNOUNCEMENTS in await lan.club.in_read(members.agreed, lan.member_id)
    await lan.presses("Nhận lại bản tin")
    assert await wants(lan)


async def test_the_digest_stays_to_be_read(lan: Phone) -> None:
    (shown,) = lan.messages.values()
    for label in ("Hằng tuần", "Tạm ngừng một tuần", "Ngừng bản tin", "Chọn ngày, giờ"):
        digest(lan)
        await lan.presses(label)
    assert next(iter(lan.messages.values())) == shown


async def test_a_button_can_be_a_command_with_the_commands_own_guard(
    minh: Phone, lan: Phone
) -> None:
    await minh.presses_action("/choduyet")
    assert minh.last
    assert minh.toasts == []
    await lan.presses_action("/choduyet")
    assert lan.toasts == [VI.plain("command-not-yours")]
