"""The club's channel on Telegram: account and rate limiter."""

import time
from dataclasses import dataclass

from bot.telegram.account import Account
from bot.telegram.settings import TelegramSettings
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings


@dataclass(frozen=True)
class TelegramChannel:
    """One account on Telegram with its rate limiter."""

    account: Account
    rate_limiter: RateLimiter


def open_channel(settings: TelegramSettings, pace: PaceSettings) -> TelegramChannel | None:
    """The channel, or None for a club that is not on Telegram; close its account at the end.

    Raises:
        TokenRefused: the token does not have the format of Telegram's tokens.
    """
    if not settings.is_used:
        return None
    return TelegramChannel(Account(settings), RateLimiter(pace, time.monotonic))
