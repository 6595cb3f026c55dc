"""A round-robin reverse proxy in front of several web processes."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

_TAKEN_BY_THE_PROXY = frozenset({"host", "content-length", "transfer-encoding", "connection"})


class RoundRobinProxy:
    """Forwards each request to the next process that answers."""

    def __init__(self, http: aiohttp.ClientSession, ports: Sequence[int]) -> None:
        self._http = http
        self._ports = ports
        self._next = 0
        self.served: Counter[int] = Counter()
        """The number of answered requests by port."""

    async def answer(self, request: web.Request) -> web.Response:
        """Forwards one request; tries the next process if one does not answer."""
        body = await request.read()
        for port in self._turn():
            try:
                return await self._bring(port, request, body)
            except aiohttp.ClientError:
                continue
        raise web.HTTPBadGateway

    def _turn(self) -> Iterator[int]:
        first = self._next
        self._next += 1
        return (self._ports[(first + n) % len(self._ports)] for n in range(len(self._ports)))

    async def _bring(self, port: int, request: web.Request, body: bytes) -> web.Response:
        url = f"http://127.0.0.1:{port}{request.rel_url}"
        async with self._http.request(
            request.method, url, data=body, headers=_passed_on(request.headers)
        ) as answer:
            content = await answer.read()
        self.served[port] += 1
        return web.Response(status=answer.status, body=content, headers=_passed_on(answer.headers))


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in headers.items() if name.lower() not in _TAKEN_BY_THE_PROXY}


@asynccontextmanager
async def reverse_proxy(ports: Sequence[int], at: int) -> AsyncIterator[RoundRobinProxy]:
    """Listens at port `at` and forwards to `ports`."""
    async with aiohttp.ClientSession() as http:
        proxy = RoundRobinProxy(http, ports)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", proxy.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", at).start()
        try:
            yield proxy
        finally:
            await runner.cleanup()
