"""`doctor`: looks at everything the bot stands on and says what is wrong, and what to do."""

import os
import shutil
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from bot.backup.open_existing import sqlite_file
from bot.config import key_file
from bot.config.settings import Settings, load
from bot.monitoring import health_checks
from bot.store.open_store import open_clock, open_store
from bot.store.sandbox_clock import SandboxAway
from bot.telegram.settings import TelegramSettings
from bot.web import webhook
from bot.zalo.channel import open_channel
from handlers.conversation.i18n import Html, Speech
from handlers.messages import Address, Media, MessengerError, TokenRefused
from storage.database import aiosqlite_cursor
from storage.database.clock import SystemClock

if TYPE_CHECKING:
    from bot.telegram.account import Account

_CLOCK_OFF_S = 60
"""Telegram itself does not mind; what is scheduled would go out at the wrong minute."""
_LEAST_FREE_MB = 200
_MOST_PENDING = 100
"""Updates that wait at Telegram; more mean that nobody has fetched them for a while."""
_PATIENCE = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True)
class Trouble:
    """What is wrong and what to do: a sentence's key, and what stands in it."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One part of what the bot stands on, and what is wrong with it, if anything."""

    part: str
    trouble: Trouble | None

    def line(self, say: Speech) -> str:
        """`✓ Khoá: ổn`, in the language of `say`."""
        mark, part = "✗" if self.trouble else "✓", say.plain(f"doctor-part-{self.part}")
        if self.trouble is None:
            return f"{mark} {part}: {say.plain('doctor-well')}"
        values = {name: Html(value) for name, value in self.trouble.values.items()}
        return f"{mark} {part}: {say.plain(self.trouble.key, **values)}"


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every part in order; what stands on a broken part is looked at all the same."""
    for part, look in (
        ("key", _key),
        ("database", _database),
        ("disk", _disk),
        ("clock", _clock),
        ("token", _token),
        ("way-in", _way_in),
        ("inline", _inline),
    ):
        yield Finding(part, await look(settings))
    if settings.zalo.is_used:
        yield Finding("zalo", await _zalo(settings))


def config(path: Path) -> Finding:
    """Whether others may read a configuration that holds a secret.

    Raises:
        ConfigWrong: it is of no use.
    """
    is_open = bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    trouble = Trouble("doctor-config-open", {"file": str(path)})
    return Finding("config", trouble if is_open and load(path, {}).holds_secrets else None)


async def _zalo(settings: Settings) -> Trouble | None:
    """Whether Zalo knows the token, and brings updates where it should."""
    async with AsyncExitStack() as life:
        try:
            store = open_store(settings, SystemClock())
            life.push_async_callback(store.close)
            line = open_channel(
                settings.zalo, settings.pace, store, settings.club.timezone, _no_link
            )
            if line is None:
                return None
            life.push_async_callback(line.account.close)
            await line.account.who_am_i()
            found = await line.account.webhook()
        except key_file.KeyWrong:
            return Trouble("doctor-database-without-key")
        except TokenRefused:
            return Trouble("doctor-zalo-refused")
        except MessengerError as error:
            values = {"address": settings.zalo.api_url, "kind": type(error).__name__}
            return Trouble("doctor-messenger-away", values)
    wanted = settings.web.address_of(webhook.ZALO_PATH)
    if not wanted:
        return Trouble("doctor-zalo-polling")
    away = Trouble("doctor-zalo-elsewhere", {"address": found or "getUpdates"})
    return None if found == wanted else away


async def _no_link(_media: Media, _to: Address) -> str:
    return ""


async def _key(settings: Settings) -> Trouble | None:
    try:
        key_file.load(settings.key)
    except key_file.KeyWrong as wrong:
        return Trouble(f"doctor-key-{wrong.flaw.value}", {"where": wrong.where})
    return None


async def _database(settings: Settings) -> Trouble | None:
    file = sqlite_file(settings)
    if file and (trouble := _file_trouble(file)):
        return trouble
    try:
        store = open_store(settings, SystemClock())
    except key_file.KeyWrong:
        return Trouble("doctor-database-without-key")
    try:
        if await health_checks.database(store):
            return Trouble("doctor-database-release")
        # Opening it has taken away others' rights, where this user may do that.
        is_open = file is not None and aiosqlite_cursor.open_to_others(file)
        return Trouble("doctor-database-open", {"file": str(file)}) if is_open else None
    except (SQLAlchemyError, OSError) as error:
        return Trouble("doctor-database-closed", {"kind": type(error).__name__})
    finally:
        await store.close()


def _file_trouble(file: Path) -> Trouble | None:
    if not file.is_file():
        return Trouble("doctor-database-none", {"file": str(file)})
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return Trouble("doctor-database-read-only", {"file": str(file)})
    return None


async def _disk(settings: Settings) -> Trouble | None:
    folder = (sqlite_file(settings) or settings.key.file).parent
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    free_mb = shutil.disk_usage(there).free // 2**20
    values = {"free": str(free_mb), "folder": str(there)}
    return Trouble("doctor-disk-full", values) if free_mb < _LEAST_FREE_MB else None


async def _clock(settings: Settings) -> Trouble | None:
    """The machine's clock against the `Date` with which the Bot API answers."""
    if settings.telegram.sandbox:
        return await _sandbox_clock(settings)
    said = await _date_of(settings.telegram)
    if said is None:
        return None  # the token's check says that nothing answers
    off_s = abs((datetime.now(UTC) - said).total_seconds())
    return Trouble("doctor-clock-off", {"off": f"{off_s:.0f}"}) if off_s > _CLOCK_OFF_S else None


