"""A messenger that never answers is waited for, but not for ever, and holds up nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import (
    ClientConnectionError,
    ClientSession,
    ConnectionTimeoutError,
    SocketTimeoutError,
    TCPConnector,
)

from bot.telegram.line import Line
from bot.telegram.wire import Wires
from tests.support.waiting import TIMEOUT_S

ANSWER_S = 2 * TIMEOUT_S
"""How long a line waits: longer than any test, so that time runs out only where it is moved on."""

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf"
_SILENT, _HALFWAY = b"silent", b"halfway"


class FarEnd:
    """Says nothing, or half of it, to who asks for that; all others are answered."""

    def __init__(self) -> None:
        self.keeps_waiting = asyncio.Event()
        """Set once somebody has to wait for the rest."""

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._speak(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            asked = await reader.readexactly(length)
            if asked != _SILENT:
                writer.write(_HALF if asked == _HALFWAY else _ANSWER)
            if asked in (_SILENT, _HALFWAY):
                self.keeps_waiting.set()


class LoopTime:
    """The time of the running loop, by which everything that waits is cut off."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        self._ahead_s, real = 0.0, loop.time
        monkeypatch.setattr(loop, "time", lambda: real() + self._ahead_s)

    def move(self, seconds: float) -> None:
        self._ahead_s += seconds


@pytest.fixture
async def loop_time(monkeypatch: pytest.MonkeyPatch) -> LoopTime:
    return LoopTime(monkeypatch)


@asynccontextmanager
async def far_end(limit: int = 100) -> AsyncIterator[tuple[FarEnd, ClientSession, int]]:
    far = FarEnd()
    async with (
        await asyncio.start_server(far.listen, "127.0.0.1", 0) as server,
        ClientSession(connector=TCPConnector(limit=limit)) as http,
    ):
        yield far, http, server.sockets[0].getsockname()[1]


def line_to(http: ClientSession, port: int, *, connect_s: float = ANSWER_S) -> Line:
    assert http.connector is not None
    wires = Wires(http.connector, connect_s=connect_s)
    return Line(http, wires, f"http://127.0.0.1:{port}/", answer_s=ANSWER_S)


@pytest.mark.parametrize("asked", [_SILENT, _HALFWAY])
async def test_an_answer_that_does_not_come_is_given_up_in_time(
    asked: bytes, loop_time: LoopTime
) -> None:
    async with far_end() as (far, http, port):
        line = line_to(http, port)
        for _ in range(2):
            waiting = asyncio.create_task(line.post(asked))
            await far.keeps_waiting.wait()
            far.keeps_waiting.clear()
            loop_time.move(ANSWER_S)
            with pytest.raises(SocketTimeoutError):
                await waiting
            assert await line.post(b"heard") == (200, b"ok")


async def test_who_is_waited_for_holds_up_nobody_and_cuts_nobody_else_off(
    loop_time: LoopTime,
) -> None:
    async with far_end() as (far, http, port):
        line = line_to(http, port)
        silent = asyncio.create_task(line.post(_SILENT))
        await far.keeps_waiting.wait()
        loop_time.move(ANSWER_S / 2)
        later = asyncio.create_task(line.post(_HALFWAY))
        for _ in range(3):
            assert await line.post(b"heard") == (200, b"ok")
        assert not silent.done()
        loop_time.move(ANSWER_S / 2)
        with pytest.raises(SocketTimeoutError):
            await silent
        assert await line.post(b"heard") == (200, b"ok")
        assert not later.done()
        loop_time.move(ANSWER_S / 2)
        with pytest.raises(SocketTimeoutError):
            await later


async def test_who_stops_waiting_is_not_told_that_time_ran_out() -> None:
    async with far_end() as (far, http, port):
        silent = asyncio.create_task(line_to(http, port).post(_SILENT))
        await far.keeps_waiting.wait()
        silent.cancel()
        with pytest.raises(asyncio.CancelledError):
            await silent


async def test_who_found_no_free_connection_in_time_has_said_nothing() -> None:
    async with far_end(limit=1) as (_, http, port):
        one = line_to(http, port, connect_s=0.05)
        silent = asyncio.create_task(one.post(_SILENT))
        with pytest.raises(ConnectionTimeoutError):
            await asyncio.gather(one.post(_SILENT), silent)
        silent.cancel()


async def test_a_connection_that_breaks_is_told_from_one_that_says_nothing() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with (
        await asyncio.start_server(hang_up, "127.0.0.1", 0) as server,
        ClientSession() as http,
    ):
        port = server.sockets[0].getsockname()[1]
        one = line_to(http, port)
        with pytest.raises(ClientConnectionError) as broken:
            await one.post(b"heard")
    assert not isinstance(broken.value, SocketTimeoutError)
