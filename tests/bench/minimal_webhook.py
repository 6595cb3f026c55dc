"""The least a durable bot does: a webhook that commits one row, then answers."""

import asyncio
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import asyncpg  # type: ignore[import-untyped]
from aiohttp import web

_TABLE = "CREATE TABLE IF NOT EXISTS bare (update_id bigint PRIMARY KEY, body text NOT NULL)"
_ROW = "INSERT INTO bare VALUES ($1, $2) ON CONFLICT DO NOTHING"


@contextmanager
def run_minimal_webhook(port: int, database: str, path: str, api: str) -> Iterator[None]:
    """A process of its own, which answers what is brought to `path`."""
    process = multiprocessing.get_context("spawn").Process(
        target=_run, args=(port, database, path, api), daemon=True
    )
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


def _run(port: int, database: str, path: str, api: str) -> None:
    asyncio.run(_serve(port, database, path, api))


async def _serve(port: int, database: str, path: str, api: str) -> None:
    async with asyncpg.create_pool(database) as pool, aiohttp.ClientSession() as http:
        await pool.execute(_TABLE)

        async def hear(request: web.Request) -> web.Response:
            body = await request.text()
            update = json.loads(body)
            await pool.execute(_ROW, update["update_id"], body)
            said = update.get("message") or update["callback_query"]
            answer = {"chat_id": said["from"]["id"], "text": "Đã nhận."}
            async with http.post(f"{api}/botbare/sendMessage", json=answer) as sent:
                await sent.read()
            return web.Response()

        app = web.Application()
        app.router.add_post(path, hear)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()
