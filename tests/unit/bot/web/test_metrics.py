"""What Prometheus reads: how much waits and what was done, and nothing of anybody."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import make_mocked_request
from prometheus_client.parser import text_string_to_metric_families

from bot.web.metrics import Engines, Metrics, UpdateCounters
from bot.workers.pool import Pool
from bot.workers.settings import WorkerSettings
from scheduler.agenda import Agenda
from scheduler.jobs import Job
from scheduler.lease import Leadership
from scheduler.timetable import Timetable
from storage.database import leases
from storage.database.due import live
from storage.database.engine import Store
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.models import Case, CaseState, Category
from tests.support import SETTINGS, ClubInATest, ManualClock, Outbox, in_write

Read = dict[tuple[str, tuple[str, ...]], float]


async def read(store: Store, meters: UpdateCounters, engines: Engines) -> Read:
    """Every sample by its name and the values of its labels, in the order of their names."""
    metrics = Metrics(meters, engines, store, SETTINGS)
    answer = await metrics.answer(make_mocked_request("GET", "/metrics"))
    assert isinstance(answer.body, bytes)
    return {
        (sample.name, tuple(v for _, v in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


@pytest.fixture
def meters() -> UpdateCounters:
    return UpdateCounters("1.2.3")


NOTHING = Engines((), None, Pool(WorkerSettings()), None)


async def test_what_waits_is_told_by_state_and_age(
    club: ClubInATest, clock: ManualClock, meters: UpdateCounters
) -> None:
    lan, binh = await club.member("Lan"), await club.member("Bình")
    await Outbox(club.store).mail(lan.member_id, binh.member_id)
    await club.in_write(updates.put, [NewUpdate("telegram", "1", "7", "{}")])
    clock.advance(seconds=90)
    found = await read(club.store, meters, NOTHING)
    assert found["niemtin_queue", ("announcement", "queued")] == 2
    assert found["niemtin_queue_oldest_seconds", ("announcement", "queued")] == 90
    assert found["niemtin_updates_waiting", ()] == 1
    assert (found["niemtin_updates_oldest_seconds", ()], found["niemtin_up", ()]) == (90, 1)


@pytest.mark.parametrize(
    ("days", "group"), [(0, "0-1"), (1, "0-1"), (2, "2-3"), (7, "4-7"), (8, "8+")]
)
async def test_open_cases_are_told_by_age(
    store: Store, clock: ManualClock, meters: UpdateCounters, days: int, group: str
) -> None:
    async with store.write() as tx:
        opened_on = clock.now().date() - timedelta(days=days)
        tx.session.add(
            Case(code="V1", state=CaseState.NEW, category=Category.SCAM, opened_on=opened_on)
        )
    found = await read(store, meters, NOTHING)
    assert found["niemtin_cases_open", (group, "new")] == 1


async def test_who_leads_is_told_and_that_nobody_does(
    store: Store, clock: ManualClock, meters: UpdateCounters
) -> None:
    await in_write(store, leases.take, "timetable", "a", timedelta(seconds=15))
    found = await read(store, meters, NOTHING)
    assert found["niemtin_leader_term", ("timetable",)] == 1
    assert found["niemtin_leader_held", ("timetable",)] == 1
    clock.advance(seconds=15)
    found = await read(store, meters, NOTHING)
    assert found["niemtin_leader_held", ("timetable",)] == 0


async def test_looks_for_what_is_due_are_counted_and_jobs_that_fail(
    store: Store, meters: UpdateCounters
) -> None:
    async def breaks() -> int:
        raise OSError

    leadership = Leadership(store, "timetable", timedelta(seconds=9))
    await leadership.renew()
    timetable = Timetable({"digests": Job(breaks, [live(store.clock.now)])}, leadership, print)
    agenda = Agenda(store)
    agenda.add(*timetable.entries)
    for _ in range(2):
        await agenda.look()
    await timetable.run_due()
    found = await read(store, meters, Engines((), timetable, Pool(WorkerSettings()), agenda))
    assert found["niemtin_clock_ticks_total", ()] == 2
    assert found["niemtin_clock_failing_duties", ()] == 1


async def test_no_label_says_what_somebody_did(store: Store, meters: UpdateCounters) -> None:
    meters.received("telegram")
    meters.answered(0.2)
    metrics = Metrics(meters, NOTHING, store, SETTINGS)
    answer = await metrics.answer(make_mocked_request("GET", "/metrics"))
    assert isinstance(answer.body, bytes)
    of_members = {
        name: set(sample.labels)
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
        if (name := sample.name).startswith(
            ("niemtin_updates", "niemtin_answer", "niemtin_handler")
        )
    }
    assert set().union(*of_members.values()) <= {"messenger", "le"}
    assert "niemtin_answer_seconds_count" in of_members


async def test_a_database_that_cannot_be_read_hides_nothing_else(
    store: Store, meters: UpdateCounters
) -> None:
    await store.engine.dispose()
    broken = Store(store.engine, store.vault, store.clock, store.ids)

    def read_nothing() -> None:
        raise OSError

    broken.read = read_nothing  # type: ignore[method-assign, assignment]
    meters.received("telegram", 3)
    meters.answered(0.2)
    meters.answered(0.2, broken=True)
    found = await read(broken, meters, NOTHING)
    assert (found["niemtin_up", ()], found["niemtin_updates_total", ("telegram",)]) == (0, 3)
    assert found["niemtin_answer_seconds_count", ()] == 2
    assert found["niemtin_handler_failures_total", ()] == 1
