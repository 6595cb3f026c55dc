"""Pictures made to kill whoever opens them, sent to the real process: it answers on, and stays small."""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.cli.owner_invite import invite_owner
from tests.integration.conftest import Home, MakeHome
from tests.support.bot_process import BotProcess
from tests.support.hostile_files import ATTACKS
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

BOT_MB = 350
WORKERS_MB = 400


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for path in found for one in path.read_text("ascii").split()]


def peak_mb(pid: int) -> float:
    """The most memory it ever had; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) / 1024 if "VmHWM" in lines else 0


async def sends(person: SandboxUser, name: str, content: bytes) -> None:
    """As a document, which the messenger leaves as it is."""
    form = aiohttp.FormData()
    form.add_field("document", content, filename=name, content_type="application/octet-stream")
    url = f"{person.sandbox.url}/sandbox/chats/{person.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        answer.raise_for_status()


async def is_answered(person: SandboxUser, before: int) -> None:
    async def came() -> bool:
        return len(await bot_texts(person)) > before

    await until(came, "an answer")


async def is_read(person: SandboxUser) -> bool:
    """Whether no worker is at the pictures of the last answer any more, or being started for them."""
    return "Đang đọc" not in (await bot_texts(person))[-1]


class Watch:
    """The bot and the workers that it has, from time to time."""

    def __init__(self, bot: BotProcess) -> None:
        self._bot = bot
        self.workers: dict[int, float] = {}

    def look(self) -> None:
        """Takes down what each of them had at most."""
        for pid in children(self._bot.pid):
            self.workers[pid] = max(self.workers.get(pid, 0), peak_mb(pid))

    def two_largest_mb(self) -> float:
        """What those had together that were there at the same time, at the very most."""
        return sum(sorted(self.workers.values())[-2:])


async def owners(sandbox: SandboxTestClient, home: Home, count: int) -> list[SandboxUser]:
    """People of the club, whose pictures are looked at."""
    found = []
    for number in range(count):
        person = await sandbox.add_user(f"Hạnh {number}")
        await person.starts((await invite_owner(home.settings)).code)
        await person.presses("Tôi đồng ý", then="muốn nhận gì")
        found.append(person)
    return found


async def all_attack(person: SandboxUser, files: dict[str, bytes], watch: Watch) -> None:
    """One file after the other, each answered before the next."""
    for name, content in files.items():
        before = len(await bot_texts(person))
        await sends(person, name, content)
        await is_answered(person, before)
        watch.look()
        await person.says("/huy")


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    return make_home()


async def test_pictures_that_attack_cost_nobody_an_answer_and_the_bot_no_memory(
    sandbox: SandboxTestClient, home: Home
) -> None:
    files = {name: await asyncio.to_thread(make) for name, make in ATTACKS.items()}
    stranger = await sandbox.add_user("Lan")
    with BotProcess(home.config) as bot:
        attackers = await owners(sandbox, home, 2)
        watch = Watch(bot)
        async with asyncio.TaskGroup() as attacks:
            going = [attacks.create_task(all_attack(one, files, watch)) for one in attackers]
            # Somebody else is answered while workers have pictures in hand.
            while not all(one.done() for one in going):
                await stranger.says("/trogiup")
                watch.look()
        assert bot.is_alive
        assert peak_mb(bot.pid) <= BOT_MB
        assert watch.workers
        assert watch.two_largest_mb() <= WORKERS_MB
    nothing_broke(home)


async def test_the_bot_outlives_a_worker_that_is_killed_and_shows_its_workers(
    sandbox: SandboxTestClient, home: Home
) -> None:
    with BotProcess(home.config) as bot:
        (owner,) = await owners(sandbox, home, 1)
        palette = await asyncio.to_thread(ATTACKS["palette.png"])
        for _ in range(2):
            before = len(await bot_texts(owner))
            await sends(owner, "palette.png", palette)
            await is_answered(owner, before)
            await until(partial(is_read, owner), "the words of the picture")
            assert (await health(home))["workers"]["running"] >= 1
            for pid in children(bot.pid):
                os.kill(pid, signal.SIGKILL)
            await owner.says("/huy")
        assert bot.is_alive
        assert (await health(home))["workers"]["ok"]
        left = children(bot.pid)
        bot.kill()

        async def are_gone() -> bool:
            return not any(map(peak_mb, left))

        await until(are_gone, "the end of the workers")
    nothing_broke(home)


def nothing_broke(home: Home) -> None:
    log = (home.folder / "bot.log").read_text("utf-8")
    assert "Traceback" not in log
    assert "[error" not in log


async def health(home: Home) -> dict[str, Any]:
    url = f"http://127.0.0.1:{home.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        found: dict[str, Any] = await answer.json()
        return found
