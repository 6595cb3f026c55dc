"""Every second what is due is done, whatever fails and whatever the machine's clock does."""

import asyncio

import pytest
from structlog.testing import capture_logs

from scheduler.timetable import Timetable
from storage.database.leases import LeaseLost
from tests.support.manual_clock import SimulatedTime
from tests.support.waiting import run_other_tasks, until_true


class Duties:
    """Duties that do what the test says, and a record of them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.work = 0
        self.nudges = 0
        self.broken = False
        self.ticked = asyncio.Event()

    async def first(self) -> int:
        if self.broken:
            raise OSError("database is locked")
        self.done.append("first")
        return self.work

    async def second(self) -> int:
        self.done.append("second")
        self.ticked.set()
        return 0

    def nudge(self) -> None:
        self.nudges += 1


def timetable_of(
    duties: Duties, time: SimulatedTime, *, watchdog_every_s: float = 5.0
) -> Timetable:
    table = {"first": duties.first, "second": duties.second}
    return Timetable(table, duties.nudge, time, watchdog_every_s=watchdog_every_s)


async def test_one_duty_that_fails_does_not_keep_the_others_from_being_done() -> None:
    duties = Duties()
    timetable = timetable_of(duties, SimulatedTime())
    duties.broken = True
    with capture_logs() as logs:
        await timetable.tick()
    assert duties.done == ["second"]
    assert [line["job"] for line in logs] == ["first"]
    duties.broken = False
    await timetable.tick()
    assert duties.done == ["second", "first", "second"]


async def test_a_process_that_stands_by_does_nothing_and_its_clock_goes_on() -> None:
    duties, time, leads = Duties(), SimulatedTime(), False
    timetable = Timetable({"first": duties.first}, duties.nudge, time, lambda: leads)
    await time.sleep(30)
    await timetable.tick()
    assert duties.done == []
    assert timetable.since_last_tick_s == 0
    leads = True
    await timetable.tick()
    assert duties.done == ["first"]


async def test_a_process_that_was_replaced_in_between_is_in_no_trouble() -> None:
    async def too_late() -> int:
        raise LeaseLost("timetable")

    timetable = Timetable({"first": too_late}, lambda: None)
    await timetable.tick()
    assert timetable.problem == ""


async def test_a_process_that_failed_and_was_replaced_is_in_no_trouble_any_more() -> None:
    duties, leads = Duties(), True
    timetable = Timetable({"first": duties.first}, duties.nudge, SimulatedTime(), lambda: leads)
    duties.broken = True
    await timetable.tick()
    assert timetable.problem
    leads = False
    await timetable.tick()
    assert timetable.problem == ""


async def test_a_duty_that_failed_and_is_anothers_now_is_no_trouble_any_more() -> None:
    ends: list[Exception] = [OSError("database is locked"), LeaseLost("timetable")]

    async def unlucky() -> int:
        raise ends.pop(0)

    timetable = Timetable({"first": unlucky}, lambda: None)
    await timetable.tick()
    assert timetable.problem
    await timetable.tick()
    assert timetable.problem == ""


async def test_delivery_is_woken_only_when_something_was_done() -> None:
    duties = Duties()
    timetable = timetable_of(duties, SimulatedTime())
    await timetable.tick()
    assert duties.nudges == 0
    duties.work = 1
    await timetable.tick()
    assert duties.nudges == 1


async def test_how_long_it_has_been_silent_can_be_seen() -> None:
    time = SimulatedTime()
    timetable = timetable_of(Duties(), time)
    time.seconds += 7
    assert timetable.since_last_tick_s == 7
    await timetable.tick()
    assert timetable.since_last_tick_s == 0


async def test_it_ticks_until_it_is_stopped() -> None:
    duties, stop = Duties(), asyncio.Event()
    running = asyncio.create_task(timetable_of(duties, SimulatedTime()).run(stop))
    await duties.ticked.wait()
    stop.set()
    await running


async def test_a_clock_that_stood_still_is_set_going_again() -> None:
    duties, stop, time = Duties(), asyncio.Event(), SimulatedTime()
    timetable = timetable_of(duties, time)
    running = asyncio.create_task(timetable.run(stop))
    await duties.ticked.wait()
    duties.ticked.clear()
    with capture_logs() as logs:
        time.seconds += 9
        timetable.restart_if_stalled()
        assert logs == []
        time.seconds += 1
        timetable.restart_if_stalled()
        assert len(logs) == 1
    await duties.ticked.wait()
    stop.set()
    await running


async def test_that_the_clock_stood_still_is_noticed_by_itself() -> None:
    duties, stop, time = Duties(), asyncio.Event(), SimulatedTime()
    running = asyncio.create_task(timetable_of(duties, time, watchdog_every_s=0.01).run(stop))
    await duties.ticked.wait()
    with capture_logs() as logs:
        time.seconds += 10
        await until_true(lambda: bool(logs), "a line in the log")
    stop.set()
    await running


async def test_a_duty_that_takes_long_is_no_clock_that_stands_still() -> None:
    begun, may_end, stop, time = asyncio.Event(), asyncio.Event(), asyncio.Event(), SimulatedTime()

    async def long_duty() -> int:
        begun.set()
        await may_end.wait()
        return 0

    timetable = Timetable({"long": long_duty}, lambda: None, monotonic=time)
    running = asyncio.create_task(timetable.run(stop))
    await begun.wait()
    with capture_logs() as logs:
        time.seconds += 60
        timetable.restart_if_stalled()
    assert logs == []
    stop.set()
    may_end.set()
    await running


async def test_a_duty_in_the_middle_of_its_work_is_ended_before_the_clock_stops(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, may_end, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def long_duty() -> int:
        begun.set()
        await may_end.wait()
        done.append("long")
        return 0

    living = asyncio.create_task(Timetable({"long": long_duty}, lambda: None).run(stop))
    await begun.wait()
    stop.set()
    await run_other_tasks()
    assert not living.done()
    may_end.set()
    await living
    assert done == ["long"]
    assert [line for line in caplog.records if line.levelname == "ERROR"] == []
