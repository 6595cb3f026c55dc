"""The demo: a sandbox, a bot that uses it, and a small club, on this machine alone."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import aiohttp
import structlog
from pydantic import SecretStr

from bot.cli import init_config
from bot.config.key_file import KeySettings, create
from bot.config.settings import Settings, load
from bot.demo import data
from bot.demo.actors import ExpectationFailed, SandboxClient
from bot.demo.seed import seed_club
from bot.sandbox.official_account.settings import OaIdentity
from bot.sandbox.serve import Address, serve
from bot.sandbox.state import SandboxSettings
from bot.zalo.settings import ZaloSettings
from bot.zalo_oa.settings import ZaloOaSettings
from scheduler.settings import PaceSettings
from storage.database.batch_settings import BatchSettings

log = structlog.stdlib.get_logger()

Tell = Callable[[str], None]

_PACE = PaceSettings(per_second=500, per_chat_s=0.01)
"""The sandbox has no rate limit; the default would only delay the seeding."""
_OA_PRICE_DONG = ZaloOaSettings().price_dong
_OA_CALLS_PER_MINUTE = 2_000
"""What the package of the sandbox's Official Account allows."""


async def run(port: int, stop: asyncio.Event, tell: Tell, *, seed: bool = True) -> None:
    """Runs until `stop`; calls `tell` with the address to open and when the club is seeded.

    Raises:
        OSError: another program listens at this port.
    """
    beginning = data.BEGINNING if seed else data.PRESENT
    async with _sandbox(beginning, port) as (sandbox_settings, address):
        tell(f"\n  Open {address.url}\n  Ctrl-C stops it.\n")
        # Importing the bot takes seconds, because of Telegram's types; the page is served before.
        await asyncio.to_thread(import_module, "bot.app")
        if stop.is_set():
            return
        with tempfile.TemporaryDirectory(prefix="niemtin-") as folder:
            settings = _settings(Path(folder), sandbox_settings, address)
            from bot import app  # noqa: PLC0415
            from bot.demo.oa_console import set_up_account  # noqa: PLC0415

            await set_up_account(settings, address.url)
            async with asyncio.TaskGroup() as tasks:
                up = asyncio.Event()
                tasks.create_task(app.run(settings, stop, ready=up.set))
                await up.wait()
                await _seed(settings, address, stop, tell) if seed else None


@asynccontextmanager
async def _sandbox(
    beginning: datetime, port: int
) -> AsyncIterator[tuple[SandboxSettings, Address]]:
    settings = SandboxSettings(clock_offset_s=(beginning - datetime.now(UTC)).total_seconds())
    async with serve(settings, port=port) as address:
        yield settings, address


def _settings(folder: Path, sandbox_settings: SandboxSettings, address: Address) -> Settings:
    """The example configuration, with all data in a temporary folder."""
    example = load(init_config.example(), {})
    key = folder / "niemtin.key"
    create(key)
    return replace(
        example,
        key=KeySettings(file=key),
        database=replace(example.database, url=f"sqlite:///{folder / 'niemtin.sqlite3'}"),
        telegram=replace(
            example.telegram,
            token=SecretStr(sandbox_settings.token),
            api_url=address.url,
            sandbox=True,
        ),
        zalo=ZaloSettings(
            token=SecretStr(sandbox_settings.zalo_token),
            api_url=f"{address.url}/zalo",
            per_second=_PACE.per_second,
        ),
        zalo_oa=_official_account(sandbox_settings.oa, address),
        # Zalo fetches pictures from the bot's own web server and brings it the events of the OA.
        web=replace(example.web, port=_free_port()),
        pace=_PACE,
        # Officers are notified of each flag at once, so that its effect is visible.
        flags=BatchSettings(batch_minutes=0),
    )


def _official_account(oa: OaIdentity, address: Address) -> ZaloOaSettings:
    return ZaloOaSettings(
        app_id=oa.app_id,
        app_secret=SecretStr(oa.app_secret),
        oa_secret=SecretStr(oa.oa_secret),
        api_url=f"{address.url}/oa",
        oauth_url=f"{address.url}/oa/oauth",
        per_minute=_OA_CALLS_PER_MINUTE,
        console_readers="văn phòng câu lạc bộ (2 người)",
        announcement_messages=100,
        announcement_dong=100 * _OA_PRICE_DONG,
        month_messages=500,
        month_dong=500 * _OA_PRICE_DONG,
    )


async def _seed(settings: Settings, address: Address, stop: asyncio.Event, tell: Tell) -> None:
    """Seeds the club; a stop of the demo cancels it."""
    tell("  The club's first days are being played …")
    async with aiohttp.ClientSession() as http:
        playing = asyncio.create_task(_play(settings, SandboxClient(http, address.url), tell))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (playing, stopping):
            task.cancel()
        await asyncio.gather(playing, stopping, return_exceptions=True)


async def _play(settings: Settings, sandbox: SandboxClient, tell: Tell) -> None:
    from bot.cli import owner_invite  # noqa: PLC0415

    invite = await owner_invite.invite_owner(settings)
    try:
        await seed_club(sandbox, invite.code)
    except ExpectationFailed as nothing:
        log.warning("the demo was not seeded completely", missing=nothing.what)
        tell("  They could not be played to their end; the demo works all the same.")
    else:
        tell("  The club is there: it is Wednesday, four days before the vote.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
