"""Translates Zalo's errors; the only place that reads its error texts.

See docs/decisions/0029-failures-say-whether-to-retry.md.

Zalo documents no list of codes; they are read as HTTP statuses. A chat that is refused counts as gone
until the person writes again, and none of their data is deleted.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.zalo.ptb_request import NeverLeft, NoAnswer, QuotaUsedUp, ServerFailed
from handlers.messages import (
    DeliveryUncertain,
    MessengerError,
    Moved,
    QuotaSpent,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TokenRefused,
    Unreachable,
)

_GONE = ("chat not found", "user not found", "chat_id is invalid", "invalid chat_id")
_REASON_CHARACTERS = 120
_BY_CLASS: Mapping[type[TelegramError], type[MessengerError]] = {
    NeverLeft: Unreachable,
    NoAnswer: DeliveryUncertain,
    ServerFailed: ServerError,
    Forbidden: RecipientGone,
}
"""Errors whose class is enough."""


@contextmanager
def translate(*, new_quota_at: datetime | None = None) -> Iterator[None]:
    """Translates the library's errors; `new_quota_at`: when to retry after the quota is used up.

    Raises:
        MessengerError: its class says whether a retry can help.
    """
    try:
        yield
    except QuotaUsedUp as error:
        if new_quota_at is None:
            raise ServerError(error.message) from None
        raise QuotaSpent(new_quota_at) from None
    except TelegramError as error:
        # Without the cause: the library's error texts may quote the message.
        raise meaning(error) from None


def meaning(error: TelegramError) -> MessengerError:  # noqa: PLR0911 - one row a class of error
    """Our error for one of the library's."""
    reason = error.message.partition('"')[0][:_REASON_CHARACTERS].strip()
    if kind := _BY_CLASS.get(type(error)):
        return kind(reason)
    match error:
        case RetryAfter():
            return RateLimited(_seconds(error))
        case InvalidToken():
            return TokenRefused("the token is not accepted")
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Conflict():
            return ServerError("another process receives this bot's updates")
        case BadRequest() if any(text in error.message.lower() for text in _GONE):
            return RecipientGone(reason)
        case BadRequest():
            return Refused(reason)
        case _:
            return DeliveryUncertain(type(error).__name__)


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked if isinstance(asked, int) else asked.total_seconds())
