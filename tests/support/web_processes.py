"""A club served by several processes, each with its own part of the work, behind one address."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import aiohttp

from tests.integration.conftest import Home, free_port
from tests.support.bot_process import BotProcess
from tests.support.reverse_proxy import Front, before
from tests.support.sandbox_client import until


class Company:
    """Processes of one club, by what they do."""

    def __init__(self, home: Home, front: Front, ports: list[int], alive: ExitStack) -> None:
        self.home, self.front = home, front
        self._alive = alive
        self.webs = {port: self._begin("web", port) for port in ports}
        for role in ("delivery", "timetable"):
            self._begin(role, 0)

    def _begin(self, role: str, port: int) -> BotProcess:
        options = ("--role", role, "--port", str(port))
        return self._alive.enter_context(BotProcess(self.home.config, *options))

    def kill(self, port: int) -> None:
        """SIGKILL for the web process that listens there."""
        self.webs[port].kill()

    def begin_again(self, port: int) -> None:
        """Another in its place."""
        self.webs[port] = self._begin("web", port)

    async def is_up(self) -> None:
        """Waits until every web process answers."""
        async with aiohttp.ClientSession() as http:
            for port in self.webs:
                await until(lambda at=port: _answers(http, at), "a web process")  # type: ignore[misc]


async def _answers(http: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


@asynccontextmanager
async def company(home: Home, webs: int) -> AsyncIterator[Company]:
    """So many web processes behind the club's address, one that delivers, one that keeps time."""
    ports = [free_port() for _ in range(webs)]
    async with before(ports, home.settings.web.port) as front:
        with ExitStack() as alive:
            made = Company(home, front, ports, alive)
            await made.is_up()
            yield made
