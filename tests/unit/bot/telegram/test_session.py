"""Calls to the Bot API: which answers count, what a failure means, and how long anybody waits."""

import asyncio
import gzip
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from pydantic import SecretStr

from bot.telegram.session import ANSWER_S, CONNECT_S, Session
from bot.telegram.settings import TelegramSettings
from handlers.messages import DeliveryUncertain, Unreachable
from scheduler.settings import DeliverySettings

LIMIT_S = CONNECT_S + ANSWER_S
_PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
_ZIPPED = gzip.compress(b"ok")
_SILENT, _HALFWAY = b"silent", b"halfway"
ANSWERS = {
    "plain": _PLAIN,
    "other letters": b"HTTP/1.1 200 OK\r\ncontent-LENGTH:2 \r\n\r\nok",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "compressed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
    % (len(_ZIPPED), _ZIPPED),
    "after an interim answer": b"HTTP/1.1 102 Processing\r\n\r\n" + _PLAIN,
    "last on its connection": _PLAIN.replace(
        b"\r\nContent-T", b"\r\nConnection: close\r\nContent-T"
    ),
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
}
NO_ANSWERS = {
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nConte",
    "half a body": _PLAIN[:-1],
    "not HTTP": b"good evening\r\n\r\n",
    "a length that is no number": _PLAIN.replace(b": 2", b": two"),
    "a status that is no number": _PLAIN.replace(b"200", b"yes"),
}


@dataclass
class Server:
    """Answers each body with what `answers` has for it; with nothing, or half, where it has none."""

    answers: dict[bytes, bytes] = field(default_factory=lambda: {b"plain": _PLAIN})
    url: str = ""
    connections: int = 0
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once a call gets no complete answer."""
    piece: int = 1 << 16
    hangs_up: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                await self._answer(await reader.readexactly(length), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        answer = _PLAIN[:-1] if body == _HALFWAY else self.answers.get(body, b"")
        for begin in range(0, len(answer), self.piece):
            writer.write(answer[begin : begin + self.piece])
            await asyncio.sleep(0)
        if self.hangs_up:
            writer.close()
        if body in (_SILENT, _HALFWAY):
            self.waiting.set()


@asynccontextmanager
async def calling(server: Server, limit: int = 0) -> AsyncIterator[Session]:
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
        async with session_at(server.url, limit) as session:
            yield session


@asynccontextmanager
async def session_at(url: str, limit: int = 0, proxy: str = "") -> AsyncIterator[Session]:
    settings = TelegramSettings(token=SecretStr("1:a"), api_url=url, proxy=SecretStr(proxy))
    session = Session(settings, limit) if limit else Session(settings)
    yield session
    await session.close()


class LoopTime:
    """The time of the running loop, by which every time limit is measured."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        self._ahead_s, real = 0.0, loop.time
        monkeypatch.setattr(loop, "time", lambda: real() + self._ahead_s)

    def move(self, seconds: float) -> None:
        self._ahead_s += seconds


