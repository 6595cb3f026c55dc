"""However a far end words its answer, it is understood, and no other call gets to hear it."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientError, ClientSession, TCPConnector
from aiohttp.http_exceptions import HttpProcessingError

from bot.telegram.line import Line
from bot.telegram.wire import Wires
from tests.support.waiting import TIMEOUT_S

_PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
_ZIPPED = gzip.compress(b"ok")
ANSWERS = {
    "plain": _PLAIN,
    "in other letters": b"HTTP/1.1 200 OK\r\ncontent-LENGTH:2 \r\n\r\nok",
    "in chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "compressed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
    % (len(_ZIPPED), _ZIPPED),
    "after a word that it takes a while": b"HTTP/1.1 102 Processing\r\n\r\n" + _PLAIN,
    "as the last": _PLAIN.replace(b"\r\nContent-T", b"\r\nConnection: close\r\nContent-T"),
    "by an old server": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
}
NO_ANSWERS = {
    "nothing at all": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nConte",
    "half of what was promised": _PLAIN[:-1],
    "no HTTP": b"good evening\r\n\r\n",
    "a length that is none": _PLAIN.replace(b": 2", b": two"),
    "a status that is none": _PLAIN.replace(b"200", b"yes"),
}


@dataclass
class FarEnd:
    """Answers each call with what it is asked for, or what else it has been told to say."""

    says: dict[bytes, bytes]
    port: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once somebody hung up."""
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it keeps somebody waiting."""
    piece: int = 1 << 16
    hangs_up: bool = False

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                await self._answer(await reader.readexactly(length), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.left.set()
            writer.close()

    @property
    def callers(self) -> int:
        return len(self.writers)

    async def _answer(self, asked: bytes, writer: asyncio.StreamWriter) -> None:
        if asked not in self.says:
            return self.silent.set()
        answer = self.says[asked]
        for begin in range(0, len(answer), self.piece):
            writer.write(answer[begin : begin + self.piece])
            await asyncio.sleep(0)
        if self.hangs_up:
            writer.close()
        return None


@asynccontextmanager
async def calling(
    far: FarEnd, *, connections: int = 0, most: int = 100, fresh_s: float = TIMEOUT_S
) -> AsyncIterator[tuple[Line, ClientSession]]:
    connector = TCPConnector(limit=connections)
    async with (
        await asyncio.start_server(far.speak, "127.0.0.1", 0) as server,
        ClientSession(connector=connector) as http,
    ):
        far.port = server.sockets[0].getsockname()[1]
        wires = Wires(connector, connect_s=TIMEOUT_S, most=most, fresh_s=fresh_s)
        yield Line(http, wires, f"http://127.0.0.1:{far.port}/", answer_s=TIMEOUT_S), http


@asynccontextmanager
async def somebody_waiting(far: FarEnd, line: Line) -> AsyncIterator[None]:
    """Keeps a call under way, so that connections stay in hand."""
    waiting = asyncio.create_task(line.post(b"silence"))
    await far.silent.wait()
    yield
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


@pytest.mark.parametrize("piece", [1, 1 << 16], ids=["letter by letter", "in one piece"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_is_understood_however_it_is_worded(answer: bytes, piece: int) -> None:
    far = FarEnd({b"odd": answer, b"plain": _PLAIN}, piece=piece)
    async with calling(far) as (line, _http), somebody_waiting(far, line):
        assert await line.post(b"odd") == (200, b"ok")
        assert await line.post(b"plain") == (200, b"ok")


@pytest.mark.parametrize("last", ["as the last", "by an old server"])
async def test_who_says_that_it_was_the_last_answer_is_not_asked_again_there(last: str) -> None:
    far = FarEnd({b"last": ANSWERS[last], b"plain": _PLAIN})
    async with calling(far) as (line, _http), somebody_waiting(far, line):
        await line.post(b"last")
        await line.post(b"plain")
    assert far.callers == 3


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
async def test_what_is_no_answer_is_told_and_the_next_call_goes_another_way(answer: bytes) -> None:
    far = FarEnd({b"odd": answer, b"plain": _PLAIN}, hangs_up=True)
    async with calling(far) as (line, _http):
        with pytest.raises((ClientError, HttpProcessingError)):
            await line.post(b"odd")
        assert await line.post(b"plain") == (200, b"ok")
    assert far.callers == 2


async def test_what_is_said_beyond_the_answer_is_not_taken_for_the_next_one() -> None:
    wrong = _PLAIN.replace(b"ok", b"no")
    far = FarEnd({b"too much": _PLAIN + wrong, b"plain": _PLAIN})
    async with calling(far) as (line, _http), somebody_waiting(far, line):
        for _ in range(2):
            assert await line.post(b"too much") == (200, b"ok")
            assert await line.post(b"plain") == (200, b"ok")


async def test_what_is_said_without_being_asked_is_not_taken_for_the_next_answer() -> None:
    far = FarEnd({b"plain": _PLAIN})
    async with calling(far) as (line, _http), somebody_waiting(far, line):
        assert await line.post(b"plain") == (200, b"ok")
        far.writers[-1].write(_PLAIN.replace(b"ok", b"no"))
        await far.left.wait()
        assert await line.post(b"plain") == (200, b"ok")
    assert far.callers == 3


async def test_calls_under_way_share_what_connections_there_are() -> None:
    far = FarEnd({b"plain": _PLAIN})
    async with calling(far) as (line, _http), somebody_waiting(far, line):
        for _ in range(5):
            assert await line.post(b"plain") == (200, b"ok")
    assert far.callers == 2


async def test_when_the_last_call_has_ended_everybody_else_may_have_the_connections() -> None:
    far = FarEnd({b"plain": _PLAIN})
    async with calling(far, connections=1) as (line, http):
        await line.post(b"plain")
        async with http.post(f"http://127.0.0.1:{far.port}/", data=b"plain") as answer:
            assert await answer.read() == b"ok"
        await line.post(b"plain")
    assert far.callers == 1


@pytest.mark.parametrize(("most", "callers"), [(1, 2), (2, 3)])
async def test_no_more_connections_are_kept_than_are_allowed_to_a_broadcast(
    most: int, callers: int
) -> None:
    far = FarEnd({b"plain": _PLAIN})
    async with calling(far, most=most) as (line, http), somebody_waiting(far, line):
        await line.post(b"plain")
        async with http.post(f"http://127.0.0.1:{far.port}/", data=b"plain") as answer:
            assert await answer.read() == b"ok"
    assert far.callers == callers


async def test_a_connection_that_has_rested_too_long_is_not_used_again() -> None:
    far = FarEnd({b"plain": _PLAIN})
    async with calling(far, fresh_s=-1.0) as (line, _http), somebody_waiting(far, line):
        for _ in range(3):
            assert await line.post(b"plain") == (200, b"ok")
    assert far.callers == 4
