"""The messengers, each as one row: how to open it, and how its users' apps behave.

A further messenger is one more folder in `bot/`, one more setup here, and one more row of
`MESSENGER_SETUPS`.
"""

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlmodel import SQLModel

from bot.demo.actors import SandboxUser, text_of
from bot.demo.zalo_actor import add_zalo_user, choices_of
from bot.sandbox.official_account.settings import OaIdentity
from bot.sandbox.state import SandboxSettings
from bot.telegram.account import Account
from bot.telegram.settings import TelegramSettings
from bot.web import server
from bot.web.health import Health
from bot.web.settings import WebSettings
from bot.web.signed_files import Files
from bot.zalo.account import ZaloAccount
from bot.zalo.message_counter import MessageCounter
from bot.zalo.settings import ZaloSettings
from bot.zalo_oa.event_webhook import PATH as EVENT_PATH
from bot.zalo_oa.event_webhook import EventWebhook
from bot.zalo_oa.oa_channel import Surroundings, open_oa_channel
from bot.zalo_oa.settings import ZaloOaSettings
from handlers.messages import Address, Incoming, Messenger
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault
from tests.integration.conftest import free_port
from tests.support.inline_workers import InlineWorkers
from tests.support.sandbox_client import SandboxTestClient, labels_of

KEY = bytes(range(32))
FILES = {"a-picture": b"", "a-document": b"words"}
"""What the messenger that keeps the club's files would give out, by id; a test fills it."""


@dataclass
class MessengerSetup(ABC):
    """One messenger under test, and its users."""

    sandbox: SandboxTestClient
    url: str
    token: str
    heard: list[Incoming] = field(default_factory=list)

    name: str = ""
    fault_prefix: str = ""
    """Before a method's name, where the sandbox is told to fail."""
    has_quota: bool = False
    """Whether the account may be sold its messages by the month."""
    strange: tuple[str, dict[str, object]] = ("", {})
    """A kind of message in which there is nothing to keep, and how somebody sends one."""
    rate_limit: tuple[dict[str, object], float] = ({"status": 429, "retry_after": 7}, 7)
    """How it says that it was called too often, and the seconds that it then wants."""
    sending: str = "sendMessage"
    """The method that sends a text."""
    has_formatting: bool = True
    is_telegram: bool = False
    """Whether it has times that a tap converts and buttons in colours."""

    @property
    @abstractmethod
    def messenger(self) -> Messenger: ...

    @abstractmethod
    async def close(self) -> None: ...

    @abstractmethod
    async def add_user(self, name: str) -> SandboxUser:
        """Somebody who has written to the bot, so that it may write to them."""

    @abstractmethod
    def polling(self) -> Callable[[asyncio.Event], Any]: ...

    @abstractmethod
    def choices(self, message: dict[str, Any]) -> list[str]:
        """What somebody can pick under a message."""

    def address_of(self, add_user: SandboxUser) -> Address:
        return Address(self.name, str(add_user.id))

    async def inject_fault(self, method: str, **fault: object) -> None:
        """Has the messenger fail as described."""
        await self.sandbox.inject_fault(method=self.fault_prefix + method, **fault)

    async def receive(self, arrivals: Sequence[Incoming]) -> None:
        self.heard += arrivals

    def words(self, message: dict[str, Any]) -> str:
        """What a message says, without what can be picked under it."""
        return re.sub(r"\n\n(\d+\. .*(\n|$))+$", "", text_of(message))


@dataclass
class TelegramSetup(MessengerSetup):
    name: str = "telegram"
    is_telegram: bool = True
    strange: tuple[str, dict[str, object]] = (
        "location",
        {"location": {"latitude": 10.3, "longitude": 105.4}},
    )

    def __post_init__(self) -> None:
        settings = TelegramSettings(token=SecretStr(self.token), api_url=self.url, sandbox=True)
        self._account = Account(settings)

    @property
    def messenger(self) -> Messenger:
        return self._account.messenger

    async def close(self) -> None:
        await self._account.close()

    async def add_user(self, name: str) -> SandboxUser:
        add_user = await self.sandbox.add_user(name)
        await add_user.starts()
        return add_user

    def polling(self) -> Callable[[asyncio.Event], Any]:
        return self._account.polling(self.receive, SystemClock()).run

    def choices(self, message: dict[str, Any]) -> list[str]:
        return labels_of(message)


@dataclass
class ZaloSetup(MessengerSetup):
    name: str = "zalo"
    fault_prefix: str = "zalo/"
    has_quota: bool = True
    strange: tuple[str, dict[str, object]] = ("sticker", {"sticker": "hello"})
    quota: int = 0
    store: Store | None = None
    files: Files | None = None

    def __post_init__(self) -> None:
        assert self.store is not None
        assert self.files is not None
        settings = ZaloSettings(token=SecretStr(self.token), api_url=f"{self.url}/zalo")
        pace = RateLimiter(PaceSettings(per_second=500, per_chat_s=0.001), time.monotonic)
        meter = MessageCounter(self.store, self.quota, ZoneInfo("Asia/Ho_Chi_Minh"))
        self._account = ZaloAccount(settings, pace, self.files.link, meter)

    @property
    def messenger(self) -> Messenger:
        return self._account.messenger

    async def close(self) -> None:
        await self._account.close()

    async def add_user(self, name: str) -> SandboxUser:
        add_user = await add_zalo_user(self.sandbox, name)
        await add_user.starts()
        return add_user

    def polling(self) -> Callable[[asyncio.Event], Any]:
        return self._account.polling(self.receive).run

    def choices(self, message: dict[str, Any]) -> list[str]:
        return list(choices_of(message).values())


