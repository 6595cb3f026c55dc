"""Fault injection: the Bot API fails in every way it can, and the bot is killed."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import SandboxTestClient

_FAULTS: tuple[dict[str, object], ...] = (
    {"status": 429, "retry_after": 1},
    {"status": 500, "times": 3},
    {"status": 502},
    {"delay_s": 0.5, "times": 3},
    {"accept_then_drop": True},
)
_METHODS = (
    "sendMessage",
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "getUpdates",
    "setMyCommands",
    "*",
)
_SPELL_S = 1.5
_LONGER = 1.5


class FaultInjector:
    """Injects random faults and kills, and counts them."""

    def __init__(self, sandbox: SandboxTestClient, seed: int) -> None:
        self._sandbox = sandbox
        self._chance = random.Random(seed)
        self.faults = 0
        self.kills = 0

    async def inject_faults(self) -> None:
        """Injects one fault after the other, with pauses."""
        while True:
            await asyncio.sleep(self._chance.uniform(0, 2 * _SPELL_S))
            fault = self._chance.choice(_FAULTS)
            await self._sandbox.inject_fault(method=self._chance.choice(_METHODS), **fault)
            self.faults += 1

    async def run_with_kills(
        self, config: Path, spells: int, spell_s: float, enough: Callable[[], Awaitable[bool]]
    ) -> None:
        """Runs the bot for `spells` periods of `spell_s`; kills and restarts it once within each.

        Adds more and longer periods until `enough`: a slow machine may need most of a period to
        start the bot.
        """
        while spells > 0 or not await enough():
            before_s = self._chance.uniform(0.25, 0.75) * spell_s
            for life_s in (before_s, spell_s - before_s):
                await self._run_until_killed(config, life_s)
            self.kills += 1
            spells -= 1
            spell_s *= 1 if spells > 0 else _LONGER

    async def _run_until_killed(self, config: Path, life_s: float) -> None:
        with BotProcess(config) as bot:
            await asyncio.sleep(life_s)
            assert bot.is_alive, "the bot has ended by itself"
            bot.kill()