@pytest.fixture
async def loop_time(monkeypatch: pytest.MonkeyPatch) -> LoopTime:
    return LoopTime(monkeypatch)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.mark.parametrize("piece", [1, 1 << 16], ids=["byte by byte", "in one piece"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_every_form_of_http_answer_is_read(answer: bytes, piece: int) -> None:
    server = Server({b"odd": answer, b"plain": _PLAIN}, piece=piece)
    async with calling(server) as session:
        assert await session.post(server.url, data=b"odd") == (200, b"ok")
        assert await session.post(server.url, data=b"plain") == (200, b"ok")


@pytest.mark.parametrize("last", ["last on its connection", "HTTP/1.0"])
async def test_a_connection_that_the_server_ends_is_not_used_again(last: str) -> None:
    server = Server({b"last": ANSWERS[last], b"plain": _PLAIN})
    async with calling(server) as session:
        await session.post(server.url, data=b"last")
        await session.post(server.url, data=b"plain")
    assert server.connections == 2


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
async def test_after_an_unreadable_answer_the_fate_is_unknown_and_the_connection_is_replaced(
    answer: bytes,
) -> None:
    server = Server({b"odd": answer, b"plain": _PLAIN}, hangs_up=True)
    async with calling(server) as session:
        with pytest.raises(DeliveryUncertain) as unknown:
            await session.post(server.url, data=b"odd")
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
    assert unknown.value.__cause__ is None
    assert server.connections == 2


async def test_a_redirect_is_not_followed() -> None:
    redirect = b"HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    server = Server({b"moved": redirect})
    async with calling(server) as session:
        assert await session.post(server.url, data=b"moved") == (307, b"")


async def test_bytes_after_an_answer_are_not_taken_for_the_next_answer() -> None:
    server = Server({b"too much": _PLAIN + _PLAIN.replace(b"ok", b"no"), b"plain": _PLAIN})
    async with calling(server) as session:
        for _ in range(2):
            assert await session.post(server.url, data=b"too much") == (200, b"ok")
            assert await session.post(server.url, data=b"plain") == (200, b"ok")


async def test_calls_one_after_another_share_a_connection(server: Server) -> None:
    async with calling(server, limit=1) as session:
        for _ in range(5):
            assert await session.post(server.url, data=b"plain") == (200, b"ok")
    assert server.connections == 1


async def test_a_broadcast_whose_calls_are_not_answered_leaves_connections_for_others(
    server: Server,
) -> None:
    async with calling(server) as session:
        silent = [
            asyncio.create_task(session.post(server.url, data=_SILENT))
            for _ in range(3 * DeliverySettings().in_flight)
        ]
        await server.waiting.wait()
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
        assert not any(call.done() for call in silent)
        for call in silent:
            call.cancel()
        await asyncio.gather(*silent, return_exceptions=True)


@pytest.mark.parametrize("body", [_SILENT, _HALFWAY])
async def test_an_answer_that_does_not_come_in_time_is_given_up(
    body: bytes, loop_time: LoopTime, server: Server
) -> None:
    async with calling(server) as session:
        for _ in range(2):
            call = asyncio.create_task(session.post(server.url, data=body))
            await server.waiting.wait()
            server.waiting.clear()
            loop_time.move(LIMIT_S + 1)
            with pytest.raises(DeliveryUncertain):
                await call
            assert await session.post(server.url, data=b"plain") == (200, b"ok")


async def test_each_call_has_its_own_time_limit(loop_time: LoopTime, server: Server) -> None:
    async with calling(server) as session:
        silent = asyncio.create_task(session.post(server.url, data=_SILENT))
        await server.waiting.wait()
        server.waiting.clear()
        loop_time.move(LIMIT_S / 2)
        later = asyncio.create_task(session.post(server.url, data=_HALFWAY))
        await server.waiting.wait()
        for _ in range(3):
            assert await session.post(server.url, data=b"plain") == (200, b"ok")
        assert not silent.done()
        loop_time.move(LIMIT_S / 2 + 1)
        with pytest.raises(DeliveryUncertain):
            await silent
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
        assert not later.done()
        loop_time.move(LIMIT_S / 2)
        with pytest.raises(DeliveryUncertain):
            await later


async def test_a_cancelled_call_ends_as_cancelled_and_its_connection_is_not_used_again(
    server: Server,
) -> None:
    async with calling(server) as session:
        call = asyncio.create_task(session.post(server.url, data=_SILENT))
        await server.waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
    assert server.connections == 2


async def test_a_call_that_found_no_free_connection_in_time_was_never_sent(
    loop_time: LoopTime, server: Server
) -> None:
    async with calling(server, limit=1) as session:
        silent = asyncio.create_task(session.post(server.url, data=_SILENT))
        await server.waiting.wait()
        second = asyncio.create_task(session.post(server.url, data=b"plain"))
        await asyncio.sleep(0)
        loop_time.move(CONNECT_S + 1)
        with pytest.raises(Unreachable):
            await second
        assert not silent.done()
        silent.cancel()
        await asyncio.gather(silent, return_exceptions=True)


@pytest.mark.parametrize(
    ("stage", "error"), [("before", Unreachable), ("after", DeliveryUncertain)]
)
async def test_a_connection_that_breaks_says_whether_the_call_had_been_sent(
    stage: str, error: type[Exception]
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
        if stage == "before":
            listening.close()
        async with session_at(url) as session:
            with pytest.raises(error) as broken:
                await session.post(url, data=b"plain")
    assert type(broken.value) is error
    assert "127.0.0.1" not in str(broken.value)


async def test_a_session_that_was_closed_opens_anew(server: Server) -> None:
    async with calling(server) as session:
        await session.post(server.url, data=b"plain")
        await session.close()
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
    assert server.connections == 2


class ConnectProxy:
    """An HTTP proxy that opens connections (CONNECT) for whoever names `authorization`."""

    def __init__(self, authorization: str) -> None:
        self._authorization = authorization.encode()
        self.asked: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split()[1])
        if b"Proxy-Authorization: Basic " + self._authorization not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            writer.close()
            return
        host, _, port = self.asked[-1].partition(b":")
        far_reader, far_writer = await asyncio.open_connection(host.decode(), int(port))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(1 << 16):
        writer.write(piece)
    writer.close()


@asynccontextmanager
async def through_proxy(server: Server, proxy: ConnectProxy) -> AsyncIterator[Session]:
    async with (
        await asyncio.start_server(server.serve, "127.0.0.1", 0) as far,
        await asyncio.start_server(proxy.serve, "127.0.0.1", 0) as near,
    ):
        server.url = f"http://127.0.0.1:{far.sockets[0].getsockname()[1]}/"
        port = near.sockets[0].getsockname()[1]
        async with session_at(server.url, proxy=f"http://club:secret@127.0.0.1:{port}") as session:
            yield session


async def test_calls_go_through_the_proxy() -> None:
    server, proxy = Server({b"plain": _PLAIN}), ConnectProxy("Y2x1YjpzZWNyZXQ=")
    async with through_proxy(server, proxy) as session:
        assert await session.post(server.url, data=b"plain") == (200, b"ok")
        assert proxy.asked == [server.url.removeprefix("http://").rstrip("/").encode()]


async def test_a_proxy_that_refuses_has_sent_nothing_and_its_password_is_named_nowhere() -> None:
    server, proxy = Server({b"plain": _PLAIN}), ConnectProxy("somebody else's")
    async with through_proxy(server, proxy) as session:
        with pytest.raises(Unreachable) as refused:
            await session.post(server.url, data=b"plain")
    assert "secret" not in "".join(traceback.format_exception(refused.value))


async def test_a_proxy_that_is_away_has_sent_nothing() -> None:
    async with session_at("http://127.0.0.1:9/", proxy="socks5://127.0.0.1:9") as session:
        with pytest.raises(Unreachable):
            await session.post("http://127.0.0.1:9/", data=b"plain")