class SandboxTokens:
    """Gives one token, and in place of a refused one a new one of the sandbox, if that was its own."""

    def __init__(self, sandbox: SandboxTestClient, token: str) -> None:
        self._sandbox = sandbox
        self._token = token
        self._is_given = bool(token)

    async def current(self) -> str:
        if not self._token:
            self._token = (await self._sandbox.post("oa/tokens"))["access_token"]
        return self._token

    async def renewed(self, refused: str) -> str:
        if not self._is_given:
            self._token = ""
        return await self.current()


@dataclass
class ZaloOaSetup(MessengerSetup):
    name: str = "zalo_oa"
    fault_prefix: str = "oa/"
    sending: str = "v3.0/oa/message/cs"
    strange: tuple[str, dict[str, object]] = ("sticker", {"sticker": "🙂"})
    rate_limit: tuple[dict[str, object], float] = ({"error": -32}, 60)
    has_formatting: bool = False
    store: Store | None = None
    files: Files | None = None

    def __post_init__(self) -> None:
        assert self.store is not None
        assert self.files is not None
        settings = ZaloOaSettings(
            app_id=OaIdentity().app_id,
            app_secret=SecretStr(OaIdentity().app_secret),
            api_url=f"{self.url}/oa",
            per_minute=30_000,
        )
        channel = open_oa_channel(
            settings,
            Surroundings(
                store=self.store,
                pace=PaceSettings(per_chat_s=0.001),
                timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
                tokens=SandboxTokens(self.sandbox, self.token),
                workers=InlineWorkers(),
                link=self.files.link,
                fetch=_fetch,
                report=lambda *_: None,
            ),
        )
        assert channel is not None
        self._channel = channel
        self.webhook = EventWebhook(
            OaIdentity().app_id,
            SecretStr(OaIdentity().oa_secret),
            channel.payloads,
            self.receive,
            clock=SystemClock(),
            repeats_known_for=timedelta(hours=48),
            account_id=self._account_id,
            on_revoked=self._on_revoked,
            count=lambda _: None,
        )

    async def _account_id(self) -> str:
        return OaIdentity().oa_id

    async def _on_revoked(self, at: datetime) -> None:
        raise AssertionError(at)

    @property
    def messenger(self) -> Messenger:
        return self._channel.account.messenger

    async def close(self) -> None:
        await self._channel.account.close()

    async def add_user(self, name: str) -> SandboxUser:
        person = await self.sandbox.post("users", first_name=name, messenger="zalo_oa")
        user = SandboxUser(self.sandbox, person["id"])
        await self.sandbox.post(f"chats/{user.id}/send", text="xin chào")
        return user

    def polling(self) -> Callable[[asyncio.Event], Any]:
        """Nothing polls: the webhook is open from the beginning."""

        async def wait(stop: asyncio.Event) -> None:
            await stop.wait()

        return wait

    def choices(self, message: dict[str, Any]) -> list[str]:
        return labels_of(message) or list(choices_of(message).values())


@asynccontextmanager
async def telegram(
    sandbox: SandboxTestClient, folder: Path, url: str = "", token: str = "", quota: int = 0
) -> AsyncIterator[MessengerSetup]:
    """Telegram; another `url` or `token` than the sandbox's for what goes wrong there."""
    del folder, quota
    setup = TelegramSetup(sandbox, url or sandbox.url, token or SandboxSettings().token)
    yield setup
    await setup.close()


@asynccontextmanager
async def zalo(
    sandbox: SandboxTestClient, folder: Path, url: str = "", token: str = "", quota: int = 0
) -> AsyncIterator[MessengerSetup]:
    """Zalo, with the web server from which it fetches pictures."""
    async with (
        _lending(folder) as (store, files, port),
        server.serve(server.build(Health({}), {}, files), WebSettings(port=port)),
    ):
        token = token or SandboxSettings().zalo_token
        setup = ZaloSetup(sandbox, url or sandbox.url, token, store=store, files=files, quota=quota)
        yield setup
        await setup.close()


@asynccontextmanager
async def zalo_oa(
    sandbox: SandboxTestClient, folder: Path, url: str = "", token: str = "", quota: int = 0
) -> AsyncIterator[MessengerSetup]:
    """The Official Account, with the web server to which it brings updates."""
    del quota
    async with _lending(folder) as (store, files, port):
        setup = ZaloOaSetup(sandbox, url or sandbox.url, token, store=store, files=files)
        site = server.build(Health({}), {EVENT_PATH: setup.webhook}, files)
        async with server.serve(site, WebSettings(port=port)):
            await sandbox.post("oa", webhook_url=f"http://127.0.0.1:{port}{EVENT_PATH}")
            yield setup
            await sandbox.post("oa", webhook_url="")
            await setup.close()


@asynccontextmanager
async def _lending(folder: Path) -> AsyncIterator[tuple[Store, Files, int]]:
    """A store with the signed links of files, and the port from which they are to be served."""
    store = Store(
        open_engine(DatabaseSettings(url=f"sqlite:///{folder}/zalo.sqlite3")),
        Vault(KEY),
        SystemClock(),
        RandomIds(),
    )
    # The only tables that lending needs.
    async with store.engine.begin() as connection:
        for table in ("generatedfile", "filelink"):
            await connection.run_sync(SQLModel.metadata.tables[table].create)
    port = free_port()
    yield store, Files(store, _fetch, f"http://127.0.0.1:{port}"), port
    await store.close()


async def _fetch(file: str, limit: int) -> bytes:
    return FILES[file][:limit]


MESSENGER_SETUPS = {"telegram": telegram, "zalo": zalo, "zalo_oa": zalo_oa}
"""One row for each messenger."""
