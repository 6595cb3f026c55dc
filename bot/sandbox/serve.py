"""Builds the sandbox from its parts and serves it over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.content.media import DOCUMENT_LIMIT
from bot.sandbox.control.clock_and_faults import ClockAndFaultControl
from bot.sandbox.control.conversations import ChatControl
from bot.sandbox.control.official_account import OfficialAccountControl
from bot.sandbox.control.people_and_groups import PeopleControl
from bot.sandbox.control.requests import errors_as_sentences
from bot.sandbox.control.stream import EventStream
from bot.sandbox.phones.user_actions import UserActions
from bot.sandbox.state import SandboxSettings, SandboxState
from bot.sandbox.static_page import StaticPage
from bot.sandbox.telegram.bot_api import BotApi
from bot.sandbox.transport.origin_check import Guard, guard_apis
from bot.sandbox.zalo.api import ZaloApi
from bot.sandbox.zalo_oa.oa_api import ZaloOaApi

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8081
_BODY_LIMIT = DOCUMENT_LIMIT + 1024 * 1024
_SHUTDOWN_S = 2.0


@dataclass(frozen=True)
class Address:
    """Host and port at which a running sandbox listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The base address; an IPv6 host is put in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def build(settings: SandboxSettings, *, extra_hosts: Collection[str] = ()) -> web.Application:
    """The sandbox as one application; `extra_hosts` are accepted Host headers beside loopback."""
    return _build(SandboxState(settings), extra_hosts)


def _build(state: SandboxState, extra_hosts: Collection[str]) -> web.Application:
    guard = Guard(extra_hosts)
    app = web.Application(middlewares=[guard_apis(guard)], client_max_size=_BODY_LIMIT)
    app.add_routes(BotApi(state).routes())
    app.add_routes(ZaloApi(state).routes())
    app.add_routes(ZaloOaApi(state).routes())
    app.add_routes(StaticPage(guard).routes())
    app.add_subapp("/sandbox/", _control(state, guard))
    app.cleanup_ctx.append(_delivering(state))
    app.on_shutdown.append(_closing(state))
    return app


@asynccontextmanager
async def serve(
    settings: SandboxSettings, *, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT
) -> AsyncIterator[Address]:
    """Serves until the block ends; port 0 takes a free one. Raises OSError if it is taken."""
    state = SandboxState(settings)
    runner = web.AppRunner(
        _build(state, (host,)), access_log=None, shutdown_timeout=_SHUTDOWN_S, auto_decompress=False
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        address = Address(host, runner.addresses[0][1])
        state.url = address.url
        yield address
    finally:
        await runner.cleanup()


def _control(state: SandboxState, guard: Guard) -> web.Application:
    phones = UserActions(state)
    app = web.Application(middlewares=[errors_as_sentences(guard)], client_max_size=_BODY_LIMIT)
    for part in (
        PeopleControl(state, phones),
        ChatControl(state, phones),
        ClockAndFaultControl(state),
        OfficialAccountControl(state),
        EventStream(state),
    ):
        app.add_routes(part.routes())
    return app


def _delivering(state: SandboxState) -> Callable[[web.Application], AsyncIterator[None]]:
    async def context(_: web.Application) -> AsyncIterator[None]:
        deliveries = [
            asyncio.create_task(queue.run())
            for queue in (state.webhook_delivery, state.zalo_updates, state.oa.webhook)
        ]
        yield
        for delivery in deliveries:
            delivery.cancel()
            with suppress(asyncio.CancelledError):
                await delivery

    return context


def _closing(state: SandboxState) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_: web.Application) -> None:
        state.close()

    return close
