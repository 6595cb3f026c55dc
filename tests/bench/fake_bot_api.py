"""A Bot API server in a process of its own that accepts every message.

Written on bare sockets, so that it costs less than whatever is measured against it.
"""

import asyncio
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from tests.bench.pinned_process import THEIRS, stay_on

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_BODY = (
    b'{"ok":true,"result":{"message_id":7,"date":1773194400,"chat":{"id":7,"type":"private",'
    b'"first_name":"Lan"},"text":"..."}}'
)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
    len(_BODY),
    _BODY,
)
_HEAD_END = b"\r\n\r\n"


class _FakeBotApi(asyncio.Protocol):
    def __init__(self, latency_s: float) -> None:
        self._latency_s = latency_s
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, end, body = self._heard.partition(_HEAD_END)
        length = _LENGTH.search(head)
        if end and ((b"chunked" in head and body.endswith(b"0\r\n\r\n")) or _whole(length, body)):
            self._heard = b""
            asyncio.get_running_loop().call_later(self._latency_s, self._answer)

    def _answer(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(_ANSWER)


def _whole(length: "re.Match[bytes] | None", body: bytes) -> bool:
    return length is not None and len(body) >= int(length[1])


@contextmanager
def fake_bot_api(latency_s: float) -> Iterator[str]:
    """Yields its address; answers come after `latency_s`."""
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_run, args=(its, latency_s), daemon=True
    )
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def _run(its: Connection, latency_s: float) -> None:
    stay_on(THEIRS)
    asyncio.run(_serve(its, latency_s))


async def _serve(its: Connection, latency_s: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _FakeBotApi(latency_s), "127.0.0.1", 0, backlog=500)
    its.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
