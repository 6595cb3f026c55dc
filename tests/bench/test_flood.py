"""How much longer others wait for an answer while somebody sends a thousand messages."""

import asyncio
import time
from statistics import median

import pytest

from tests.bench.conftest import Note
from tests.integration.conftest import MakeHome
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient, SandboxUser, bot_texts, until

MESSAGES = 1000
EVERY_S = 0.02
"""Faster than any hand; Telegram itself sends thirty a second to everybody together."""
BURST = 30
ASKING = 8
QUESTIONS = 25
"""Of each who asks, one after the other; fewer than a flood is."""


@pytest.mark.bench
async def test_a_flood_and_everybody_else(
    sandbox: SandboxTestClient, make_home: MakeHome, note: Note
) -> None:
    home = make_home(flood=f"burst = {BURST}")
    flooder = await sandbox.add_user("Lũ")
    with BotProcess(home.config) as bot:
        await flooder.says("/huy", then="Đã huỷ")
        calm_ms = await _waits_ms(sandbox)
        flood = asyncio.create_task(_flood(flooder))
        flooded_ms = await _waits_ms(sandbox)
        assert not flood.done()
        await flood
        await bot.stop()
    note("flood: answer, calm, median ms", median(calm_ms))
    note("flood: answer, flooded, median ms", median(flooded_ms))
    note("flood: answer, flooded / calm", median(flooded_ms) / median(calm_ms))
    note("flood: answer, flooded, slowest ms", max(flooded_ms))
    note("flood: answers to who floods", len(await bot_texts(flooder)))


async def _flood(flooder: SandboxUser) -> None:
    for _ in range(MESSAGES):
        await flooder.sandbox.post(f"chats/{flooder.id}/send", text="/trogiup")
        await asyncio.sleep(EVERY_S)


async def _waits_ms(sandbox: SandboxTestClient) -> list[float]:
    people = [await sandbox.add_user("Lan") for _ in range(ASKING)]
    return [await _wait_ms(lan, number) for lan in people for number in range(QUESTIONS)]


async def _wait_ms(lan: SandboxUser, number: int) -> float:
    begin = time.perf_counter()
    await lan.sandbox.post(f"chats/{lan.id}/send", text="/trogiup")

    async def came() -> bool:
        return len(await bot_texts(lan)) > number

    await until(came, "an answer")
    return (time.perf_counter() - begin) * 1000
