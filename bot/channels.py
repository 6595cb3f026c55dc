"""The club's accounts on all its messengers, opened and closed together."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import structlog

from bot.config.process_roles import Work
from bot.config.settings import Settings
from bot.intake.poll_loop import retry_until_reachable
from bot.telegram import channel as telegram_channel
from bot.telegram.channel import TelegramChannel
from bot.web.signed_files import Files
from bot.zalo import channel as zalo_channel
from bot.zalo.channel import ZaloChannel
from bot.zalo_oa import oa_channel
from bot.zalo_oa.granted_account import GrantedAccount
from bot.zalo_oa.messenger import Report
from bot.zalo_oa.oa_channel import Surroundings, ZaloOaChannel
from bot.zalo_oa.oauth import OAuth
from bot.zalo_oa.tokens import Tokens
from handlers.messages import Messenger, MessengerError, Refused, TokenRefused
from handlers.worker_tasks import Workers
from scheduler.pacing.limiter import RateLimiter
from storage.database import Store
from storage.maintenance import settings_snapshot

log = structlog.stdlib.get_logger()

_LINK_S = 5.0
"""Seconds that the start of the bot waits for the Official Account's address."""


@dataclass(frozen=True)
class Channels:
    """The messenger accounts of the club; at least one is not None."""

    telegram: TelegramChannel | None
    zalo: ZaloChannel | None
    zalo_oa: ZaloOaChannel | None
    files: Files
    """Files of one messenger, served to another by signed links."""
    oa_tokens: Tokens | None = None
    """The tokens of the Official Account; None for a club that has none."""

    @property
    def all(self) -> Sequence[TelegramChannel | ZaloChannel | ZaloOaChannel]:
        """Every channel that the club has."""
        channels = (self.telegram, self.zalo, self.zalo_oa)
        return [channel for channel in channels if channel is not None]

    @property
    def pairs(self) -> Sequence[tuple[Messenger, RateLimiter]]:
        """Each messenger with the rate limiter of its account."""
        return [(channel.account.messenger, channel.rate_limiter) for channel in self.all]

    @property
    def messengers(self) -> Sequence[Messenger]:
        """The messengers without their rate limiters."""
        return [messenger for messenger, _ in self.pairs]

    @property
    def background_tasks(self) -> Sequence[Work]:
        """What the accounts do all the time: store counts, renew tokens."""
        return [
            *([self.zalo.message_counter.run] if self.zalo else []),
            *([self.oa_tokens.run] if self.oa_tokens else []),
        ]

    @property
    def who_am_i(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        """The call that asks each messenger for the account behind the token, by its name."""
        return {channel.account.messenger.name: channel.account.who_am_i for channel in self.all}


def open_channels(
    settings: Settings,
    store: Store,
    workers: Workers,
    exit_stack: AsyncExitStack,
    report: Report,
) -> Channels:
    """Opens the accounts that the settings name; `exit_stack` closes them.

    `report` is told how the Official Account was charged for each message.

    Raises:
        TokenRefused: a token does not have the format of its messenger.
    """
    telegram = telegram_channel.open_channel(settings.telegram, settings.pace)
    fetch = telegram.account.messenger.fetch if telegram else _no_file
    files = Files(store, fetch, _own_address(settings))
    zalo = zalo_channel.open_channel(
        settings.zalo, settings.pace, store, settings.club.timezone, files.link
    )
    tokens = Tokens(store, OAuth(settings.zalo_oa))
    # Before the store is closed, a renewal in flight is stored.
    exit_stack.push_async_callback(tokens.close)
    surroundings = Surroundings(
        store=store,
        pace=settings.pace,
        timezone=settings.club.timezone,
        tokens=tokens,
        workers=workers,
        link=files.link,
        fetch=fetch,
        report=report,
    )
    zalo_oa = oa_channel.open_oa_channel(settings.zalo_oa, surroundings)
    channels = Channels(telegram, zalo, zalo_oa, files, tokens if zalo_oa else None)
    for channel in channels.all:
        exit_stack.push_async_callback(channel.account.close)
    return channels


async def telegram_link(channels: Channels, store: Store, stop: asyncio.Event) -> str:
    """The address that opens a chat with the bot on Telegram; empty for a club that is not on it.

    A club on Telegram alone waits until it can be reached. A club on several messengers starts with
    the address of its last start.

    Raises:
        TokenRefused: Telegram does not accept the token.
    """
    if channels.telegram is None:
        return ""
    ask = channels.telegram.account.link
    if len(channels.all) == 1:
        link = await retry_until_reachable(ask, stop) or ""
    else:
        try:
            link = await ask()
        except (TokenRefused, Refused):
            raise
        except MessengerError as error:
            log.warning("Telegram unreachable, the bot starts without", kind=type(error).__name__)
            async with store.read() as tx:
                return await settings_snapshot.last_link(tx)
    async with store.write() as tx:
        await settings_snapshot.remember_link(tx, link)
    return link


async def official_account_link(channels: Channels, store: Store) -> str:
    """The address of the club's Official Account on Zalo; empty where it is not known yet."""
    if channels.zalo_oa is None:
        return ""
    if known := await GrantedAccount(store).link():
        return known
    try:
        async with asyncio.timeout(_LINK_S):
            return await channels.zalo_oa.account.link()
    except (MessengerError, TimeoutError) as error:
        log.warning("the Official Account's address is not known", kind=type(error).__name__)
        return ""


async def _no_file(file: str, limit: int) -> bytes:  # noqa: ARG001
    """Only Telegram keeps files under ids, and this club is not on Telegram."""
    raise Refused("no messenger keeps this file")


def _own_address(settings: Settings) -> str:
    """The base URL of signed files; with the sandbox a local one is enough."""
    web = settings.web
    return web.public_url or (
        f"http://127.0.0.1:{web.port}" if settings.telegram.sandbox and web.port else ""
    )
