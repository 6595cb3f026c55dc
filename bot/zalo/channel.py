"""The club's line to Zalo: the account, its pace, and what counts its messages.

A club that is not on Zalo does without python-telegram-bot, which takes 20 MB of memory.
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
from storage.database.engine import Store

if TYPE_CHECKING:
    from bot.zalo.account import ZaloAccount
    from bot.zalo.messenger import Link


@dataclass(frozen=True)
class ZaloChannel:
    """What one account on Zalo needs to be served."""

    account: ZaloAccount
    pace: RateLimiter
    meter: MessageCounter


def open_channel(
    settings: ZaloSettings, pace: PaceSettings, store: Store, timezone: ZoneInfo, link: Link
) -> ZaloChannel | None:
    """The line, or None for a club that is not on Zalo; close its account in the end."""
    if not settings.is_used:
        return None
    from bot.zalo.account import ZaloAccount  # noqa: PLC0415

    own = RateLimiter(replace(pace, per_second=settings.per_second), time.monotonic)
    meter = MessageCounter(store, settings.monthly_quota, timezone)
    return ZaloChannel(ZaloAccount(settings, own, link, meter), own, meter)
