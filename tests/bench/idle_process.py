"""What a process costs in which nothing happens: the bot, and the least that polls a messenger."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import Engine, event

from bot import app
from bot.config.settings import load

SETTLED_S, MEASURED_S = 30.0, 60.0
"""What is due at the start is done before the measurement begins."""


@dataclass(frozen=True)
class IdleCost:
    """What a process did in which nothing happened."""

    cpu_percent: float
    statements_per_s: float


async def idle_bot(config: str) -> IdleCost:
    """The whole application with these settings."""
    stop, ready = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(app.run(load(Path(config), {}), stop, ready=ready.set))
        await ready.wait()
        cost = await _measured()
        stop.set()
    return cost


async def idle_polling(api_url: str, token: str, timeout_s: int) -> IdleCost:
    """Nothing but a loop of long polls, with the bot's libraries imported."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
    async with Bot(token, session) as bot:
        polling = asyncio.create_task(_poll(bot, timeout_s))
        cost = await _measured()
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
    return cost


async def _poll(bot: Bot, timeout_s: int) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=timeout_s):
            offset = update.update_id + 1


async def _measured() -> IdleCost:
    await asyncio.sleep(SETTLED_S)
    executed: list[None] = []

    def count(*_: Any) -> None:
        executed.append(None)

    # Those that frame a transaction count on SQLite, where they are statements of their own.
    event.listen(Engine, "before_cursor_execute", count)
    began_s, cpu_s = time.perf_counter(), time.process_time()
    await asyncio.sleep(MEASURED_S)
    cpu_s, took_s = time.process_time() - cpu_s, time.perf_counter() - began_s
    event.remove(Engine, "before_cursor_execute", count)
    return IdleCost(100 * cpu_s / took_s, len(executed) / took_s)


IdleProcess = Callable[..., Awaitable[IdleCost]]
