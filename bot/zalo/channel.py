"""The club's channel on Zalo: account, rate limiter and message counter.

A club without Zalo does not import python-telegram-bot, which takes 20 MB of memory.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.zalo.message_counter import MessageCounter
from bot.zalo.settings import ZaloSettings
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.database import Store

if TYPE_CHECKING:
    from bot.zalo.account import ZaloAccount
    from bot.zalo.messenger import Link


@dataclass(frozen=True)
class ZaloChannel:
    """One account on Zalo with its rate limiter and message counter."""

    account: ZaloAccount
    rate_limiter: RateLimiter
    message_counter: MessageCounter


def open_channel(
    settings: ZaloSettings, pace: PaceSettings, store: Store, timezone: ZoneInfo, link: Link
) -> ZaloChannel | None:
    """The channel, or None for a club that is not on Zalo; close its account at the end."""
    if not settings.is_used:
        return None
    from bot.zalo.account import ZaloAccount  # noqa: PLC0415

    rate_limiter = RateLimiter(replace(pace, per_second=settings.per_second), time.monotonic)
    counter = MessageCounter(store, settings.monthly_quota, timezone)
    return ZaloChannel(ZaloAccount(settings, rate_limiter, link, counter), rate_limiter, counter)
