"""What is due is done at its moment, and nobody asks in between."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from scheduler import agenda as agenda_module
from scheduler.agenda import CHANGED_AFTER_S, LOOK_EVERY_S, Agenda, Entry
from storage.database.due import live
from storage.database.engine import Store
from tests.support import ManualClock
from tests.support.database_faults import failing_statements
from tests.support.manual_clock import SimulatedTime
from tests.support.statement_log import logged_statements
from tests.support.waiting import until_true

ASKING = "due_0"
"""A part of the statement that asks what is due."""


@dataclass
class Work:
    """Work of one loop, due at the times that a test says, and when the loop was woken."""

    clock: ManualClock
    at: datetime | None = None
    is_needed: bool = True
    woken: list[datetime] = field(default_factory=list)
    done: int = 0
    signal: asyncio.Event = field(default_factory=asyncio.Event)

    def due_in(self, seconds: float) -> None:
        self.at = self.clock.now() + timedelta(seconds=seconds)

    def wake(self) -> None:
        self.woken.append(self.clock.now())
        self.signal.set()

    def note_done(self) -> None:
        self.done += 1

    def entry(self, pause_s: float = 1.0, name: str = "work") -> Entry:
        return Entry(
            name,
            [live(lambda: self.at)],
            self.wake,
            lambda: self.is_needed,
            pause_s,
            on_done=self.note_done,
        )


@pytest.fixture
def work(clock: ManualClock) -> Work:
    return Work(clock)


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime()


@pytest.fixture
def agenda(store: Store, time: SimulatedTime, work: Work) -> Agenda:
    made = Agenda(store, time)
    made.add(work.entry())
    return made


async def test_a_loop_is_woken_at_the_moment_its_work_is_due(
    agenda: Agenda, clock: ManualClock, work: Work
) -> None:
    work.due_in(3.25)
    assert await agenda.look() == 3.25
    assert work.woken == []
    clock.advance(seconds=3.25)
    await agenda.look()
    assert work.woken == [clock.now()]


async def test_what_is_due_much_later_is_asked_for_again_meanwhile(
    agenda: Agenda, work: Work
) -> None:
    work.due_in(3600)
    assert await agenda.look() == LOOK_EVERY_S
    work.at = None
    assert await agenda.look() == LOOK_EVERY_S


async def test_the_first_of_several_says_when_to_look_again(
    agenda: Agenda, clock: ManualClock, work: Work
) -> None:
    other = Work(clock)
    agenda.add(other.entry(name="other"))
    work.due_in(4)
    other.due_in(2)
    assert await agenda.look() == 2
    clock.advance(seconds=2)
    await agenda.look()
    assert (work.woken, other.woken) == ([], [clock.now()])


async def test_who_does_not_lead_is_not_woken(agenda: Agenda, work: Work) -> None:
    work.due_in(0)
    work.is_needed = False
    await agenda.look()
    assert (work.woken, work.done) == ([], 1)
    work.is_needed = True
    await agenda.look()
    assert len(work.woken) == 1


async def test_a_loop_that_has_not_done_its_work_yet_is_woken_again_after_a_while(
    agenda: Agenda, time: SimulatedTime, work: Work
) -> None:
    work.due_in(0)
    assert await agenda.look() == 1
    time.seconds += 0.75
    assert await agenda.look() == 0.25
    assert len(work.woken) == 1
    time.seconds += 0.25
    await agenda.look()
    assert len(work.woken) == 2


async def test_a_loop_that_has_done_its_work_does_not_wait_for_more(
    agenda: Agenda, work: Work
) -> None:
    work.due_in(0)
    await agenda.look()
    work.at = None
    await agenda.look()
    work.due_in(0)
    await agenda.look()
    assert len(work.woken) == 2


async def test_however_much_may_be_due_one_statement_asks(
    store: Store, agenda: Agenda, clock: ManualClock
) -> None:
    agenda.add(*(Work(clock).entry(name=f"{n}") for n in range(20)))
    with logged_statements(store) as statements:
        await agenda.look()
    assert len(statements) == 1


async def test_a_database_that_cannot_be_read_is_told_of_and_asked_again(
    store: Store, agenda: Agenda, work: Work
) -> None:
    work.due_in(0)
    with capture_logs() as logs, failing_statements(store, ASKING, OSError("disk I/O error")):
        assert await agenda.look() == 1
    assert len(logs) == 1
    assert agenda.problem
    assert work.woken == []
    await agenda.look()
    assert agenda.problem == ""
    assert len(work.woken) == 1


async def test_how_long_nobody_has_looked_can_be_seen(agenda: Agenda, time: SimulatedTime) -> None:
    time.seconds += 91
    assert agenda.since_last_look_s == 91
    assert agenda.problem
    await agenda.look()
    assert (agenda.since_last_look_s, agenda.problem) == (0, "")


@contextmanager
def delays(agenda: Agenda) -> Iterator[Sequence[float]]:
    """Collects after how many seconds each next look is set."""
    collected: list[float] = []
    schedule = agenda._schedule

    def note(seconds: float) -> None:
        collected.append(seconds)
        schedule(seconds)

    agenda._schedule = note  # type: ignore[method-assign]
    yield collected


@pytest.fixture
async def running(agenda: Agenda, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Agenda]:
    """The agenda with its clock, which looks by itself once an hour."""
    monkeypatch.setattr(agenda_module, "LOOK_EVERY_S", 3600.0)
    stop = asyncio.Event()
    living = asyncio.create_task(agenda.run(stop))
    await until_true(lambda: agenda.looks > 0, "the first look")
    yield agenda
    stop.set()
    await living


async def test_a_change_is_looked_at_long_before_the_next_look(
    store: Store, running: Agenda, work: Work
) -> None:
    with delays(running) as collected:
        async with store.write():
            work.due_in(0)
        assert list(collected) == [CHANGED_AFTER_S]
        await work.signal.wait()


async def test_a_change_does_not_put_off_what_is_due_sooner(agenda: Agenda, work: Work) -> None:
    work.due_in(CHANGED_AFTER_S / 2)
    with delays(agenda) as collected:
        await agenda._look_and_schedule()
        agenda.note_change()
        assert list(collected) == [CHANGED_AFTER_S / 2]


async def test_many_changes_are_looked_at_once(store: Store, running: Agenda) -> None:
    with delays(running) as collected:
        for _ in range(5):
            running.note_change()
        assert list(collected) == [CHANGED_AFTER_S]
    looks = running.looks
    await until_true(lambda: running.looks > looks, "the look")


async def test_the_renewal_of_a_lease_is_no_change(store: Store, running: Agenda) -> None:
    with delays(running) as collected:
        async with store.write(quiet=True):
            pass
        assert list(collected) == []


async def test_a_change_during_a_look_is_looked_at_too(
    store: Store, running: Agenda, work: Work
) -> None:
    entered, may_go = asyncio.Event(), asyncio.Event()
    look = running.look

    async def slow_look() -> float:
        wait_s = await look()
        entered.set()
        await may_go.wait()
        return wait_s

    running.look = slow_look  # type: ignore[method-assign]
    running.note_change()
    await entered.wait()
    work.due_in(0)
    running.note_change()
    may_go.set()
    await work.signal.wait()


async def test_a_clock_that_stood_still_is_set_going_again(
    running: Agenda, time: SimulatedTime
) -> None:
    with capture_logs() as logs, delays(running) as collected:
        time.seconds += 9
        running.restart_if_stalled()
        assert (logs, list(collected)) == ([], [])
        time.seconds += 1
        running.restart_if_stalled()
        assert len(logs) == 1
        assert list(collected) == [0]


async def test_that_the_clock_stood_still_is_noticed_by_itself(
    store: Store, time: SimulatedTime, work: Work
) -> None:
    agenda = Agenda(store, time, watchdog_every_s=0.01)
    stop = asyncio.Event()
    living = asyncio.create_task(agenda.run(stop))
    await until_true(lambda: agenda.looks > 0, "the first look")
    with capture_logs() as logs:
        time.seconds += 10
        await until_true(lambda: bool(logs), "a line in the log")
    stop.set()
    await living


async def test_a_look_that_takes_long_is_no_clock_that_stands_still(
    running: Agenda, time: SimulatedTime
) -> None:
    entered, may_go = asyncio.Event(), asyncio.Event()

    async def slow_look() -> float:
        entered.set()
        await may_go.wait()
        return 1.0

    running.look = slow_look  # type: ignore[method-assign]
    running.note_change()
    await entered.wait()
    with capture_logs() as logs:
        time.seconds += 60
        running.restart_if_stalled()
    assert logs == []
    may_go.set()
