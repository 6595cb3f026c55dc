"""How many messages a second one core sends, durably, and what each costs it.

Beside it, in the same run, the same text through what others use. Of those only aiogram-broadcaster
remembers anything, and what it remembers it writes after the send.
"""

from dataclasses import dataclass

import pytest

from tests.bench import benchmark_members, durable_queue, sending_methods
from tests.bench.conftest import Note
from tests.bench.fake_bot_api import fake_bot_api
from tests.bench.pinned_process import cost_of
from tests.bench.sample_message import CONNECTIONS

RECIPIENTS = 20_000
OTHERS: dict[str, tuple[sending_methods.Way, int]] = {
    "aiogram": (sending_methods.aiogram, 5000),
    "python-telegram-bot": (sending_methods.python_telegram_bot, 1000),
    "aiogram-broadcaster": (sending_methods.aiogram_broadcaster, 300),
}
"""Each with the number of messages it sends here."""
_ITS_BEST = {("python-telegram-bot", 0): 8, ("python-telegram-bot", 30): 16}
"""Connections with which a way is fastest at so many milliseconds, where `CONNECTIONS` slow it down.

For every call httpcore, on which python-telegram-bot stands, goes through all the connections of its
pool: with 100 of them a call costs five times as much as with eight.
"""
RAW = "raw aiohttp"


@dataclass(frozen=True)
class Speed:
    per_s: float
    cpu_ms: float
    """What one message cost the sending process."""


@pytest.mark.bench
@pytest.mark.timeout(900)
@pytest.mark.parametrize("latency_ms", [0, 30])
def test_durable_sends_beside_what_others_do(
    durable_database: str, note: Note, latency_ms: int
) -> None:
    database = "SQLite" if durable_database.startswith("sqlite") else "PostgreSQL"
    cost_of(benchmark_members.add_members, durable_database, RECIPIENTS)
    cost_of(durable_queue.enqueue_all, durable_database)
    with fake_bot_api(latency_ms / 1000) as url:
        # The floor once before and once after, so that a busier moment of the machine counts for both.
        before = _speed(sending_methods.raw_aiohttp, url, RECIPIENTS // 2)
        ours = cost_of(durable_queue.deliver, url, RECIPIENTS, durable_database).found
        after = _speed(sending_methods.raw_aiohttp, url, RECIPIENTS // 2)
        floor = Speed(2 / (1 / before.per_s + 1 / after.per_s), (before.cpu_ms + after.cpu_ms) / 2)
        speeds = {"durable": Speed(ours.per_s, ours.cpu_ms), RAW: floor}
        for name, (way, chats) in OTHERS.items():
            best = _ITS_BEST.get((name, latency_ms), CONNECTIONS)
            speeds[name] = _speed(way, url, chats, best)
    assert ours.messages == RECIPIENTS
    for name, speed in speeds.items():
        title = f"{database}, {latency_ms} ms, {name}"
        note(f"{title}: per s", speed.per_s)
        note(f"{title}: CPU ms each", speed.cpu_ms)
        note(f"{title}: durable / it", ours.per_s / speed.per_s)
        # On a machine that others use as well, the clock measures them, too; this does not.
        note(f"{title}: durable / it, by CPU", speed.cpu_ms / ours.cpu_ms)
    if database == "SQLite":
        _note_flat(note, latency_ms, {name: speed.per_s for name, speed in speeds.items()})


def _note_flat(note: Note, latency_ms: int, per_s: dict[str, float]) -> None:
    """The figures that are followed from one version to the next."""
    if latency_ms:
        note(f"delivery.per_s_{latency_ms}ms", per_s["durable"])
    else:
        note("delivery.durable_to_raw", per_s["durable"] / per_s[RAW])
        note("delivery.durable_to_aiogram", per_s["durable"] / per_s["aiogram"])


def _speed(way: sending_methods.Way, url: str, chats: int, connections: int = CONNECTIONS) -> Speed:
    cost = cost_of(way, url, chats, connections)
    return Speed(chats / cost.took_s, cost.cpu_s / chats * 1000)


SOME = 20_000
"""How many of a large crowd are really sent to."""


@pytest.mark.bench
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("size", "name"), [(100_000, "100k"), (1_000_000, "1m")])
def test_a_large_crowd_costs_no_more_for_each(
    sqlite_database: str, note: Note, size: int, name: str
) -> None:
    cost_of(benchmark_members.add_members, sqlite_database, size)
    filled = cost_of(durable_queue.enqueue_all, sqlite_database).found
    with fake_bot_api(0) as url:
        sent = cost_of(durable_queue.deliver, url, SOME, sqlite_database).found
    note(f"delivery.enqueue_{name}_s", filled.took_s)
    note(f"delivery.enqueue_{name}_longest_ms", filled.longest_s * 1000)
    note(f"delivery.rss_{name}_mb", max(filled.rss_mb, sent.rss_mb))
    note(f"delivery.cpu_{name}_ms", sent.cpu_ms)
