"""Builds and serves the bot's web server."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Protocol

from aiohttp import web

from bot.web import bodies, health, metrics, signed_files, verdicts
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.settings import WebSettings
from bot.web.signed_files import Files
from bot.web.verdicts import VerdictPages

Site = web.Application
Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""Answers a GET request."""


class Webhook(Protocol):
    """Answers the requests with which a messenger brings updates."""

    async def answer(self, request: web.Request) -> web.Response:
        """Stores what the request brings."""

    async def expect(self, request: web.Request) -> None:
        """Decides whether a client that expects `100-continue` may send the body."""


_SHUTDOWN_S = 5.0


class PortTaken(Exception):
    """Another program listens on this port."""


def build(
    checks: Health,
    webhooks: Mapping[str, Webhook],
    files: Files,
    verdict_pages: VerdictPages | None = None,
    measured: Metrics | None = None,
    *,
    more_pages: Mapping[str, Page] = MappingProxyType({}),
) -> Site:
    """The application; `webhooks` and `more_pages` by their paths. Paths of optional parts that are None are 404."""
    app = web.Application(client_max_size=bodies.LIMIT, middlewares=[bodies.sparing])
    pages: dict[str, Page] = {
        health.PATH: checks.answer,
        f"{signed_files.PATH}/{{token}}": files.answer,
        **more_pages,
    }
    if verdict_pages is not None:
        pages |= {verdicts.PATH: verdict_pages.page, verdicts.DATA_PATH: verdict_pages.data}
    if measured is not None:
        pages[metrics.PATH] = measured.answer
    for path, page in pages.items():
        app.router.add_get(path, page, expect_handler=bodies.invite_nobody)
    for path, updates in webhooks.items():
        app.router.add_post(path, updates.answer, expect_handler=updates.expect)
    return app


@asynccontextmanager
async def serve(app: Site, settings: WebSettings) -> AsyncIterator[None]:
    """Serves until the block is left; then finishes the requests in progress.

    Raises:
        PortTaken: the port is in use or not permitted.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_S, **bodies.OPENING)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        await runner.cleanup()
        where = f"{settings.host}:{settings.port}"
        raise PortTaken(f"web.port: nothing can listen at {where} ({error.strerror})") from None
    try:
        yield
    finally:
        await runner.cleanup()
