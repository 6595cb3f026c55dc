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

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf"
_SILENT, _HALFWAY = b"silent", b"halfway"


async def _speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says nothing, or half of it, to who asks for that; all others are answered."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        asked = await reader.readexactly(length)
        if asked != _SILENT:
            writer.write(_HALF if asked == _HALFWAY else _ANSWER)


async def _until_gone(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await _speak(reader, writer)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


@asynccontextmanager
async def line(answer_s: float) -> AsyncIterator[Line]:
    async with (
        await asyncio.start_server(_until_gone, "127.0.0.1", 0) as server,
        ClientSession() as http,
    ):
        port = server.sockets[0].getsockname()[1]
        yield line_to(http, port, answer_s=answer_s)


def line_to(
    http: ClientSession, port: int, *, connect_s: float = 5.0, answer_s: float = 60.0
) -> Line:
    assert http.connector is not None
    wires = Wires(http.connector, connect_s=connect_s)
    return Line(http, wires, f"http://127.0.0.1:{port}/", answer_s=answer_s)


@pytest.mark.parametrize("asked", [_SILENT, _HALFWAY])
async def test_an_answer_that_does_not_come_is_given_up_in_time(asked: bytes) -> None:
    async with line(0.05) as one:
        with pytest.raises(SocketTimeoutError):
            await one.post(asked)
        assert await one.post(b"heard") == (200, b"ok")
        with pytest.raises(SocketTimeoutError):
            await one.post(asked)


async def test_who_is_waited_for_holds_up_nobody_and_cuts_nobody_else_off() -> None:
    async with line(0.2) as one:
        silent = asyncio.create_task(one.post(_SILENT))
        while not silent.done():
            assert await one.post(b"heard") == (200, b"ok")
        with pytest.raises(SocketTimeoutError):
            await silent


async def test_who_stops_waiting_is_not_told_that_time_ran_out() -> None:
    async with line(60.0) as one:
        silent = asyncio.create_task(one.post(_SILENT))
        await asyncio.sleep(0.01)
        silent.cancel()
        with pytest.raises(asyncio.CancelledError):
            await silent


async def test_who_found_no_free_connection_in_time_has_said_nothing() -> None:
    async with (
        await asyncio.start_server(_until_gone, "127.0.0.1", 0) as server,
        ClientSession(connector=TCPConnector(limit=1)) as http,
    ):
        port = server.sockets[0].getsockname()[1]
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
