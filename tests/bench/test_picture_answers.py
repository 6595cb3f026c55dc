"""What a picture costs beside reading it, and how long others wait for an answer meanwhile."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles

import aiohttp
import pytest

from bot.cli.owner_invite import invite_owner
from bot.workers.pool import Pool
from bot.workers.settings import WorkerSettings
from handlers.recognition.pictures import true_ocr
from tests.bench.conftest import Note
from tests.integration.conftest import Home, MakeHome
from tests.integration.test_picture_attacks import children
from tests.support.bot_process import BotProcess
from tests.support.made_lies import LIES, comments
from tests.support.made_screenshots import among_comments, encoded
from tests.support.sandbox_client import SandboxTestClient, SandboxUser
from tests.unit.bot.workers import worker_tasks

PICTURES = 24
"""Of each who sends pictures; fewer than the searches of an hour."""
ASKED = 200
_GLANCE_S = 0.005
_SENDERS_GLANCE_S = 0.1
"""Who sends pictures looks less often for an answer: the sandbox, which answers everybody, is measured with
the bot."""
_EVERY_S = 0.02
"""Between an answer and the next question."""
COST_MAX, WAIT_MAX = 1.5, 3.0


@pytest.mark.bench
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not true_ocr.is_installed(), reason="pip install niemtin[reader]")
async def test_the_cost_of_a_picture_and_the_answers_of_others(
    sandbox: SandboxTestClient, make_home: MakeHome, note: Note
) -> None:
    """The cost is the processor time of the workers; the bot's own is noted beside it."""
    home = make_home()
    pages = (among_comments(LIES[at], comments(at), at) for at in range(PICTURES))
    files = [encoded(page, 80) for page in pages]
    alone_s = await _alone_s(files)
    with BotProcess(home.config) as bot:
        first, *others = [await _joined(sandbox, home, f"Hạnh {number}") for number in range(3)]
        await _is_answered(first, files[0])  # starts the worker, which loads the reader
        bot_s, workers_s = _used_s(bot.pid), _workers_s(bot)
        for content in files:
            await _is_answered(first, content)
        bot_s, workers_s = _used_s(bot.pid) - bot_s, _workers_s(bot) - workers_s
        asking = await sandbox.add_user("Lan")
        idle_ms = await _waits_ms(asking)
        async with _sending(others, files):
            busy_ms = await _waits_ms(asking)
        await bot.stop()
    cost = workers_s / len(files) / alone_s
    idle, busy = (quantiles(waits, n=100)[-1] for waits in (idle_ms, busy_ms))
    note("pictures: processor time of the reader alone, ms", alone_s * 1000)
    note("pictures: processor time of the workers, ms", workers_s / len(files) * 1000)
    note("pictures: processor time of the bot meanwhile, ms", bot_s / len(files) * 1000)
    note("pictures.to_reader_alone", cost)
    note("pictures: answers to others, idle, p50 ms", median(idle_ms))
    note("pictures: answers to others, idle, p99 ms", idle)
    note("pictures: answers to others, meanwhile, p50 ms", median(busy_ms))
    note("pictures: answers to others, meanwhile, p99 ms", busy)
    note("pictures.others_p99_to_idle", busy / idle)
    assert cost <= COST_MAX
    assert busy <= WAIT_MAX * idle


async def _alone_s(files: list[bytes]) -> float:
    """Seconds of processor time that the reader takes for one of these pictures in a worker."""
    async with Pool(WorkerSettings(count=1)).kept() as pool:
        await pool.run(worker_tasks.seconds_to_read, files[0])
        return sum([await pool.run(worker_tasks.seconds_to_read, one) for one in files]) / len(
            files
        )


async def _joined(sandbox: SandboxTestClient, home: Home, name: str) -> SandboxUser:
    person = await sandbox.add_user(name)
    await person.starts((await invite_owner(home.settings)).code)
    await person.presses("Tôi đồng ý", then="muốn nhận gì")
    return person


async def _is_answered(person: SandboxUser, content: bytes) -> None:
    """Sends a picture as a file, which the sandbox leaves as it is, and waits for the answer to it."""
    form = aiohttp.FormData()
    form.add_field("caption", "/tracuu")
    form.add_field("document", content, filename="a.jpg", content_type="image/jpeg")
    url = f"{person.sandbox.url}/sandbox/chats/{person.id}/send"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        answer.raise_for_status()
        sent = (await answer.json())["message_id"]
    while not await _has_buttons(person, sent):  # noqa: ASYNC110
        await asyncio.sleep(_SENDERS_GLANCE_S)


async def _has_buttons(person: SandboxUser, sent: int) -> bool:
    """Whether the bot asked something about this message, after the notice that it is read."""
    newest = [one for one in await person.messages() if one["message_id"] > sent]
    return any("reply_markup" in one for one in newest)


@asynccontextmanager
async def _sending(people: list[SandboxUser], files: list[bytes]) -> AsyncIterator[None]:
    """Each of them sends one picture after the other until the block ends."""
    ended = asyncio.Event()

    async def send(person: SandboxUser) -> None:
        for content in files:
            if ended.is_set():
                return
            await _is_answered(person, content)

    async with asyncio.TaskGroup() as sending:
        for person in people:
            sending.create_task(send(person))
        yield
        ended.set()


async def _waits_ms(lan: SandboxUser) -> list[float]:
    waits = []
    for _ in range(ASKED):
        before = len(await lan.messages())
        began = time.perf_counter()
        await lan.sandbox.post(f"chats/{lan.id}/send", text="/trogiup")
        while len(await lan.messages()) < before + 2:  # noqa: ASYNC110
            await asyncio.sleep(_GLANCE_S)
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(_EVERY_S)
    return waits


def _workers_s(bot: BotProcess) -> float:
    """What the bot's workers have used so far."""
    return sum(map(_used_s, children(bot.pid)))


def _used_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
