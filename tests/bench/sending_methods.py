"""The ways to send one text to many chats that the durable queue is measured against."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.storages.file import FileStorage
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tests.bench.sample_message import TEXT, TOKEN

_NO_LIMIT = 1_000_000

Way = Callable[[str, int, int], Awaitable[None]]
"""Sends to so many chats at an address, over so many connections."""


async def raw_aiohttp(url: str, chats: int, connections: int) -> None:
    """The floor: nothing but the calls."""
    connector = aiohttp.TCPConnector(limit=connections)
    rest = json.dumps({"text": TEXT, "parse_mode": "HTML"})[1:]
    address, kind = f"{url}/bot{TOKEN}/sendMessage", {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=connector) as http:

        async def send(chat: int) -> None:
            body = f'{{"chat_id":"{chat}",{rest}'.encode()
            async with http.post(address, data=body, headers=kind) as answer:
                await answer.read()

        await _side_by_side(send, chats, connections)


async def aiogram(url: str, chats: int, connections: int) -> None:
    """aiogram's own `send_message`, as many at a time as there are connections."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=connections)
    async with Bot(TOKEN, session=session) as bot:

        async def send(chat: int) -> None:
            await bot.send_message(chat, TEXT, parse_mode="HTML")

        await _side_by_side(send, chats, connections)


async def python_telegram_bot(url: str, chats: int, connections: int) -> None:
    """python-telegram-bot's own `send_message` under its `AIORateLimiter`, which never waits."""
    request = HTTPXRequest(connection_pool_size=connections, pool_timeout=60)
    limiter = AIORateLimiter(overall_max_rate=_NO_LIMIT, overall_time_period=1, group_max_rate=0)
    bot: ExtBot[int] = ExtBot(TOKEN, base_url=f"{url}/bot", request=request, rate_limiter=limiter)

    async def send(chat: int) -> None:
        await bot.send_message(chat, TEXT, parse_mode="HTML")

    with catch_warnings():
        simplefilter("ignore")
        await request.initialize()
        await limiter.initialize()
        await _side_by_side(send, chats, connections)
        await request.shutdown()


async def aiogram_broadcaster(url: str, chats: int, connections: int) -> None:
    """aiogram-broadcaster, which keeps its state in a file and rewrites all of it for each message.

    It sends to one after another, however many connections it has.
    """
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=connections)
    with TemporaryDirectory() as folder:
        storage = FileStorage(Path(folder) / "mailers.json")
        await storage.startup()
        async with Bot(TOKEN, session=session) as bot:
            mailer = await Broadcaster(bot, storage=storage).create_mailer(
                chats=range(1, chats + 1), content=TextContent(text=TEXT, parse_mode="HTML")
            )
            assert await mailer.start()


async def _side_by_side(
    send: Callable[[int], Awaitable[None]], chats: int, connections: int
) -> None:
    numbers = iter(range(1, chats + 1))
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_each(send, numbers))


async def _each(send: Callable[[int], Awaitable[None]], numbers: Iterator[int]) -> None:
    for number in numbers:
        await send(number)
