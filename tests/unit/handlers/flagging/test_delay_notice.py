"""Whoever flagged a case hears once that its deadline has passed, and nobody sees whose flag it was."""

from datetime import timedelta

from handlers.flagging.delay_notice import send_delay_notices
from handlers.views.verdict import day_of
from storage.cases import flags
from tests.support.case_actions import decided, flag, opened, the_cases
from tests.support.club import ClubInATest, Phone
from tests.support.pending_notices import waiting_for

OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"
TO_SEVEN_TWO_DAYS_LATER = timedelta(hours=46)
"""From 9:00 to 7:00, when officers are reminded, of the day after the deadline of one day."""
SECOND = timedelta(seconds=1)


async def told(club: ClubInATest) -> int:
    async with club.store.write() as tx:
        return await send_delay_notices(tx, club.settings)


async def notices_of(phone: Phone) -> list[str]:
    return [one.text for one in await waiting_for(phone) if "cần thêm thời gian" in one.text]


async def test_the_deadline_has_to_pass_before_anybody_is_told_and_then_once(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await flag(lan)
    club.clock.advance(seconds=(TO_SEVEN_TWO_DAYS_LATER - SECOND).total_seconds())
    assert await told(club) == 0
    club.clock.advance(seconds=1)
    assert await told(club) == 1
    assert await told(club) == 0
    club.clock.advance(days=30)
    assert await told(club) == 0
    (case,) = await the_cases(club)
    (notice,) = await notices_of(lan)
    assert case.code in notice
    assert "đừng chuyển tiếp" in notice


async def test_on_the_last_day_itself_nobody_is_told(club: ClubInATest) -> None:
    await flag(await club.member("Lan"))
    club.clock.advance(hours=38, minutes=59)  # 23:59 of the last day
    assert await told(club) == 0


async def test_what_one_member_waits_for_comes_as_one_message(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa", language="en")
    await flag(lan)
    await flag(lan, OTHER)
    await flag(hoa)
    club.clock.advance(days=3)
    assert await told(club) == 2
    first, second = await the_cases(club)
    (notice,) = await notices_of(lan)
    assert first.code in notice
    assert second.code in notice
    (english,) = [one.text for one in await waiting_for(hoa) if first.code in one.text]
    assert "needs more time" in english


async def test_who_flags_after_the_deadline_is_told_on_a_later_day_never_on_that_of_the_flag(
    club: ClubInATest,
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    club.clock.advance(days=4)
    assert await told(club) == 1
    await flag(hoa)
    club.clock.advance(hours=14, minutes=59)  # 23:59
    assert await told(club) == 0
    club.clock.advance(hours=7)  # 6:59
    assert await told(club) == 0
    club.clock.advance(minutes=1)
    assert await told(club) == 1
    assert len(await notices_of(hoa)) == len(await notices_of(lan)) == 1


async def test_a_verdict_or_a_stop_means_that_nothing_is_said_of_a_delay(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = await decided(minh, club)
    await flag(hoa, OTHER)
    await hoa.says("/ngungnhan")
    await opened(minh, code)
    await minh.presses("Xem xét lại")  # reopened: it has a verdict all the same
    club.clock.advance(days=4)
    assert await told(club) == 0


async def test_a_notice_is_queued_with_the_mark_that_it_was_or_not_at_all(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await flag(lan)
    club.clock.advance(days=3)
    async with club.store.write() as tx:
        today = day_of(club.clock.now(), club.settings)
        deadlines = club.settings.deadlines.by_category
        assert len(await flags.claim_delayed(tx, deadlines, today)) == 1
        await tx.session.rollback()
    assert await told(club) == 1
    assert len(await notices_of(lan)) == 1
