"""Several delivery processes, each with a TCP proxy to PostgreSQL that a test can stall."""

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


class DatabaseProxy:
    """A TCP proxy to the database that can stop forwarding without closing connections."""

    def __init__(self, database: str) -> None:
        self._url = make_url(database)
        self._lines: set[asyncio.StreamWriter] = set()
        self._whole = asyncio.Event()
        self._whole.set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Listens inside the block; yields the database's URL by way of this proxy."""
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            url = self._url.set(host="127.0.0.1", port=port, query={})
            yield url.render_as_string(hide_password=False)
        finally:
            server.close()
            self.close_stalled()

    def stall(self) -> None:
        """Forwards nothing from now on, and neither end notices."""
        self._whole.clear()

    def close_stalled(self) -> None:
        """Closes the stalled connections and forwards new ones."""
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


class DeliveryProcess:
    """One process of the delivery role, restarted when it ends."""

    def __init__(self, home: Home, proxy: DatabaseProxy, url: str) -> None:
        self._home, self.proxy, self._url = home, proxy, url
        self.process = self._begin()

    def _begin(self) -> BotProcess:
        options = ("--role", "delivery", "--port", "0")
        return BotProcess(self._home.config, *options, NIEMTIN_DATABASE_URL=self._url)

    def restart_if_ended(self) -> None:
        """Restarts the process if it ended, as a service manager does.

        It ends when the database does not answer while it starts, for example on a busy machine.
        """
        if not self.process.is_alive:
            self.process = self._begin()

    def kill_and_restart(self) -> None:
        """Sends SIGKILL and starts another process."""
        self.process.kill()
        self.process = self._begin()


@asynccontextmanager
async def delivery_processes(home: Home, count: int) -> AsyncIterator[list[DeliveryProcess]]:
    """`count` delivery processes, one of which becomes the leader."""
    proxies = [DatabaseProxy(home.settings.database.url) for _ in range(count)]
    async with _all_listening(proxies) as urls:
        processes = [
            DeliveryProcess(home, proxy, url) for proxy, url in zip(proxies, urls, strict=True)
        ]
        try:
            yield processes
        finally:
            for one in processes:
                one.process.kill()


@asynccontextmanager
async def _all_listening(proxies: list[DatabaseProxy]) -> AsyncIterator[list[str]]:
    if not proxies:
        yield []
        return
    async with proxies[0].listening() as url, _all_listening(proxies[1:]) as urls:
        yield [url, *urls]


async def wait_for_leader(
    store: Store, processes: list[DeliveryProcess], *, after: int, messenger: str = "telegram"
) -> tuple[DeliveryProcess, int]:
    """Waits for a leader of this account whose term is later than `after`; returns it and the term."""
    found: list[tuple[DeliveryProcess, int]] = []

    async def one_leads() -> bool:
        for one in processes:
            one.restart_if_ended()
        async with store.read() as tx:
            lease = await tx.first(select(Lease).where(Lease.name == f"delivery:{messenger}"))
        if lease is None or lease.term <= after:
            return False
        found.extend(
            (one, lease.term) for one in processes if lease.holder.startswith(f"{one.process.pid}:")
        )
        return bool(found)

    await until(one_leads, "a leader")
    return found[0]
