"""What comes round by itself comes exactly once, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from storage import schedules
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.models import Schedule, ScheduleKind, Slot, SlotOutcome
from storage.schedules import EVERY_DAY, next_due
from tests.support import ManualClock, in_read, in_write, rows_of

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY, FRIDAY = 1 << 1, 1 << 4
NINE = 9 * 60
KIND = ScheduleKind.MEMBER_DIGEST


def local(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]


def test_the_next_time_is_later_today_when_the_hour_is_still_to_come() -> None:
    after = local(VIETNAM, 2026, 3, 10, 8, 59)
    assert next_due(after, NINE, EVERY_DAY, VIETNAM) == local(VIETNAM, 2026, 3, 10, 9, 0)


def test_the_present_moment_is_not_the_next_time() -> None:
    nine = local(VIETNAM, 2026, 3, 10, 9, 0)
    assert next_due(nine, NINE, EVERY_DAY, VIETNAM) == nine + timedelta(days=1)
    assert next_due(nine - timedelta(microseconds=1), NINE, EVERY_DAY, VIETNAM) == nine


def test_only_the_chosen_days_count() -> None:
    after = local(VIETNAM, 2026, 3, 10, 9, 0)  # a Tuesday
    assert next_due(after, NINE, FRIDAY, VIETNAM) == local(VIETNAM, 2026, 3, 13, 9, 0)
    assert next_due(after, NINE, TUESDAY, VIETNAM) == local(VIETNAM, 2026, 3, 17, 9, 0)


@pytest.mark.parametrize(("minute", "days"), [(-1, 1), (24 * 60, 1), (0, 0), (0, EVERY_DAY + 1)])
def test_a_schedule_that_cannot_be_is_refused(minute: int, days: int) -> None:
    with pytest.raises(ValueError, match="no such schedule"):
        next_due(datetime(2026, 3, 10, tzinfo=UTC), minute, days, VIETNAM)


@pytest.mark.parametrize("minute", [0, 24 * 60 - 1])
def test_the_first_and_the_last_minute_of_the_day_are_minutes(minute: int) -> None:
    after = local(VIETNAM, 2026, 3, 10, 12, 0)
    due = next_due(after, minute, EVERY_DAY, VIETNAM).astimezone(VIETNAM)
    assert due.hour * 60 + due.minute == minute


def test_an_hour_that_the_clocks_skip_comes_right_after_the_gap() -> None:
    due = next_due(local(BERLIN, 2026, 3, 28, 12, 0), 2 * 60 + 30, EVERY_DAY, BERLIN)
    assert due == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert due.astimezone(BERLIN).hour == 3


def test_a_day_that_the_clocks_skip_keeps_its_time() -> None:
    apia = ZoneInfo("Pacific/Apia")  # which had no Friday 30 December 2011
    after = datetime(2011, 12, 30, 10, 30, tzinfo=UTC)
    assert after.astimezone(apia).day == 31
    assert next_due(after, NINE, FRIDAY, apia) == datetime(2011, 12, 30, 19, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_counts_once() -> None:
    first = next_due(local(BERLIN, 2026, 10, 24, 12, 0), 2 * 60 + 30, EVERY_DAY, BERLIN)
    second = next_due(first, 2 * 60 + 30, EVERY_DAY, BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    minute=st.integers(0, 24 * 60 - 1),
    days=st.integers(1, EVERY_DAY),
    start=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    zone=st.sampled_from([VIETNAM, BERLIN, ZoneInfo("America/New_York")]),
)
def test_every_chosen_day_has_exactly_one_due_time(
    minute: int, days: int, start: date, zone: ZoneInfo
) -> None:
    moment = datetime(start.year, start.month, start.day, tzinfo=zone).astimezone(UTC)
    moment -= timedelta(microseconds=1)
    found = []
    for _ in range(14):
        moment = next_due(moment, minute, days, zone)
        found.append(moment.astimezone(zone).date())
    expected = [start + timedelta(days=n) for n in range(14 * 7 + 1)]
    assert found == [day for day in expected if days >> day.weekday() & 1][:14]


async def test_members_who_chose_the_same_hour_share_one_schedule(store: Store) -> None:
    for _ in range(2):
        await in_write(store, schedules.ensure, KIND, minute=NINE, days=TUESDAY, timezone=VIETNAM)
    assert len(await rows_of(store, select(Schedule))) == 1


async def test_a_due_time_is_taken_once(store: Store, clock: ManualClock, number: int) -> None:
    clock.advance(hours=24)
    assert await in_write(store, schedules.take, number, VIETNAM) is not None
    async with store.write() as tx:
        assert await schedules.take(tx, number, VIETNAM) is None
        assert await schedules.due(tx, KIND) == []


async def test_a_time_taken_before_the_clock_was_set_back_is_not_taken_again(
    store: Store, clock: ManualClock, number: int
) -> None:
    clock.advance(hours=24)
    await in_write(store, schedules.take, number, VIETNAM)
    clock.advance(hours=-1)
    for _ in range(2):
        assert await in_write(store, schedules.take, number, VIETNAM) is None
        clock.advance(hours=1)


async def test_a_slot_that_exists_is_not_taken_again_even_if_the_schedule_says_so(
    store: Store, clock: ManualClock, number: int
) -> None:
    clock.advance(hours=24)
    async with store.write() as tx:
        taken = await schedules.take(tx, number, VIETNAM)
        assert taken is not None
        taken[0].next_due_at = taken[1].due_at
    assert await in_write(store, schedules.take, number, VIETNAM) is None


async def test_after_days_of_silence_the_latest_time_is_taken_and_the_others_are_skipped(
    store: Store, clock: ManualClock, number: int
) -> None:
    clock.advance(days=4, hours=1)
    async with store.write() as tx:
        taken = await schedules.take(tx, number, VIETNAM)
        assert taken is not None
        assert taken[1].due_at == clock.now() - timedelta(hours=1)
        assert taken[0].next_due_at == clock.now() + timedelta(hours=23)
        outcomes = (await tx.session.exec(select(Slot.outcome).order_by(col(Slot.due_at)))).all()
    assert outcomes == [*3 * [SlotOutcome.SKIPPED], SlotOutcome.UNDER_WAY]
    skipped = await in_read(store, schedules.skipped_since, KIND, clock.now() - timedelta(days=3))
    assert skipped == [clock.now() - timedelta(days=n, hours=1) for n in (2, 1)]


async def test_what_is_under_way_is_taken_up_until_it_is_done(
    store: Store, clock: ManualClock, number: int
) -> None:
    clock.advance(hours=24)
    taken = await in_write(store, schedules.take, number, VIETNAM)
    assert taken is not None
    slot_id = id_of(taken[1])
    async with store.write() as tx:
        assert await schedules.under_way(tx, KIND) == [slot_id]
        locked = await schedules.lock(tx, slot_id)
        assert locked is not None
        locked[1].outcome = SlotOutcome.SENT
    async with store.write() as tx:
        assert await schedules.under_way(tx, KIND) == []
        assert await schedules.lock(tx, slot_id) is None


async def test_an_hour_that_was_changed_leaves_no_old_schedule_behind(
    store: Store, clock: ManualClock, number: int
) -> None:
    clock.advance(hours=24)
    async with store.write() as tx:
        await schedules.take(tx, number, VIETNAM)
        await schedules.keep_only(tx, KIND, minute=NINE + 1, days=EVERY_DAY)
        assert await all_schedules(tx) == []


async def test_old_slots_are_forgotten(store: Store, clock: ManualClock, number: int) -> None:
    clock.advance(hours=24)
    async with store.write() as tx:
        await schedules.take(tx, number, VIETNAM)
        assert await schedules.purge(tx, clock.now()) == 0
        assert await schedules.purge(tx, clock.now() + timedelta(seconds=1)) == 1


@pytest.fixture
async def number(store: Store) -> int:
    """Due at nine every day; it is nine now, so tomorrow is the first time."""
    async with store.write() as tx:
        await schedules.ensure(tx, KIND, minute=NINE, days=EVERY_DAY, timezone=VIETNAM)
        (schedule,) = await all_schedules(tx)
    assert schedule.id is not None
    return schedule.id


async def all_schedules(tx: Tx) -> list[Schedule]:
    return list((await tx.session.exec(select(Schedule))).all())
