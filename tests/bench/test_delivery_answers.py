"""Whether the bot has its core left for whoever wants an answer while a broadcast goes out."""

from statistics import quantiles

import pytest

from tests.bench import answer_latency, benchmark_members, durable_queue
from tests.bench.conftest import Note
from tests.bench.fake_bot_api import fake_bot_api
from tests.bench.pinned_process import cost_of

CROWD = 100_000
TELEGRAMS_OWN = 30
"""The most Telegram takes in a second: the full speed of any broadcast."""


@pytest.mark.bench
@pytest.mark.timeout(900)
@pytest.mark.parametrize("per_second", [TELEGRAMS_OWN, 1000])
def test_who_asks_during_a_broadcast_is_answered(
    sqlite_database: str, note: Note, per_second: int
) -> None:
    cost_of(benchmark_members.add_members, sqlite_database, CROWD)
    cost_of(durable_queue.enqueue_all, sqlite_database)
    with fake_bot_api(0) as url:
        waits = cost_of(answer_latency.measure_latencies, url, sqlite_database, per_second).found
    assert waits.sent
    idle, busy = _p50_p99(waits.idle_ms), _p50_p99(waits.busy_ms)
    title = f"answers, broadcast at {per_second} a second"
    note(f"{title}: messages sent meanwhile", waits.sent)
    note(f"{title}: p50 ms, idle", idle[0])
    note(f"{title}: p50 ms, busy", busy[0])
    note(f"{title}: p99 ms, idle", idle[1])
    note(f"{title}: p99 ms, busy", busy[1])
    if per_second == TELEGRAMS_OWN:
        note("delivery.answer_p99_ms", busy[1])
        note("delivery.answer_p99_to_idle", busy[1] / idle[1])


def _p50_p99(waited_ms: list[float]) -> tuple[float, float]:
    cuts = quantiles(waited_ms, n=100)
    return cuts[49], cuts[98]
