"""What the bot costs while nothing happens."""

import asyncio

import pytest

from bot.sandbox.state import SandboxSettings
from bot.store.open_store import open_clock, open_store
from handlers.recognition.normalization import RULES
from storage.cases.search import similar_posts
from tests.bench import large_club
from tests.bench.conftest import Note
from tests.bench.idle_process import IdleCost, IdleProcess, idle_bot, idle_polling
from tests.bench.pinned_process import cost_of
from tests.integration.conftest import Home, MakeHome
from tests.support.sandbox_client import SandboxTestClient

MEMBERS, CASES = 10_000, 1_000


@pytest.mark.bench
@pytest.mark.timeout(900)
async def test_idle(
    sandbox: SandboxTestClient, make_home: MakeHome, durable_database: str, note: Note
) -> None:
    home = make_home(database=durable_database)
    _has_batches(home)
    await _found(home)
    ours = await _in_a_process(idle_bot, str(home.config))
    telegram = home.settings.telegram
    peer = await _in_a_process(
        idle_polling, sandbox.url, SandboxSettings().token, telegram.poll_timeout_s
    )
    name = durable_database.partition(":")[0]
    note("idle.cpu_percent" if name == "sqlite" else f"idle.cpu_percent_{name}", ours.cpu_percent)
    note(f"idle: statements a second, {name}", ours.statements_per_s)
    note(f"idle: bare polling, % of a core, {name}", peer.cpu_percent)
    note(f"idle: bot / bare polling, {name}", ours.cpu_percent / peer.cpu_percent)


async def _in_a_process(work: IdleProcess, *given: object) -> IdleCost:
    """In another thread, since the sandbox answers in this one."""
    cost = await asyncio.to_thread(cost_of, work, *given)
    assert isinstance(cost.found, IdleCost)
    return cost.found


def _has_batches(home: Home) -> None:
    """As a club has them, of half an hour."""
    text = home.config.read_text("utf-8").replace("batch_minutes = 0\n", "")
    home.config.write_text(text, "utf-8")


async def _found(home: Home) -> None:
    store = open_store(home.settings, await open_clock(home.settings))
    await large_club.create_club(store, MEMBERS, CASES)
    async with store.write() as tx:
        await similar_posts.set_rules_version(tx, RULES)
    await store.close()
