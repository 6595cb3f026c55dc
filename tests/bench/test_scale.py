"""What more web processes bring, and what a larger club costs."""

import re
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

import aiohttp
import pytest
from sqlalchemy import text

from bot.store.open_store import open_store
from bot.web.webhook import TELEGRAM_PATH
from handlers.recognition.normalization import RULES
from storage.cases.search import similar_posts
from storage.database.clock import SystemClock
from tests.bench import command_cost, large_club
from tests.bench.conftest import Note
from tests.bench.fake_telegram import AnswerCounts, fake_telegram
from tests.bench.minimal_webhook import run_minimal_webhook
from tests.bench.ordinary_updates import UpdateGenerator
from tests.bench.pinned_process import cost_of
from tests.integration.conftest import Home, MakeHome, free_port
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, until

MEMBERS, CASES = 10_000, 1_000
PROCESSES = (1, 2, 4)
WARMING_UP_S, MEASURED_S, STEADY_S = 5.0, 15.0, 20.0
PER_SECOND = 30
"""As many answers as Telegram lets one account give in a second."""
SIZES = ((1_000, 100), (10_000, 1_000), (100_000, 10_000))
"""Members and cases."""
_SECRET = "nobody-else-knows"
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")
_SIZES = text(
    "SELECT pg_total_relation_size('delivery'), pg_total_relation_size('member')"
    " + pg_total_relation_size('contact') + pg_total_relation_size('consent')"
)
_PACE = "per_second = 5000\nper_chat_s = 0.001"


@pytest.mark.bench
@pytest.mark.timeout(900)
async def test_scale_of_web_processes(
    sandbox: SandboxTestClient, make_home: MakeHome, durable_postgresql: str, note: Note
) -> None:
    home = make_home(database=durable_postgresql, webhook=True, pace=_PACE)
    day = UpdateGenerator(MEMBERS, await _found(home, note))
    updates = day.updates()
    async with fake_telegram(_SECRET) as end:
        _leads_to(home, sandbox.url, end.url)
        for many in PROCESSES:
            with ExitStack() as alive:
                webs = _begin(home, many, alive)
                ports = list(webs)
                for port in ports:
                    await _listens(port)
                await end.send_continuously(ports, updates, WARMING_UP_S)
                _note(note, f"{many}", await end.send_continuously(ports, updates, MEASURED_S))
                if many == 2:
                    answered = await end.send_at_rate(ports, updates, STEADY_S, PER_SECOND)
                    note("scale.answer_p50_ms", _cut(answered, 50))
                    note("scale.answer_p99_ms", _cut(answered, 99))
                    note("scale.web_mb", max(_own_mb(web.pid) for web in webs.values()))
        port = free_port()
        with run_minimal_webhook(port, durable_postgresql, TELEGRAM_PATH, end.url):
            await _listens(port)
            bare = await end.send_continuously([port], updates, MEASURED_S)
            note("scale.bare_webhook_per_s_1", bare.per_s)


def _note(note: Note, many: str, answered: AnswerCounts) -> None:
    note(f"scale.updates_per_s_{many}", answered.per_s)
    note(f"scale: answer at full load, {many} processes, p99 ms", _cut(answered, 99))


def _cut(answered: AnswerCounts, hundredth: int) -> float:
    return quantiles(answered.waits_ms, n=100)[hundredth - 1]


async def _found(home: Home, note: Note) -> list[str]:
    store = open_store(home.settings, SystemClock())
    said = await large_club.create_club(store, MEMBERS, CASES)
    async with store.write() as tx:
        await similar_posts.set_rules_version(tx, RULES)
        delivery, member = (await tx.execute(_SIZES)).one()
    await store.close()
    note("scale.bytes_per_delivery", delivery / MEMBERS)
    note("scale.bytes_per_member", member / MEMBERS)
    return said


def _leads_to(home: Home, sandbox_url: str, url: str) -> None:
    """The bot talks to this Telegram, by the machine's clock and to as many as it can."""
    said = home.config.read_text("utf-8").replace(sandbox_url, url)
    public = f'public_url = "http://127.0.0.1:{home.settings.web.port}"'
    said = said.replace("sandbox = true", "sandbox = false")
    home.config.write_text(said.replace(public, 'public_url = "https://club.example"'), "utf-8")


def _begin(home: Home, many: int, alive: ExitStack) -> dict[int, BotProcess]:
    """By the port each listens at."""
    return {port: alive.enter_context(_web(home, port)) for port in _ports(many)}


def _ports(many: int) -> list[int]:
    return [free_port() for _ in range(many)]


def _web(home: Home, port: int) -> BotProcess:
    return BotProcess(home.config, "--role", "web", "--port", str(port))


def _own_mb(pid: int) -> float:
    """What a process holds in memory, its libraries included."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(_RESIDENT.findall(status)[0]) / 1024


async def _listens(port: int) -> None:
    async def does() -> bool:
        try:
            async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/"):
                return True
        except aiohttp.ClientError:
            return False

    await until(does, "a process", 60.0)


@pytest.mark.bench
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("members", "cases"), SIZES)
def test_scale_of_the_club(durable_database: str, note: Note, members: int, cases: int) -> None:
    name = "SQLite" if durable_database.startswith("sqlite") else "PostgreSQL"
    for asked, took_ms in cost_of(
        command_cost.measure_commands, durable_database, members, cases
    ).found.items():
        note(command_cost.figure(name, members, asked), took_ms)
