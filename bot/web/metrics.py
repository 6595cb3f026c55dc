"""`GET /metrics`: metrics in the format of Prometheus. Totals only, no personal data.

Queues are read from the database with each request; what this process does, it counts itself.
https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, Info
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from bot.workers.pool import Pool
from handlers.conversation import ClubSettings
from scheduler.agenda import Agenda
from scheduler.delivery.worker import DeliveryWorker
from scheduler.timetable import Timetable
from storage.cases.statistics import AGES
from storage.database import Store, Tx
from storage.models import CaseState, DeliveryState, Lane
from storage.outbox import charges, missed
from storage.outbox.metering import MonthSpent
from storage.reports import backlog

PATH = "/metrics"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@dataclass(frozen=True)
class Engines:
    """The parts of this process that have metrics."""

    deliveries: Sequence[DeliveryWorker]
    timetable: Timetable | None
    workers: Pool
    agenda: Agenda | None


class UpdateCounters:
    """Counters of updates and their answers."""

    def __init__(self, release: str) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter(
            "niemtin_updates",
            "Updates stored, by messenger.",
            ["messenger"],
            registry=self.registry,
        )
        self._events = Counter(
            "niemtin_webhook_events",
            "Requests to the webhook of an Official Account, by what became of them.",
            ["messenger", "outcome"],
            registry=self.registry,
        )
        self._charged = Counter(
            "niemtin_messages_charged",
            "Messages of an account that pays for some of them, by how each was charged.",
            ["messenger", "charge"],
            registry=self.registry,
        )
        self._handled = Histogram(
            "niemtin_answer_seconds",
            "Seconds from starting an update to having sent the reply, for all kinds.",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._broken = Counter(
            "niemtin_handler_failures",
            "Updates whose handler failed, for all kinds.",
            registry=self.registry,
        )
        Info("niemtin_release", "Which release runs.", registry=self.registry).info(
            {"version": release}
        )

    def received(self, messenger: str, count: int = 1) -> None:
        """Counts stored updates."""
        self._updates.labels(messenger).inc(count)

    def webhook_event(self, messenger: str, outcome: str) -> None:
        """Counts a request to a webhook, by what became of it."""
        self._events.labels(messenger, outcome).inc()

    def charged(self, messenger: str, charge: str) -> None:
        """Counts a message of an account that is charged for them."""
        self._charged.labels(messenger, charge).inc()

    def answered(self, seconds: float, *, broken: bool = False) -> None:
        """Counts an answer and its duration.

        All kinds are counted together: an observer of the counters must not learn whether a person
        flagged a post, unsubscribed, or only asked something.
        """
        self._handled.observe(seconds)
        if broken:
            self._broken.inc()


class Metrics:
    """Answers `/metrics`."""

    def __init__(
        self,
        meters: UpdateCounters,
        engines: Engines,
        store: Store,
        club: ClubSettings,
    ) -> None:
        self._meters = meters
        self._engines = engines
        self._store = store
        self._club = club

    async def answer(self, _: web.Request) -> web.Response:
        """Answers with all metrics; without those of the database if it fails (`niemtin_up` 0)."""
        text = generate_latest(self._meters.registry) + generate_latest(
            _registry([*_of_process(self._engines), *await self._waiting()])
        )
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _spending(self, tx: Tx) -> list[Metric]:
        """Of accounts whose messages are not always free; empty without any."""
        metered = self._club.metered
        if not metered:
            return []
        months = {name: await charges.month(tx, one) for name, one in metered.items()}
        waiting = GaugeMetricFamily(
            "niemtin_not_now",
            "Deliveries that wait for the member's next message, as of the last batch.",
            value=await missed.count_waiting(tx),
        )
        return [waiting, *_spent(months)]

    async def _waiting(self) -> list[Metric]:
        try:
            async with self._store.read() as tx:
                return [
                    *[
                        *_updates(await backlog.updates(tx)),
                        *_queue(await backlog.deliveries(tx)),
                        _cases(await backlog.cases(tx, self._club.timezone)),
                        *_leaders(await backlog.leaders(tx)),
                        *(await self._spending(tx)),
                    ],
                    _up(1),
                ]
        except Exception:  # noqa: BLE001 - the other metrics are served all the same
            return [_up(0)]


def _spent(months: Mapping[str, MonthSpent]) -> Iterator[Metric]:
    charged = GaugeMetricFamily(
        "niemtin_messages_spent",
        "Messages outside free periods this month, reserved ones included.",
        labels=["messenger", "charge"],
    )
    dong = GaugeMetricFamily(
        "niemtin_messages_dong", "Price of the paid ones, in dong.", labels=["messenger"]
    )
    left = GaugeMetricFamily(
        "niemtin_quota_left", "Messages left of the package's quota.", labels=["messenger"]
    )
    for messenger, month in months.items():
        charged.add_metric([messenger, "quota"], month.spent.from_quota)
        charged.add_metric([messenger, "paid"], month.spent.paid)
        dong.add_metric([messenger], month.spent.dong)
        if month.quota_left is not None:
            left.add_metric([messenger], month.quota_left)
    yield from (charged, dong, left)


def _up(is_up: int) -> Metric:
    return GaugeMetricFamily("niemtin_up", "Whether the database answers.", value=is_up)


def _of_process(engines: Engines) -> Iterator[Metric]:
    sends = CounterMetricFamily(
        "niemtin_sends", "Delivery attempts, by outcome.", labels=["messenger", "outcome"]
    )
    pace = GaugeMetricFamily(
        "niemtin_pace_per_second",
        "Rate limit of this process now, in messages a second.",
        labels=["messenger"],
    )
    ceiling = GaugeMetricFamily(
        "niemtin_pace_ceiling_per_second",
        "Configured rate limit of the account, in messages a second.",
        labels=["messenger"],
    )
    halted = GaugeMetricFamily(
        "niemtin_pace_halted_seconds",
        "Seconds until the account may send after a 429.",
        labels=["messenger"],
    )
    for one in engines.deliveries:
        for outcome, count in one.results.items():
            sends.add_metric([one.messenger, outcome], count)
        pace.add_metric([one.messenger], one.rate_limiter.rate / one.rate_limiter.window_s)
        ceiling.add_metric([one.messenger], one.rate_limiter.ceiling / one.rate_limiter.window_s)
        halted.add_metric([one.messenger], one.rate_limiter.halted_for_s)
    yield from (sends, pace, ceiling, halted)
    yield from _of_workers(engines.workers)
    if engines.agenda is not None:
        yield from _of_agenda(engines.agenda)
    if engines.timetable is not None:
        yield GaugeMetricFamily(
            "niemtin_clock_failing_duties",
            "Jobs that failed when they ran last.",
            value=engines.timetable.failing,
        )


def _of_workers(pool: Pool) -> Iterator[Metric]:
    tasks = CounterMetricFamily(
        "niemtin_worker_tasks", "Tasks of worker processes, by outcome.", labels=["outcome"]
    )
    for outcome, count in pool.outcomes.items():
        tasks.add_metric([outcome], count)
    processes = GaugeMetricFamily(
        "niemtin_workers", "Worker processes, and tasks that wait for one.", labels=["state"]
    )
    for state, count in pool.state().items():
        processes.add_metric([state], count)
    yield from (tasks, processes)


def _of_agenda(agenda: Agenda) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "niemtin_clock_ticks", "How often it was looked for what is due.", value=agenda.looks
    )
    yield GaugeMetricFamily(
        "niemtin_clock_silent_seconds",
        "Seconds since the last look.",
        value=agenda.since_last_look_s,
    )


def _updates(waiting: backlog.Backlog) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "niemtin_updates_waiting", "Updates that are not handled yet.", value=waiting.count
    )
    yield GaugeMetricFamily(
        "niemtin_updates_oldest_seconds", "Age of the oldest of them.", value=waiting.age_s
    )


def _queue(found: Mapping[tuple[DeliveryState, Lane], backlog.Backlog]) -> Iterator[Metric]:
    labels = ["state", "lane"]
    count = GaugeMetricFamily("niemtin_queue", "Deliveries that are not finished.", labels=labels)
    age = GaugeMetricFamily(
        "niemtin_queue_oldest_seconds", "How long the oldest of them has been due.", labels=labels
    )
    for (state, lane), waiting in found.items():
        where = [state.value, lane.name.lower()]
        count.add_metric(where, waiting.count)
        age.add_metric(where, waiting.age_s)
    yield from (count, age)


def _cases(found: Mapping[tuple[CaseState, int], int]) -> Metric:
    totals: dict[tuple[str, str], int] = {}
    for (state, days), count in found.items():
        key = state.value, _age(days)
        totals[key] = totals.get(key, 0) + count
    cases = GaugeMetricFamily(
        "niemtin_cases_open", "Open cases, by age in days.", labels=["state", "days"]
    )
    for key, count in totals.items():
        cases.add_metric(list(key), count)
    return cases


def _age(days: int) -> str:
    """The age group as officers see it: `0-1`, `2-3`, `4-7`, `8+`."""
    first = 0
    for last in AGES:
        if days <= last:
            return f"{first}-{last}"
        first = last + 1
    return f"{first}+"


def _leaders(found: Mapping[str, backlog.LeaseState]) -> Iterator[Metric]:
    term = GaugeMetricFamily(
        "niemtin_leader_term",
        "Term of the lease; it grows with each change of the leader.",
        labels=["place"],
    )
    held = GaugeMetricFamily(
        "niemtin_leader_held", "Whether a process holds the lease.", labels=["place"]
    )
    for place, led in found.items():
        term.add_metric([place], led.term)
        held.add_metric([place], led.is_held)
    yield from (term, held)


class _Given(Collector):
    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = list(found)

    def collect(self) -> Iterable[Metric]:
        return self._found


def _registry(found: Iterable[Metric]) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Given(found))
    return registry
