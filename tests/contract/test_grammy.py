"""grammY, a library of Node, talks to the sandbox as to Telegram.

It is looked for in the folder that the environment variable GRAMMY names, or in `build/grammy`:
`npm install --prefix build/grammy grammy@1.46.0`.
"""

import asyncio
import base64
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import PROJECT
from tests.support.sandbox_server import SandboxServer, eventually, form, picture
from tests.support.waiting import in_time

FOLDER = Path(os.environ.get("GRAMMY") or PROJECT / "build" / "grammy")
SCRIPT = Path(__file__).parent / "grammy_bot.cjs"
WEBHOOK_SCRIPT = Path(__file__).parent / "grammy_webhook_bot.cjs"


@pytest.fixture(autouse=True)
def installed() -> None:
    if shutil.which("node") is None:
        pytest.skip("Node is not installed, on which grammY runs")
    if not (FOLDER / "node_modules" / "grammy").is_dir():
        pytest.skip(f"the npm package grammy is not installed in {FOLDER}")


async def _run(sandbox: SandboxServer, chat: int) -> Any:
    task = {
        "folder": str(FOLDER),
        "url": sandbox.address.url,
        "token": sandbox.token,
        "chat": chat,
        "picture": base64.b64encode(picture()).decode(),
    }
    process = await asyncio.create_subprocess_exec(
        "node", SCRIPT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await in_time(process.communicate(json.dumps(task).encode()))
    assert process.returncode == 0
    return json.loads(said)


@asynccontextmanager
async def _webhook_bot(sandbox: SandboxServer) -> AsyncIterator[None]:
    """The bot behind its webhook, from its first registration until it has deleted it."""
    task = {"folder": str(FOLDER), "url": sandbox.address.url, "token": sandbox.token}
    process = await asyncio.create_subprocess_exec(
        "node", WEBHOOK_SCRIPT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{json.dumps(task)}\n".encode())
    assert await in_time(process.stdout.readline()) == b"ready\n"
    try:
        yield
    finally:
        process.stdin.close()
        assert await in_time(process.wait()) == 0


async def test_a_bot_on_grammy_finds_telegram_here(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_started_user()
    await sandbox.do(chat, "start")
    found = await _run(sandbox, chat)
    assert found["document"]["document"]["file_name"] == "Thông báo.pdf"
    assert found["photo"]["caption_entities"][0]["type"] == "italic"
    assert len({one["media_group_id"] for one in found["album"]}) == 1
    assert found["edited"]["document"]["file_name"] == "Lịch.txt"
    assert found["copied"]["message_id"] > found["edited"]["message_id"]
    assert found["reacted"] is True
    assert "Character '.' is reserved" in found["refused"]


async def test_a_press_is_answered_on_grammy(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_started_user()
    await sandbox.do(chat, "start")
    await _run(sandbox, chat)
    shown = next(one for one in await sandbox.messages(chat) if "reply_markup" in one)
    assert shown["text"] == "Chào bạn!"
    await sandbox.do(chat, "press", message_id=shown["message_id"], label="Rồi")
    await _run(sandbox, chat)
    edited = next(
        one for one in await sandbox.messages(chat) if one["message_id"] == shown["message_id"]
    )
    assert edited["text"] == "Đã ghi"


async def test_a_webhook_of_grammy_answers_in_its_response(sandbox: SandboxServer) -> None:
    chat = await sandbox.add_user()

    async def texts() -> list[str]:
        return [str(one.get("text")) for one in await sandbox.messages(chat)]

    async with _webhook_bot(sandbox):
        await sandbox.do(chat, "start")
        await eventually(lambda: _has(texts, "Chào bạn!"))
        shown = next(one for one in await sandbox.messages(chat) if "reply_markup" in one)
        await sandbox.do(chat, "press", message_id=shown["message_id"], label="Rồi")
        await eventually(lambda: _has(texts, "Đã ghi"))
        await sandbox.show(chat, form(("photo", "a.png", picture())))
        await eventually(lambda: _has(texts, "photos/"))
    assert (await sandbox.api("getWebhookInfo")).result["url"] == ""


async def _has(texts: Callable[[], Awaitable[list[str]]], beginning: str) -> bool:
    return any(text.startswith(beginning) for text in await texts())
