"""What strangers send to the bot's web server: nothing is unpacked, and little is read."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from itertools import starmap
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.web import bodies
from tests.integration.conftest import Home, MakeHome, running
from tests.support.sandbox_client import SandboxTestClient

SECRET = "nobody-else-knows"
BOMB_SIZE = 1024**3
SOCKET_BUFFERS = 32 * 1024**2
"""What the kernel may hold of a body on its way between two sockets, generously."""
WEBHOOK = "/telegram/webhook"
PATHS = (
    ("POST", WEBHOOK),
    ("POST", "/zalo/webhook"),
    ("POST", "/verdicts"),
    ("POST", "/nowhere"),
    ("GET", "/verdicts"),
    ("GET", "/verdicts.jsonld"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/media/x"),
    ("GET", "/nowhere"),
)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """About a megabyte that unpacks to a gigabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    piece = bytes(16 * 1024**2)
    packed = [packer.compress(piece) for _ in range(BOMB_SIZE // len(piece))]
    return b"".join([*packed, packer.flush()])


class Unpacked:
    """A `zlib` for aiohttp that counts what comes out of it."""

    MAX_WBITS = zlib.MAX_WBITS

    def __init__(self) -> None:
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(zlib, name)

    def decompressobj(self, *arguments: Any, **options: Any) -> "Unpacking":
        return Unpacking(self, zlib.decompressobj(*arguments, **options))


class Unpacking:
    def __init__(self, unpacked: Unpacked, real: Any) -> None:
        self._unpacked = unpacked
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def decompress(self, *arguments: Any, **options: Any) -> bytes:
        out: bytes = self._real.decompress(*arguments, **options)
        self._unpacked.count += len(out)
        return out


@pytest.fixture
def unpacked() -> Iterator[Unpacked]:
    """Counts what aiohttp unpacks in this process."""
    counting = Unpacked()
    aiohttp.set_zlib_backend(counting)
    yield counting
    aiohttp.set_zlib_backend(zlib)


@pytest.fixture
async def home(sandbox: SandboxTestClient, make_home: MakeHome) -> AsyncIterator[Home]:
    """A bot with both webhooks and public verdicts."""
    home = make_home(webhook=True, zalo="", web="verdicts = true")
    async with running(home.settings):
        yield home


def head(method: str, path: str, **headers: object) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: bot"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


@asynccontextmanager
async def connected(home: Home) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", home.settings.web.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def status_of(reader: asyncio.StreamReader) -> int:
    return int((await reader.readline()).split()[1])


async def test_no_byte_of_a_strangers_bomb_is_unpacked(
    home: Home, bomb: bytes, unpacked: Unpacked
) -> None:
    assert len(bomb) < bodies.LIMIT
    for method, path in PATHS:
        async with connected(home) as (reader, writer):
            packed = {"Content_Encoding": "gzip", "Content_Length": len(bomb)}
            writer.write(head(method, path, **packed) + bomb)
            assert await status_of(reader) in {403, 404, 405, 413}
    assert unpacked.count == 0


async def test_not_even_the_messengers_own_bomb_is_unpacked(
    home: Home, bomb: bytes, unpacked: Unpacked
) -> None:
    async with connected(home) as (reader, writer):
        own = {"X_Telegram_Bot_Api_Secret_Token": SECRET, "Content_Encoding": "gzip"}
        writer.write(head("POST", WEBHOOK, **own, Content_Length=len(bomb)) + bomb)
        assert await status_of(reader) == 415
    assert unpacked.count == 0


def test_the_counter_counts(unpacked: Unpacked) -> None:
    from aiohttp.compression_utils import ZLibDecompressor  # noqa: PLC0415

    ZLibDecompressor(encoding="gzip").decompress_sync(gzip.compress(bytes(1000)))
    assert unpacked.count == 1000


@pytest.mark.parametrize("length", [{"Content_Length": 10**12}, {"Transfer_Encoding": "chunked"}])
async def test_of_a_strangers_endless_body_little_is_taken(
    home: Home, length: dict[str, object]
) -> None:
    piece = bytes(256 * 1024)
    if "Transfer_Encoding" in length:
        piece = b"%x\r\n%s\r\n" % (len(piece), piece)
    for method, path in PATHS:
        assert await taken(home, head(method, path, **length), piece) < SOCKET_BUFFERS


async def taken(home: Home, begin: bytes, piece: bytes) -> int:
    """How many bytes of a body without an end can be sent, up to a limit far above any buffer."""
    taken = 0
    async with connected(home) as (_, writer):
        writer.write(begin)
        try:
            while taken < 10 * SOCKET_BUFFERS:
                writer.write(piece)
                await writer.drain()
                taken += len(piece)
        except ConnectionError:
            pass
    return taken


async def test_a_stranger_is_answered_before_the_body_comes(home: Home) -> None:
    async def answered(method: str, path: str) -> None:
        async with connected(home) as (reader, writer):
            writer.write(head(method, path, Content_Length=1000))
            assert await status_of(reader) in {403, 404, 405, 413}
            assert b"\r\nConnection: close" in await reader.read()

    await asyncio.gather(*starmap(answered, PATHS))


async def test_a_stranger_is_not_asked_for_the_body(home: Home) -> None:
    for path in (WEBHOOK, "/zalo/webhook"):
        async with connected(home) as (reader, writer):
            writer.write(head("POST", path, Content_Length=10, Expect="100-continue"))
            assert await status_of(reader) == 403


async def test_the_messenger_is_asked_for_the_body_and_is_heard(home: Home) -> None:
    body = b'{"update_id": 5}'
    own = {"X_Telegram_Bot_Api_Secret_Token": SECRET, "Content_Length": len(body)}
    async with connected(home) as (reader, writer):
        writer.write(head("POST", WEBHOOK, **own, Expect="100-continue"))
        assert await status_of(reader) == 100
        assert await reader.readline() == b"\r\n"
        writer.write(body)
        assert await status_of(reader) == 200


async def test_an_update_may_be_as_large_as_the_limit(home: Home) -> None:
    async def pieces(body: bytes) -> AsyncIterator[bytes]:
        yield body

    url = f"http://127.0.0.1:{home.settings.web.port}{WEBHOOK}"
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as http:
        for over, status in ((0, 200), (1, 413)):
            body = b'{"update_id": 5}'.ljust(bodies.LIMIT + over)
            for sent in (BytesIO(body), pieces(body)):
                async with http.post(url, data=sent, headers=headers) as got:
                    assert got.status == status


async def test_a_get_without_a_body_keeps_its_connection(home: Home) -> None:
    async with connected(home) as (reader, writer):
        for _ in range(2):
            writer.write(head("GET", "/healthz", Content_Length=0))
            assert await status_of(reader) == 200
            length = 0
            while (line := await reader.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split()[1])
            await reader.readexactly(length)


async def test_a_body_that_never_ends_is_given_up() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=await bodies.read(request, within_s=0.01))

    app = web.Application(middlewares=[bodies.sparing])
    app.router.add_post("/", answer)
    runner = web.AppRunner(app, access_log=None, **bodies.OPENING)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        reader, writer = await asyncio.open_connection(*runner.addresses[0])
        writer.write(head("POST", "/", Content_Length=2) + b"x")
        assert await status_of(reader) == 408
        writer.close()
    finally:
        await runner.cleanup()
