"""What can wait until morning waits; what is urgent or was asked for does not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.members import members
from storage.models import DeliveryState, Lane
from storage.outbox import deliveries, quiet_hours
from storage.outbox.deliveries import Claimed
from storage.outbox.quiet_hours import QuietHours
from tests.support import LEASE, MESSENGER, ClubInATest, Outbox, Phone, in_write

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = QuietHours(21 * 60 + 30, 6 * 60 + 30, VIETNAM)


def at(hour: int, minute: int = 0, *, second: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=VIETNAM)


@dataclass
class Sleepy(Outbox):
    """An outbox that knows of the club's quiet hours."""

    night: QuietHours = NIGHT

    async def lanes(self) -> list[Lane]:
        """The lanes of what may be claimed now."""
        term = await self.term()
        rows = await in_write(
            self.store,
            deliveries.claim,
            term,
            messenger=MESSENGER,
            limit=100,
            lease=LEASE,
            night=self.night,
        )
        return [Lane(row.lane) for row in rows]

    async def begins(self, row: Claimed) -> bool:
        """Whether what was claimed may be sent now."""
        term = await self.term()
        going = await in_write(
            self.store,
            deliveries.mark_sending,
            term,
            [row],
            messenger=MESSENGER,
            lease=LEASE,
            night=self.night,
        )
        return bool(going)


@pytest.fixture
def box(club: ClubInATest) -> Sleepy:
    return Sleepy(club.store)


async def set_quiet(club: ClubInATest, member_id: int, begins: int | None, ends: int) -> None:
    async with club.store.write() as tx:
        member = await members.get(tx, member_id)
        member.quiet_from, member.quiet_until = begins, ends
        await quiet_hours.reschedule_deferred(tx, member_id)


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        (at(21, 29, second=59), False),
        (at(21, 30), True),
        (at(23, 59), True),
        (at(0, 0), True),
        (at(6, 29, second=59), True),
        (at(6, 30), False),
        (at(12), False),
    ],
)
def test_the_night_holds_from_its_first_minute_to_the_last(
    moment: datetime, is_quiet: bool
) -> None:
    assert NIGHT.hold_at(moment) is is_quiet


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (at(21, 29), at(21, 29)),
        (at(21, 30), at(6, 30, day=11)),
        (at(0, 5), at(6, 30)),
        (at(6, 30), at(6, 30)),
    ],
)
def test_what_comes_at_night_comes_in_the_morning(moment: datetime, morning: datetime) -> None:
    assert NIGHT.end_after(moment.astimezone(UTC)) == morning


def test_quiet_hours_may_lie_within_one_day() -> None:
    siesta = QuietHours(12 * 60, 13 * 60, VIETNAM)
    assert [siesta.hold_at(at(hour)) for hour in (11, 12, 13)] == [False, True, False]


def test_hours_that_begin_when_they_end_are_none() -> None:
    assert not any(QuietHours(60, 60, VIETNAM).hold_at(at(hour)) for hour in range(24))


async def test_at_night_only_the_urgent_and_the_asked_for_go_out(
    club: ClubInATest, box: Sleepy, lan: Phone
) -> None:
    for lane in Lane:
        await box.mail(lan.member_id, lane=lane)
    club.clock.advance(hours=12, minutes=30)
    assert await box.lanes() == [Lane.MISSED, Lane.NOTICE, Lane.CORRECTION, Lane.URGENT]
    club.clock.advance(hours=9)
    assert await box.lanes() == [Lane.VERDICT, Lane.REMINDER, Lane.ANNOUNCEMENT, Lane.DIGEST]


async def test_what_was_claimed_before_the_night_began_waits_all_the_same(
    club: ClubInATest, box: Sleepy, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    club.clock.advance(hours=12, minutes=29, seconds=59)
    (row,) = await box.claim()
    club.clock.advance(seconds=1)
    assert not await box.begins(row)
    assert await box.states() == [DeliveryState.QUEUED]


async def test_a_members_own_quiet_hours_hold_their_copies_alone(
    club: ClubInATest, box: Sleepy, lan: Phone, hoa: Phone
) -> None:
    await set_quiet(club, lan.member_id, 8 * 60, 10 * 60)
    await box.mail(lan.member_id, hoa.member_id)
    await box.mail(lan.member_id, lane=Lane.URGENT)
    await box.mail(lan.member_id, lane=Lane.NOTICE)
    assert await box.lanes() == [Lane.NOTICE, Lane.URGENT, Lane.ANNOUNCEMENT]
    assert await box.lanes() == []
    club.clock.advance(minutes=59, seconds=59)
    assert await box.lanes() == []
    club.clock.advance(seconds=1)
    assert await box.lanes() == [Lane.ANNOUNCEMENT]


async def test_quiet_hours_over_midnight_hold_on_both_sides_of_it(
    club: ClubInATest, box: Sleepy
) -> None:
    box.night = QuietHours(0, 0, VIETNAM)
    lan = await club.member("Lan")
    await set_quiet(club, lan.member_id, 20 * 60, 8 * 60)
    club.clock.advance(hours=11)  # 20:00
    await box.mail(lan.member_id)
    assert await box.lanes() == []
    assert [row.not_before for row in await box.rows()] == [at(8, day=11)]
    await box.mail(lan.member_id)
    club.clock.advance(hours=11, minutes=59)
    assert await box.lanes() == []
    club.clock.advance(minutes=1)
    assert await box.lanes() == [Lane.ANNOUNCEMENT] * 2


async def test_who_drops_their_quiet_hours_gets_at_once_what_waited_for_their_end(
    club: ClubInATest, box: Sleepy, lan: Phone, hoa: Phone
) -> None:
    for phone in (lan, hoa):
        await set_quiet(club, phone.member_id, 8 * 60, 10 * 60)
    await box.mail(lan.member_id, hoa.member_id)
    assert await box.lanes() == []
    await set_quiet(club, lan.member_id, None, 0)
    assert await box.lanes() == [Lane.ANNOUNCEMENT]


async def test_who_drops_their_quiet_hours_does_not_hurry_what_waits_for_another_try(
    club: ClubInATest, box: Sleepy, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await box.begin(row)
    again = club.clock.now() + timedelta(hours=1)
    state = DeliveryState.QUEUED
    await box.record(deliveries.Result(row.id, state, reason="ServerError", not_before=again))
    await set_quiet(club, lan.member_id, None, 0)
    assert [row.not_before for row in await box.rows()] == [again]


async def test_what_is_urgent_goes_although_a_member_chose_quiet_hours_after_it_was_claimed(
    club: ClubInATest, box: Sleepy, lan: Phone
) -> None:
    await box.mail(lan.member_id, lane=Lane.URGENT)
    (row,) = await box.claim()
    await set_quiet(club, lan.member_id, 8 * 60, 10 * 60)
    assert await box.begins(row)


async def test_what_was_claimed_before_a_member_chose_quiet_hours_waits_for_their_end(
    club: ClubInATest, box: Sleepy, lan: Phone
) -> None:
    await box.mail(lan.member_id)
    (row,) = await box.claim()
    await set_quiet(club, lan.member_id, 8 * 60, 10 * 60)
    assert not await box.begins(row)
