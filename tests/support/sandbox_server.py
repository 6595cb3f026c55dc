"""A running sandbox, with HTTP clients of its Bot API and of its control API."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
from aiohttp import web
from PIL import Image

from bot.sandbox.serve import Address, serve
from bot.sandbox.state import SandboxSettings
from tests.support.waiting import until

SETTINGS = SandboxSettings(token="1000000001:a-token-for-tests", webhook_pause_s=0.01)


@dataclass(frozen=True)
class Answer:
    """Status and JSON body of a response."""

    status: int
    body: Any

    @property
    def result(self) -> Any:
        """The result of a Bot API call that worked."""
        assert self.body.get("ok") is True, self.body
        return self.body["result"]

    @property
    def refusal(self) -> str:
        """The text of a Bot API call that was refused."""
        assert self.body.get("ok") is False, self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


@dataclass(frozen=True)
class SandboxServer:
    """A sandbox over HTTP: `api` calls the Bot API, the other methods act as its users."""

    address: Address
    http: aiohttp.ClientSession
    token: str = SETTINGS.token

    async def api(self, method: str, **parameters: Any) -> Answer:
        """Calls a method of the Bot API with JSON."""
        return await self.post(f"/bot{self.token}/{method}", parameters)

    async def upload(self, method: str, form: aiohttp.FormData) -> Answer:
        """Calls a method of the Bot API with a multipart form."""
        return await self._exchange("POST", f"/bot{self.token}/{method}", data=form)

    async def post(self, path: str, fields: object) -> Answer:
        """Sends a POST request with JSON."""
        return await self._exchange("POST", path, json=fields)

    async def get(self, path: str) -> Answer:
        """Sends a GET request."""
        return await self._exchange("GET", path)

    async def add_user(self, name: str = "Lan", **fields: Any) -> int:
        """A user who has never written to the bot; returns the chat."""
        answer = await self.post("/sandbox/users", {"first_name": name, **fields})
        assert answer.status == 200, answer.body
        return int(answer.body["id"])

    async def add_started_user(self, name: str = "Lan", **fields: Any) -> int:
        """A user who pressed START, which the bot has confirmed; returns the chat."""
        chat = await self.add_user(name, **fields)
        await self.do(chat, "start")
        await self.forget_updates()
        return chat

    async def do(self, chat: int, action: str, **fields: Any) -> Any:
        """Performs an action of a user's app, which must succeed."""
        answer = await self.post(f"/sandbox/chats/{chat}/{action}", fields)
        assert answer.status == 200, answer.body
        return answer.body

    async def say(self, chat: int, text: str, **fields: Any) -> Any:
        """Types a text as this user."""
        return await self.do(chat, "send", text=text, **fields)

    async def show(self, chat: int, form: aiohttp.FormData) -> Any:
        """Sends pictures or documents as a multipart form."""
        answer = await self._exchange("POST", f"/sandbox/chats/{chat}/send", data=form)
        assert answer.status == 200, answer.body
        return answer.body

    async def messages(self, chat: int) -> list[Any]:
        """All messages of a chat."""
        return list((await self.get(f"/sandbox/chats/{chat}/messages")).body)

    async def updates(self, **parameters: Any) -> list[Any]:
        """The result of `getUpdates`."""
        return list((await self.api("getUpdates", **parameters)).result)

    async def forget_updates(self) -> None:
        """Confirms all updates so far."""
        if pending := await self.updates(offset=-1):
            await self.updates(offset=pending[0]["update_id"] + 1)

    async def advance(self, seconds: float) -> None:
        """Moves the sandbox's clock on."""
        answer = await self.post("/sandbox/clock", {"advance_s": seconds})
        assert answer.status == 200, answer.body

    async def _exchange(self, method: str, path: str, **body: Any) -> Answer:
        async with self.http.request(method, self.address.url + path, **body) as response:
            return Answer(response.status, await response.json(content_type=None))


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits until the condition holds."""
    await until(holds, "what the sandbox is asked for")


@asynccontextmanager
async def running_sandbox(settings: SandboxSettings = SETTINGS) -> AsyncIterator[SandboxServer]:
    """A sandbox on a free port with a client."""
    async with serve(settings, port=0) as address, aiohttp.ClientSession() as http:
        yield SandboxServer(address, http, settings.token)


@asynccontextmanager
async def listening(path: str, handle: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    """A server where the bot would listen: `handle` gets each POST; yields the address of `path`."""
    app = web.Application()
    app.router.add_post(path, handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    await runner.cleanup()


def picture(width: int = 40, height: int = 30, *, kind: str = "PNG") -> bytes:
    """A small real picture."""
    content = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(content, kind)
    return content.getvalue()


def form(*files: tuple[str, str, bytes], **fields: str) -> aiohttp.FormData:
    """A multipart form; a file is its field, its name and its bytes."""
    data = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        data.add_field(name, value)
    for name, file_name, content in files:
        data.add_field(name, BytesIO(content), filename=file_name)
    return data
