"""A sandbox and a bot that talk over real HTTP, on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import aiohttp
import pytest

from bot import app
from bot.cli import init_config
from bot.cli.owner_invite import invite_owner
from bot.config.key_file import create
from bot.config.settings import Settings, load
from bot.demo import actions, data
from bot.sandbox.official_account.settings import OaIdentity
from bot.sandbox.serve import serve
from bot.sandbox.state import SandboxSettings
from tests.support.sandbox_client import SandboxTestClient, SandboxUser
from tests.support.waiting import TIMEOUT_S

WEDNESDAY = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
"""Wednesday 11 March 2026, 9:00 in Vietnam."""


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxTestClient]:
    """A sandbox whose clock stands on the Wednesday before the vote."""
    offset_s = (WEDNESDAY - datetime.now(UTC)).total_seconds()
    settings = SandboxSettings(clock_offset_s=offset_s, webhook_pause_s=0.05)
    async with serve(settings, port=0) as address, aiohttp.ClientSession() as http:
        yield SandboxTestClient(http, address.url)


@dataclass
class Home:
    """The folder and the settings of one bot."""

    folder: Path
    settings: Settings

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"


MakeHome = Callable[..., Home]


@pytest.fixture
def make_home(tmp_path: Path, sandbox: SandboxTestClient) -> MakeHome:
    """Writes a configuration whose bot uses the sandbox.

    With `webhook` it gets updates by webhook. `zalo` and `zalo_oa` are the lines of these tables, which
    are left out when None.
    """

    def make(
        *,
        database: str = "sqlite:///club.sqlite3",
        busy_timeout_s: float = TIMEOUT_S,
        webhook: bool = False,
        flood: str = "burst = 1000",
        delivery: str = "",
        intake: str = "",
        # The sandbox has no limit, and a test no time to keep one.
        pace: str = "per_second = 500\nper_chat_s = 0.01",
        zalo: str | None = None,
        zalo_oa: str | None = None,
        web: str = "",
    ) -> Home:
        port = free_port()
        text = init_config.example().read_text("utf-8")
        own = {
            "database": f'url = "{database}"\nbusy_timeout_s = {busy_timeout_s}',
            "key": 'file = "niemtin.key"',
            "telegram": f'token = "{SandboxSettings().token}"\napi_url = "{sandbox.url}"\n'
            'sandbox = true\nwebhook_secret = "nobody-else-knows"',
            "pace": pace,
            # PhonePage are faster in a test than anywhere else.
            "flood": flood,
            "delivery": delivery,
            "intake": intake,
            # Tests look at a count right after what changed it.
            "flags": "batch_minutes = 0",
            "web": f"port = {port}\n{web}"
            + (f'\npublic_url = "http://127.0.0.1:{port}"' if webhook else ""),
        }
        if zalo is not None:
            own["zalo"] = (
                f'token = "{SandboxSettings().zalo_token}"\napi_url = "{sandbox.url}/zalo"\n'
                f'webhook_secret = "nobody-else-knows"\nper_second = 500\n{zalo}'
            )
        if zalo_oa is not None:
            account = OaIdentity()
            own["zalo_oa"] = (
                f'app_id = "{account.app_id}"\napp_secret = "{account.app_secret}"\n'
                f'oa_secret = "{account.oa_secret}"\napi_url = "{sandbox.url}/oa"\n'
                f'oauth_url = "{sandbox.url}/oa/oauth"\n{zalo_oa}'
            )
        for table, lines in own.items():
            text = text.replace('url = "sqlite:///data/niemtin.sqlite3"\n', "")
            text = text.replace(f"[{table}]\n", f"[{table}]\n{lines}\n")
        home = tmp_path / "home"
        home.mkdir()
        (home / "config.toml").write_text(text, "utf-8")
        (home / "config.toml").chmod(0o600)
        create(home / "niemtin.key")
        return Home(home, load(home / "config.toml", {}))

    return make


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    """The configuration of a bot that polls, on SQLite."""
    return make_home()


@pytest.fixture
async def lan(sandbox: SandboxTestClient) -> SandboxUser:
    """The user Lan of the sandbox."""
    return await sandbox.add_user("Lan")


U = TypeVar("U", bound=SandboxUser)


@dataclass(frozen=True)
class JoinedClub(Generic[U]):
    """An owner on Telegram, an officer and a member on another messenger, all joined by an invite."""

    owner: SandboxUser
    officer: U
    lan: U
    code: str
    """The invite for members."""


async def joined_club(
    sandbox: SandboxTestClient, home: Home, add: Callable[[SandboxTestClient, str], Awaitable[U]]
) -> JoinedClub[U]:
    """Has them join; `add` makes a user of the other messenger."""
    owner = await sandbox.add_user(data.OWNER.name)
    await actions.join(owner, (await invite_owner(home.settings)).code, data.OWNER)
    officer = await add(sandbox, data.OFFICER.name)
    await actions.join(officer, await actions.invite(owner, "Cán bộ"), data.OFFICER)
    code = await actions.invite(owner, "Hội viên")
    lan = await add(sandbox, "Lan")
    await actions.join(lan, code, data.MEMBERS[0])
    return JoinedClub(owner, officer, lan, code)


Live = Callable[[Home], Awaitable[None]]


@pytest.fixture
async def bot(make_home: MakeHome) -> AsyncIterator[Home]:
    """A bot that runs in this process, on SQLite, by polling."""
    home = make_home()
    async with running(home.settings):
        yield home


class running:  # noqa: N801 - read as a word: `async with running(settings)`
    """The whole application in this process, started and stopped with the block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stop = asyncio.Event()

    async def __aenter__(self) -> None:
        up = asyncio.Event()
        self._life = asyncio.create_task(app.run(self._settings, self._stop, ready=up.set))
        waiting = asyncio.create_task(up.wait())
        await asyncio.wait({self._life, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if self._life.done():
            waiting.cancel()
            self._life.result()

    async def __aexit__(self, *_: Any) -> None:
        self._stop.set()
        await self._life


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
