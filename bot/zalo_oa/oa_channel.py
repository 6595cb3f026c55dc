"""The club's channel on Zalo's Official Accounts: account, rate limiter and payloads of buttons."""

import time
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.zalo_oa.account import ZaloOaAccount
from bot.zalo_oa.client import OaClient, TokenSource
from bot.zalo_oa.messenger import Report, ZaloOaMessenger
from bot.zalo_oa.outgoing import Composer, Link
from bot.zalo_oa.presses import Payloads
from bot.zalo_oa.settings import ZaloOaSettings
from bot.zalo_oa.uploaded_files import Fetch, Uploads
from handlers.worker_tasks import Workers
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database import Store


@dataclass(frozen=True)
class ZaloOaChannel:
    """One Official Account with its rate limiter; close the account at the end."""

    account: ZaloOaAccount
    rate_limiter: RateLimiter
    payloads: Payloads


@dataclass(frozen=True)
class Surroundings:
    """What the account needs of the rest of the bot."""

    store: Store
    pace: PaceSettings
    timezone: ZoneInfo
    tokens: TokenSource
    workers: Workers
    link: Link
    fetch: Fetch
    report: Report


def open_oa_channel(settings: ZaloOaSettings, around: Surroundings) -> ZaloOaChannel | None:
    """The channel, or None for a club that has no Official Account."""
    if not settings.is_used:
        return None
    clock, payloads = around.store.clock, Payloads(around.store.vault)
    limiter = RateLimiter(around.pace, time.monotonic, per_minute=settings.per_minute)
    client = OaClient(settings.api_url, around.tokens, limiter, clock, around.timezone)
    uploads = Uploads(client, around.fetch, around.workers, limiter, clock)
    messenger = ZaloOaMessenger(
        client,
        uploads,
        Composer(uploads, payloads, around.link),
        limiter,
        window=settings.window,
        report=around.report,
    )
    return ZaloOaChannel(ZaloOaAccount(client, messenger), limiter, payloads)
