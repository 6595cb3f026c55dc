"""A club served by several processes with different roles behind one address."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import aiohttp

from tests.integration.conftest import Home, free_port
from tests.support.bot_process import BotProcess
from tests.support.reverse_proxy import RoundRobinProxy, reverse_proxy
from tests.support.sandbox_client import until


class ProcessGroup:
    """The processes of one club, by role."""

    def __init__(
        self, home: Home, proxy: RoundRobinProxy, ports: list[int], alive: ExitStack
    ) -> None:
        self.home, self.proxy = home, proxy
        self._alive = alive
        self.webs = {port: self._begin("web", port) for port in ports}
        for role in ("delivery", "timetable"):
            self._begin(role, 0)

    def _begin(self, role: str, port: int) -> BotProcess:
        options = ("--role", role, "--port", str(port))
        return self._alive.enter_context(BotProcess(self.home.config, *options))

    def kill(self, port: int) -> None:
        """Sends SIGKILL to the web process at this port."""
        self.webs[port].kill()

    def restart(self, port: int) -> None:
        """Starts another web process at this port."""
        self.webs[port] = self._begin("web", port)

    async def wait_until_up(self) -> None:
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
async def process_group(home: Home, webs: int) -> AsyncIterator[ProcessGroup]:
    """`webs` web processes behind the club's address, one delivery and one timetable process."""
    ports = [free_port() for _ in range(webs)]
    async with reverse_proxy(ports, home.settings.web.port) as proxy:
        with ExitStack() as alive:
            made = ProcessGroup(home, proxy, ports, alive)
            await made.wait_until_up()
            yield made
