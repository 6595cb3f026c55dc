"""`doctor`: looks at everything the bot stands on and says what is wrong, and what to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from bot import checks, keys
from bot.app import open_clock, open_store
from bot.clock import SandboxAway
from bot.config import Settings
from bot.telegram.account import Account
from bot.telegram.settings import TelegramSettings
from bot.web import webhook
from handlers.messages import MessengerError, TokenRefused
from storage.clock import SystemClock

_CLOCK_OFF_S = 30
_PATIENCE = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True)
class Finding:
    """One part of what the bot stands on, and what is wrong with it (nothing when it is well)."""

    part: str
    wrong: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every part in order; what stands on a broken part is looked at all the same."""
    for part, look in (
        ("key", _key),
        ("database", _database),
        ("clock", _clock),
        ("token", _token),
        ("way in", _way_in),
    ):
        yield Finding(part, await look(settings))


async def _key(settings: Settings) -> str:
    try:
        keys.load(settings.key)
    except keys.KeyWrong as wrong:
        return str(wrong)
    return ""


async def _database(settings: Settings) -> str:
    try:
        store = open_store(settings, SystemClock())
    except keys.KeyWrong:
        return "cannot be read without the key"
    try:
        return await checks.database(store)
    except (SQLAlchemyError, OSError) as error:
        return f"cannot be opened ({type(error).__name__}): look at database.url"
    finally:
        await store.close()


async def _clock(settings: Settings) -> str:
    if settings.telegram.sandbox:
        return await _sandbox_clock(settings)
    said = await _date_of(settings.telegram)
    if said is None:
        return ""  # the token's check says that nothing answers
    off_s = abs((datetime.now(UTC) - said).total_seconds())
    if off_s <= _CLOCK_OFF_S:
        return ""
    return f"this machine's clock is off by {off_s:.0f} s: switch time synchronisation on"


async def _sandbox_clock(settings: Settings) -> str:
    try:
        await open_clock(settings)
    except SandboxAway:
        return "no sandbox answers at telegram.api_url: start it with `niemtin sandbox`"
    return ""


async def _date_of(telegram: TelegramSettings) -> datetime | None:
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as http,
            http.get(telegram.api_url, allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None


async def _token(settings: Settings) -> str:
    if not settings.telegram.token.get_secret_value():
        return "there is none: set NIEMTIN_TELEGRAM_TOKEN to what @BotFather gave you"
    return await _asking(settings, lambda account: account.who_am_i())


async def _way_in(settings: Settings) -> str:
    return await _asking(settings, partial(_webhook_trouble, settings))


async def _webhook_trouble(settings: Settings, account: Account) -> str:
    wanted = settings.web.public_url and settings.web.public_url.rstrip("/") + webhook.PATH
    found = await account.webhook()
    if found.url != wanted:
        return f"Telegram brings updates to {found.url or 'no webhook'}; `niemtin run` changes that"
    if found.last_error_message:
        return f"Telegram could not reach the webhook: {found.last_error_message}"
    return ""


async def _asking(settings: Settings, ask: Callable[[Account], Awaitable[object]]) -> str:
    """What `ask` finds wrong, or why the messenger does not answer."""
    async with AsyncExitStack() as life:
        try:
            account = Account(settings.telegram)
            life.push_async_callback(account.close)
            answer = await ask(account)
        except TokenRefused:
            return "the token is not accepted: ask @BotFather for it again"
        except MessengerError as error:
            return f"{settings.telegram.api_url} does not answer ({type(error).__name__})"
    return answer if isinstance(answer, str) else ""
