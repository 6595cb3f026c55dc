"""Connections borrowed from aiohttp for a broadcast, and read with as little as an answer needs.

For each answer aiohttp makes a parser, a stream and a queue, and between two calls it puts the
connection away and looks for it again. Here a connection stays in hand while calls are under way,
and an answer whose head is plain is taken as it is. Every other one aiohttp reads: what came in
pieces or compressed, what says that it is the last, what breaks off.
"""

import asyncio
from collections import deque
from typing import Final

from aiohttp import BaseConnector, ClientRequest, ClientTimeout, ConnectionTimeoutError
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

from handlers.messages import Unreachable

HELD_MOST: Final = 100
"""How many connections a broadcast keeps from everybody else at most, those at rest included."""
_FRESH_S: Final = 10.0
"""How long a connection may rest and be used again; far ends close theirs after 15 s and more."""
_HEAD_END: Final = b"\r\n\r\n"
_BEGINS: Final = b"http/1.1 "
_LENGTH: Final = b"\r\ncontent-length:"
_NOT_PLAIN: Final = (b"\r\ntransfer-encoding:", b"\r\ncontent-encoding:", b"\r\nconnection: close")
_INTERIM: Final = range(100, 200)
"""Statuses that say "not yet"."""

Answer = tuple[int, bytes]
"""Status and content."""


class Wire(asyncio.Protocol):
    """One connection, on which one call at a time is answered."""

    def __init__(self, connection: Connection) -> None:
        """Takes the connection in hand.

        Raises:
            Unreachable: it has been closed.
        """
        handler, transport = connection.protocol, connection.transport
        if handler is None or transport is None:
            raise Unreachable("the connection is closed")
        self.connection = connection
        self.transport = transport
        self.rests_since = 0.0
        self._handler: ResponseHandler = handler
        self._loop = asyncio.get_running_loop()
        self._heard = b""
        self._answer: asyncio.Future[Answer | None] | None = None
        self.in_hand = True
        """Whether it is heard here and not by aiohttp."""
        transport.set_protocol(self)

    async def ask(self, call: bytes) -> Answer:
        """Sends the call and waits for its answer.

        Raises:
            ClientError, HttpProcessingError: no answer that can be read came back.
        """
        self._answer = waited_for = self._loop.create_future()
        self.transport.write(call)
        return await waited_for or await self._read_by_aiohttp()

    async def _read_by_aiohttp(self) -> Answer:
        message, content = await self._handler.read()
        while message.code in _INTERIM:
            message, content = await self._handler.read()
        return message.code, await content.read()

    def give_back(self) -> None:
        """Its last call was answered: somebody else may have it."""
        self._leave()
        self.connection.release()

    def _leave(self) -> None:
        self.in_hand = False
        self.transport.set_protocol(self._handler)

    def data_received(self, data: bytes) -> None:
        self._heard = heard = self._heard + data if self._heard else data
        end = heard.find(_HEAD_END)
        if end < 0:
            return
        head = heard[:end].lower()
        length = _plain_length(head)
        if length is None or len(heard) > end + len(_HEAD_END) + length:
            self._leave_it_to_aiohttp()
        elif len(heard) == end + len(_HEAD_END) + length:
            self._heard = b""
            self._settle((int(head[9:12]), heard[end + len(_HEAD_END) :]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave_it_to_aiohttp()
        self._handler.connection_lost(exc)

    def eof_received(self) -> None:
        """The transport closes itself."""

    def pause_writing(self) -> None:
        self._handler.pause_writing()

    def resume_writing(self) -> None:
        self._handler.resume_writing()

    def _leave_it_to_aiohttp(self) -> None:
        self._leave()
        self._handler.set_response_params()
        heard, self._heard = self._heard, b""
        if heard:
            self._handler.data_received(heard)
        self._settle(None)

    def _settle(self, answer: Answer | None) -> None:
        waited_for, self._answer = self._answer, None
        if waited_for is None:
            # Nobody asked: whatever is being said there, the next answer would be taken for another.
            self._handler.force_close()
            self.transport.abort()
        elif not waited_for.done():
            waited_for.set_result(answer)


class Wires:
    """The connections in hand: kept while calls are under way, and given back when the last ends."""

    def __init__(
        self,
        connector: BaseConnector,
        *,
        connect_s: float,
        most: int = HELD_MOST,
        fresh_s: float = _FRESH_S,
    ) -> None:
        self._connector = connector
        self._timeout = ClientTimeout(total=None, connect=connect_s)
        self._most = most
        self._fresh_s = fresh_s
        self._loop = asyncio.get_running_loop()
        self._resting: deque[Wire] = deque()
        self._under_way = 0

    async def take(self, request: ClientRequest) -> Wire:
        """A connection to where `request` goes; to be given to `keep` or `drop` afterwards.

        Raises:
            ClientConnectorError, ConnectionTimeoutError, Unreachable: there is none.
        """
        self._under_way += 1
        fresh = self._loop.time() - self._fresh_s
        while self._resting:
            wire = self._resting.popleft()
            if wire.rests_since >= fresh and not wire.transport.is_closing():
                return wire
            wire.connection.close()
        try:
            return Wire(await self._connector.connect(request, [], self._timeout))
        except BaseException as error:
            self._ended()
            if isinstance(error, TimeoutError):
                raise ConnectionTimeoutError from None
            raise

    def keep(self, wire: Wire) -> None:
        """Its call was answered."""
        if wire.in_hand and len(self._resting) + self._under_way <= self._most:
            wire.rests_since = self._loop.time()
            self._resting.append(wire)
        else:
            wire.give_back()
        self._ended()

    def drop(self, wire: Wire) -> None:
        """Its call was not answered, so that nothing on it can be trusted."""
        wire.connection.close()
        self._ended()

    def _ended(self) -> None:
        self._under_way -= 1
        while self._resting and not self._under_way:
            self._resting.pop().give_back()


def _plain_length(head: bytes) -> int | None:
    """Bytes of content behind a head in lower case; None when it is for aiohttp to read."""
    found = head.find(_LENGTH)
    if found < 0 or not head.startswith(_BEGINS) or any(sign in head for sign in _NOT_PLAIN):
        return None
    given = head[found + len(_LENGTH) :].partition(b"\r\n")[0].strip()
    return int(given) if given.isdigit() and head[9:12].isdigit() else None
