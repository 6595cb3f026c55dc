"""What Zalo's refusals mean: the one place that reads its error texts.

See docs/decisions/0029-failures-say-whether-to-retry.md.

Zalo documents no list of codes. Those that HTTP gives a meaning keep it; a chat that is refused for
itself alone counts as gone until the person writes again, and nothing of theirs is deleted.
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
_SAY_IT_ALL: Mapping[type[TelegramError], type[MessengerError]] = {
    NeverLeft: Unreachable,
    NoAnswer: DeliveryUncertain,
    ServerFailed: ServerError,
    Forbidden: RecipientGone,
}
"""What the kind of error alone tells."""


@contextmanager
def translate(*, new_quota_at: datetime | None = None) -> Iterator[None]:
    """Turns the library's error into ours; `new_quota_at` is when to try again after a used up quota.

    Raises:
        MessengerError: the class says whether trying again can help.
    """
    try:
        yield
    except QuotaUsedUp as error:
        if new_quota_at is None:
            raise ServerError(error.message) from None
        raise QuotaSpent(new_quota_at) from None
    except TelegramError as error:
        # Without the cause: the library's texts may hold what was sent.
        raise meaning(error) from None


def meaning(error: TelegramError) -> MessengerError:  # noqa: PLR0911 - one row a class of error
    """Our error for one of the library's."""
    reason = error.message.partition('"')[0][:_REASON_CHARACTERS].strip()
    if kind := _SAY_IT_ALL.get(type(error)):
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
