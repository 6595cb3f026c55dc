"""Jobs that are due are run, one after another, by the process that leads."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from scheduler.agenda import Agenda
from scheduler.jobs import Job
from scheduler.lease import Leadership
from scheduler.timetable import Timetable
from storage.database.due import live
from storage.database.engine import Store
from storage.database.leases import LeaseLost
from tests.support.database_faults import RENEWING_LEASES, failing_statements
from tests.support.waiting import run_other_tasks


class Duties:
    """Duties that do what the test says, and a record of them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.work = 0
        self.nudges = 0
        self.breaks: list[Exception] = []
        self.is_due = True

    async def first(self) -> int:
        if self.breaks:
            raise self.breaks.pop(0)
        self.done.append("first")
        return self.work

    async def second(self) -> int:
        self.done.append("second")
        return 0

    def nudge(self) -> None:
        self.nudges += 1


class Clockwork:
    """A timetable with its agenda, each of whose looks runs what is due."""

    def __init__(self, store: Store, duties: Duties) -> None:
        self.leadership = Leadership(store, "timetable", timedelta(seconds=9))
        due = [live(lambda: store.clock.now() if duties.is_due else None)]
        jobs = {"first": Job(duties.first, due), "second": Job(duties.second, due)}
        self.timetable = Timetable(jobs, self.leadership, duties.nudge)
        self.agenda = Agenda(store, lambda: 0.0)
        self.entries = self.timetable.entries
        self.agenda.add(*self.entries)

    async def tick(self) -> None:
        for entry in self.entries:
            entry.woken_at = float("-inf")
        await self.agenda.look()
        await self.timetable.run_due()


@pytest.fixture
def duties() -> Duties:
    return Duties()


@pytest.fixture
async def clockwork(store: Store, duties: Duties) -> Clockwork:
    """A timetable of the process that leads."""
    made = Clockwork(store, duties)
    await made.leadership.renew()
    return made


async def test_one_duty_that_fails_does_not_keep_the_others_from_being_done(
    clockwork: Clockwork, duties: Duties
) -> None:
    duties.breaks = [OSError("database is locked")]
    with capture_logs() as logs:
        await clockwork.tick()
    assert duties.done == ["second"]
    assert [line["job"] for line in logs] == ["first"]
    await clockwork.tick()
    assert duties.done == ["second", "first", "second"]


async def test_nothing_is_run_that_is_not_due(clockwork: Clockwork, duties: Duties) -> None:
    duties.is_due = False
    await clockwork.tick()
    assert duties.done == []


async def test_a_process_that_stands_by_does_nothing(store: Store, duties: Duties) -> None:
    clockwork = Clockwork(store, duties)
    await clockwork.tick()
    assert duties.done == []
    await clockwork.leadership.renew()
    await clockwork.tick()
    assert duties.done == ["first", "second"]


async def test_a_process_that_was_replaced_in_between_is_in_no_trouble(
    clockwork: Clockwork, duties: Duties
) -> None:
    duties.breaks = [LeaseLost("timetable")]
    await clockwork.tick()
    assert clockwork.timetable.problem == ""


async def test_a_process_that_failed_and_was_replaced_is_in_no_trouble_any_more(
    clockwork: Clockwork, duties: Duties
) -> None:
    duties.breaks = [OSError("database is locked")]
    await clockwork.tick()
    assert clockwork.timetable.problem
    await clockwork.leadership.give_back()
    await clockwork.tick()
    assert clockwork.timetable.problem == ""


async def test_a_duty_that_failed_and_is_not_to_be_done_any_more_is_no_trouble(
    clockwork: Clockwork, duties: Duties
) -> None:
    duties.breaks = [OSError("database is locked")]
    await clockwork.tick()
    assert clockwork.timetable.problem
    duties.is_due = False
    await clockwork.tick()
    assert clockwork.timetable.problem == ""


async def test_a_duty_that_failed_and_is_anothers_now_is_no_trouble_any_more(
    clockwork: Clockwork, duties: Duties
) -> None:
    duties.breaks = [OSError("database is locked"), LeaseLost("timetable")]
    await clockwork.tick()
    assert clockwork.timetable.problem
    await clockwork.tick()
    assert clockwork.timetable.problem == ""


async def test_a_database_that_takes_no_writes_is_trouble_though_nothing_is_due(
    store: Store, clockwork: Clockwork, duties: Duties
) -> None:
    duties.is_due = False
    with capture_logs(), failing_statements(store, RENEWING_LEASES, OSError("locked"), times=1):
        await clockwork.leadership.renew()
    assert clockwork.timetable.problem
    await clockwork.leadership.renew()
    assert clockwork.timetable.problem == ""


async def test_delivery_is_woken_only_when_something_was_done(
    clockwork: Clockwork, duties: Duties
) -> None:
    await clockwork.tick()
    assert duties.nudges == 0
    duties.work = 1
    await clockwork.tick()
    assert duties.nudges == 1


async def test_a_duty_in_the_middle_of_its_work_is_ended_before_the_timetable_stops(
    store: Store, clockwork: Clockwork, caplog: pytest.LogCaptureFixture
) -> None:
    begun, may_end, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def long_duty() -> int:
        begun.set()
        await may_end.wait()
        done.append("long")
        return 0

    timetable = Timetable(
        {"long": Job(long_duty, [live(store.clock.now)])}, clockwork.leadership, print
    )
    agenda = Agenda(store)
    agenda.add(*timetable.entries)
    living = asyncio.create_task(timetable.run(stop))
    await agenda.look()
    await begun.wait()
    stop.set()
    await run_other_tasks()
    assert not living.done()
    may_end.set()
    await living
    assert done == ["long"]
    assert [line for line in caplog.records if line.levelname == "ERROR"] == []
