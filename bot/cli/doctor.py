"""`doctor`: checks everything the bot depends on; says what is wrong and what to do."""

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
from aiohttp_socks import ProxyConnector, ProxyError
from sqlalchemy.exc import SQLAlchemyError

from bot.backup.open_existing import sqlite_file
from bot.cli import oa_grant
from bot.config import key_file
from bot.config.settings import Settings, load
from bot.monitoring import health_checks
from bot.store.open_store import open_clock, open_store
from bot.store.sandbox_clock import SandboxAway
from bot.telegram.settings import TelegramSettings
from bot.web import webhook
from bot.zalo.channel import open_channel
from bot.zalo_oa import event_webhook
from handlers.conversation import Html, Speech
from handlers.messages import (
    Address,
    DeliveryUncertain,
    Media,
    MessengerError,
    TokenRefused,
    Unreachable,
)
from handlers.recognition.pictures import reader
from storage.database import SystemClock, aiosqlite_cursor

if TYPE_CHECKING:
    from bot.telegram.account import Account

_CLOCK_SKEW_MAX_S = 60
"""Telegram accepts any skew, but scheduled messages would be sent at the wrong minute."""
_FREE_DISK_MIN_MB = 200
_PENDING_UPDATES_MAX = 100
"""Updates pending at Telegram; more mean that nothing has received them for a while."""
_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do, as the key of a sentence with its variables."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The result of checking one part."""

    part: str
    problem: Problem | None
    note: Problem | None = None
    """What there is to say although nothing is wrong."""

    def line(self, say: Speech) -> str:
        """The result as a line such as `✓ Khoá: ổn`, in the language of `say`."""
        mark, part = "✗" if self.problem else "✓", say.plain(f"doctor-part-{self.part}")
        sentence = self.problem or self.note or Problem("doctor-well")
        values = {name: Html(value) for name, value in sentence.values.items()}
        return f"{mark} {part}: {say.plain(sentence.key, **values)}"


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Checks every part in order, also those that depend on a broken part."""
    telegram = (("clock", _clock), ("token", _token), ("way-in", _way_in), ("inline", _inline))
    for part, look in (
        ("key", _key),
        ("database", _database),
        ("disk", _disk),
        # A club on no messenger reads what to set for Telegram.
        *(telegram if settings.telegram.is_used or not settings.is_on_zalo else ()),
    ):
        yield Finding(part, await look(settings))
    yield picture_reader()
    if settings.zalo.is_used:
        yield Finding("zalo", await _zalo(settings))
    if settings.zalo_oa.is_used:
        named = settings.zalo_oa.console_readers
        yield Finding("oa-readers", None if named else Problem("doctor-oa-readers-unnamed"))
        yield await _oa_grant(settings)
        yield _oa_webhook(settings)


def config(path: Path) -> Finding:
    """Whether other users of the machine may read a configuration that holds a secret.

    Raises:
        ConfigWrong: it is invalid.
    """
    is_open = bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    problem = Problem("doctor-config-open", {"file": str(path)})
    return Finding("config", problem if is_open and load(path, {}).holds_secrets else None)


def picture_reader() -> Finding:
    """Which reader there is for the words in pictures; without one the bot works, and says less."""
    name = reader.installed()
    note = Problem("doctor-reader", {"name": name}) if name else Problem("doctor-reader-none")
    return Finding("reader", None, note)


async def _zalo(settings: Settings) -> Problem | None:
    """Whether Zalo accepts the token, and delivers updates to the right URL."""
    async with AsyncExitStack() as exit_stack:
        try:
            store = open_store(settings, SystemClock())
            exit_stack.push_async_callback(store.close)
            channel = open_channel(
                settings.zalo, settings.pace, store, settings.club.timezone, _no_link
            )
            if channel is None:
                return None
            exit_stack.push_async_callback(channel.account.close)
            await channel.account.who_am_i()
            found = await channel.account.webhook()
        except key_file.KeyWrong:
            return Problem("doctor-database-without-key")
        except TokenRefused:
            return Problem("doctor-zalo-refused")
        except MessengerError as error:
            return Problem(
                "doctor-messenger-away",
                {"address": settings.zalo.api_url, "kind": type(error).__name__},
            )
    wanted = settings.web.address_of(webhook.ZALO_PATH)
    if not wanted:
        return Problem("doctor-zalo-polling")
    away = Problem("doctor-zalo-elsewhere", {"address": found or "getUpdates"})
    return None if found == wanted else away


async def _oa_grant(settings: Settings) -> Finding:
    """Whether the Official Account grants access, and for how long."""
    try:
        is_well, key, values = await oa_grant.examine(settings)
    except key_file.KeyWrong:
        return Finding("oa-grant", Problem("doctor-database-without-key"))
    except SandboxAway:
        away = {"address": settings.telegram.api_url}
        return Finding("oa-grant", Problem("doctor-sandbox-away", away))
    except (SQLAlchemyError, OSError) as error:
        closed = {"kind": type(error).__name__}
        return Finding("oa-grant", Problem("doctor-database-closed", closed))
    sentence = Problem(key, dict(values))
    return Finding("oa-grant", None, sentence) if is_well else Finding("oa-grant", sentence)


def _oa_webhook(settings: Settings) -> Finding:
    """Whether updates can come, and the address for the console: no call sets or reads it."""
    address = settings.web.address_of(event_webhook.PATH)
    if not address:
        return Finding("oa-webhook", Problem("doctor-oa-webhook-none"))
    return Finding("oa-webhook", None, Problem("doctor-oa-webhook-by-hand", {"address": address}))


async def _no_link(_media: Media, _to: Address) -> str:
    return ""


async def _key(settings: Settings) -> Problem | None:
    try:
        key_file.load(settings.key)
    except key_file.KeyWrong as wrong:
        return Problem(f"doctor-key-{wrong.flaw.value}", {"where": wrong.where})
    return None


async def _database(settings: Settings) -> Problem | None:
    file = sqlite_file(settings)
    if file and (problem := _file_problem(file)):
        return problem
    try:
        store = open_store(settings, SystemClock())
    except key_file.KeyWrong:
        return Problem("doctor-database-without-key")
    try:
        if await health_checks.database(store):
            return Problem("doctor-database-release")
        # Opening the database removes other users' permissions, if this user may change them.
        is_open = file is not None and aiosqlite_cursor.open_to_others(file)
        return Problem("doctor-database-open", {"file": str(file)}) if is_open else None
    except (SQLAlchemyError, OSError) as error:
        return Problem("doctor-database-closed", {"kind": type(error).__name__})
    finally:
        await store.close()


def _file_problem(file: Path) -> Problem | None:
    if not file.is_file():
        return Problem("doctor-database-none", {"file": str(file)})
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return Problem("doctor-database-read-only", {"file": str(file)})
    return None


async def _disk(settings: Settings) -> Problem | None:
    folder = (sqlite_file(settings) or settings.key.file).parent
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    free_mb = shutil.disk_usage(there).free // 2**20
    values = {"free": str(free_mb), "folder": str(there)}
    return Problem("doctor-disk-full", values) if free_mb < _FREE_DISK_MIN_MB else None


async def _clock(settings: Settings) -> Problem | None:
    """Compares the system clock with the `Date` header of the Bot API."""
    if settings.telegram.sandbox:
        return await _sandbox_clock(settings)
    said = await _date_of(settings.telegram)
    if said is None:
        return None  # The check of the token reports this.
    off_s = abs((datetime.now(UTC) - said).total_seconds())
    return (
        Problem("doctor-clock-off", {"off": f"{off_s:.0f}"}) if off_s > _CLOCK_SKEW_MAX_S else None
    )


async def _sandbox_clock(settings: Settings) -> Problem | None:
    try:
        await open_clock(settings)
    except SandboxAway:
        return Problem("doctor-sandbox-away", {"address": settings.telegram.api_url})
    return None


async def _date_of(telegram: TelegramSettings) -> datetime | None:
    try:
        proxy = telegram.proxy.get_secret_value()
        connector = ProxyConnector.from_url(proxy) if proxy else None
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT, connector=connector) as http,
            http.get(telegram.api_url, allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, ProxyError, OSError, TimeoutError, KeyError, ValueError):
        return None


async def _token(settings: Settings) -> Problem | None:
    return await _asking(settings, _check_token)


async def _check_token(account: "Account") -> None:
    await account.who_am_i()


async def _way_in(settings: Settings) -> Problem | None:
    return await _asking(settings, partial(_webhook_problem, settings))


async def _webhook_problem(settings: Settings, account: "Account") -> Problem | None:
    wanted = settings.web.address_of(webhook.TELEGRAM_PATH)
    found = await account.webhook()
    if found.url != wanted:
        return Problem("doctor-way-in-elsewhere", {"address": found.url or "getUpdates"})
    if found.last_error_message:
        return Problem("doctor-way-in-broken", {"says": found.last_error_message})
    if found.pending_update_count > _PENDING_UPDATES_MAX:
        return Problem("doctor-way-in-pending", {"count": str(found.pending_update_count)})
    return None


async def _inline(settings: Settings) -> Problem | None:
    """Whether inline mode is on, with which members post announcements in other chats."""
    return await _asking(settings, _inline_problem)


async def _inline_problem(account: "Account") -> Problem | None:
    return (
        None if (await account.who_am_i()).supports_inline_queries else Problem("doctor-inline-off")
    )


async def _asking(
    settings: Settings, ask: Callable[["Account"], Awaitable[Problem | None]]
) -> Problem | None:
    """Returns the problem that `ask` finds, or why the messenger does not answer."""
    if not settings.telegram.is_used:
        return Problem("doctor-token-none")
    from bot.telegram.account import Account  # noqa: PLC0415 - the import takes seconds, in vain without a token

    async with AsyncExitStack() as exit_stack:
        try:
            account = Account(settings.telegram)
            exit_stack.push_async_callback(account.close)
            return await ask(account)
        except TokenRefused:
            return Problem("doctor-token-refused")
        except MessengerError as error:
            values = {"address": settings.telegram.api_url, "kind": type(error).__name__}
            return Problem(_why_away(settings.telegram, error), values)


def _why_away(telegram: TelegramSettings, error: MessengerError) -> str:
    """The sentence about what usually keeps Telegram away: the proxy, or a network that blocks it."""
    if telegram.sandbox or not isinstance(error, Unreachable | DeliveryUncertain):
        return "doctor-messenger-away"
    is_proxied = telegram.proxy.get_secret_value()
    return "doctor-telegram-proxy-away" if is_proxied else "doctor-telegram-blocked"
