"""How much longer Lan waits for an answer while somebody else has sent a thousand messages."""

import time
from statistics import median

import pytest

from tests.bench.conftest import Note
from tests.integration.conftest import Home, MakeHome
from tests.integration.process import BotProcess
from tests.integration.town import Resident, TownUnderTest, answers, until

MESSAGES = 1000
BURST = 60
QUESTIONS = 50
"""Fewer than a flood is."""


@pytest.mark.bench
async def test_a_flood_and_everybody_else(
    town: TownUnderTest, make_home: MakeHome, note: Note
) -> None:
    home = make_home(burst=BURST)
    calm_ms = await _waits_ms(town, home)
    flooder = await town.person("Lũ")
    for _ in range(MESSAGES):
        await town.post(f"chats/{flooder.id}/send", text="/trogiup")
    flooded_ms = await _waits_ms(town, home)
    note("flood: answer, calm, median ms", median(calm_ms))
    note("flood: answer, flooded, median ms", median(flooded_ms))
    note("flood: answer, flooded / calm", median(flooded_ms) / median(calm_ms))
    note("flood: answer, flooded, slowest ms", max(flooded_ms))
    note("flood: answers to who floods", len(await answers(flooder)))


async def _waits_ms(town: TownUnderTest, home: Home) -> list[float]:
    """One question after the other, from the moment the bot is there."""
    lan = await town.person("Lan")
    with BotProcess(home.config) as bot:
        await _wait_ms(lan, 0)  # Until it has begun.
        waits = [await _wait_ms(lan, number) for number in range(1, QUESTIONS)]
        await bot.stop(patience_s=10)
    return waits


async def _wait_ms(lan: Resident, number: int) -> float:
    begin = time.perf_counter()
    await lan.town.post(f"chats/{lan.id}/send", text="/trogiup")

    async def came() -> bool:
        return len(await answers(lan)) > number

    await until(came, "an answer")
    return (time.perf_counter() - begin) * 1000