async def _sandbox_clock(settings: Settings) -> Trouble | None:
    try:
        await open_clock(settings)
    except SandboxAway:
        return Trouble("doctor-sandbox-away", {"address": settings.telegram.api_url})
    return None


async def _date_of(telegram: TelegramSettings) -> datetime | None:
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as http,
            http.get(telegram.api_url, allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None


async def _token(settings: Settings) -> Trouble | None:
    return await _asking(settings, _nothing_but_who)


async def _nothing_but_who(account: "Account") -> None:
    await account.who_am_i()


async def _way_in(settings: Settings) -> Trouble | None:
    return await _asking(settings, partial(_webhook_trouble, settings))


async def _webhook_trouble(settings: Settings, account: "Account") -> Trouble | None:
    wanted = settings.web.address_of(webhook.TELEGRAM_PATH)
    found = await account.webhook()
    if found.url != wanted:
        return Trouble("doctor-way-in-elsewhere", {"address": found.url or "getUpdates"})
    if found.last_error_message:
        return Trouble("doctor-way-in-broken", {"says": found.last_error_message})
    if found.pending_update_count > _MOST_PENDING:
        return Trouble("doctor-way-in-pending", {"count": str(found.pending_update_count)})
    return None


async def _inline(settings: Settings) -> Trouble | None:
    """Whether members can post announcements in other chats; only @BotFather can switch that on."""
    return await _asking(settings, _inline_trouble)


async def _inline_trouble(account: "Account") -> Trouble | None:
    who = await account.who_am_i()
    return None if who.supports_inline_queries else Trouble("doctor-inline-off")


async def _asking(
    settings: Settings, ask: Callable[["Account"], Awaitable[Trouble | None]]
) -> Trouble | None:
    """What `ask` finds wrong, or why the messenger does not answer."""
    if not settings.telegram.token.get_secret_value():
        return Trouble("doctor-token-none")
    from bot.telegram.account import Account  # noqa: PLC0415  (seconds, which a club without a token need not wait)

    async with AsyncExitStack() as life:
        try:
            account = Account(settings.telegram)
            life.push_async_callback(account.close)
            return await ask(account)
        except TokenRefused:
            return Trouble("doctor-token-refused")
        except MessengerError as error:
            values = {"address": settings.telegram.api_url, "kind": type(error).__name__}
            return Trouble("doctor-messenger-away", values)
