"""Several processes that could deliver, each with a line of its own to PostgreSQL, that can be cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url
from sqlmodel import select

from storage.database.engine import Store
from storage.models import Lease
from tests.integration.conftest import Home
from tests.support.bot_process import BotProcess
from tests.support.sandbox_client import until

_PLACE = "delivery:telegram"


class Wire:
    """A line to the database that goes dead without a word."""

    def __init__(self, database: str) -> None:
        self._url = make_url(database)
        self._lines: set[asyncio.StreamWriter] = set()
        self._whole = asyncio.Event()
        self._whole.set()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[str]:
        """The database's address at the other end."""
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            url = self._url.set(host="127.0.0.1", port=port, query={})
            yield url.render_as_string(hide_password=False)
        finally:
            server.close()
            self.mend()

    def cut(self) -> None:
        """Nothing gets through, and neither end hears of it."""
        self._whole.clear()

    def mend(self) -> None:
        """The dead connections are noticed, new ones get through."""
        for line in self._lines:
            line.close()
        self._whole.set()

    async def _join(self, near: asyncio.StreamReader, far: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await self._whole.wait()
            socket = f"{self._url.query['host']}/.s.PGSQL.{self._url.port or 5432}"
            reader, writer = await asyncio.open_unix_connection(socket)
            self._lines |= {far, writer}
            await asyncio.gather(self._carry(near, writer), self._carry(reader, far))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                await self._whole.wait()
                target.write(data)
                await target.drain()
        target.close()
        self._lines.discard(target)


class Candidate:
    """One process that delivers when it is its turn."""

    def __init__(self, home: Home, wire: Wire, url: str) -> None:
        self._home, self.wire, self._url = home, wire, url
        self.process = self._begin()

    def _begin(self) -> BotProcess:
        options = ("--role", "delivery", "--port", "0")
        return BotProcess(self._home.config, *options, NIEMTIN_DATABASE_URL=self._url)

    def is_watched(self) -> None:
        """Begins another where one ended by itself, as whatever runs services does.

        It ends where the database fails while it starts, which a machine at its limit is enough for.
        """
        if not self.process.is_alive:
            self.process = self._begin()

    def die(self) -> None:
        """SIGKILL; another is begun in its place."""
        self.process.kill()
        self.process = self._begin()


@asynccontextmanager
async def candidates(home: Home, count: int) -> AsyncIterator[list[Candidate]]:
    """So many processes, one of which will lead."""
    wires = [Wire(home.settings.database.url) for _ in range(count)]
    async with _all_laid(wires) as urls:
        crew = [Candidate(home, wire, url) for wire, url in zip(wires, urls, strict=True)]
        try:
            yield crew
        finally:
            for one in crew:
                one.process.kill()


@asynccontextmanager
async def _all_laid(wires: list[Wire]) -> AsyncIterator[list[str]]:
    if not wires:
        yield []
        return
    async with wires[0].laid() as url, _all_laid(wires[1:]) as urls:
        yield [url, *urls]


async def leader_among(
    memory: Store, crew: list[Candidate], *, after: int
) -> tuple[Candidate, int]:
    """Who leads, and its term, once that is later than `after`."""
    found: list[tuple[Candidate, int]] = []

    async def one_leads() -> bool:
        for one in crew:
            one.is_watched()
        async with memory.read() as tx:
            lease = (await tx.session.exec(select(Lease).where(Lease.name == _PLACE))).first()
        if lease is None or lease.term <= after:
            return False
        found.extend(
            (one, lease.term) for one in crew if lease.holder.startswith(f"{one.process.pid}:")
        )
        return bool(found)

    await until(one_leads, "a leader")
    return found[0]
