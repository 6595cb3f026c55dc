"""Translates Telegram's errors; the only place that reads their texts.

See docs/decisions/0029-failures-say-whether-to-retry.md.

The texts are those of Telegram's server:
https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/Client.cpp
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from handlers.messages import (
    MessengerError,
    Moved,
    RateLimited,
    RecipientGone,
    Refused,
    ServerError,
    TemporarilyRejected,
    TokenRefused,
)

_GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked",
    "bot is not a member",
    "bots can't send messages to bots",
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
)
_KINDS: Mapping[type[MessengerError], tuple[tuple[type[TelegramAPIError], ...], str]] = {
    # Telegram answers 404 for a token that does not have the format of its tokens.
    TokenRefused: ((TelegramUnauthorizedError, TelegramNotFound), "the token is not accepted"),
    ServerError: ((TelegramConflictError,), "another process receives this bot's updates"),
    TemporarilyRejected: ((TelegramForbiddenError,), "the bot may not write to this chat now"),
    Refused: ((TelegramAPIError,), ""),
}
UNCHANGED = "message is not modified"
ALREADY_AWAY = "message to delete not found"
NOT_PINNED = "message to unpin not found"
TOO_LATE = "query is too old"


@contextmanager
def translate(*fine: str) -> Iterator[None]:
    """Converts aiogram's errors to `MessengerError`; ignores one whose text contains one of `fine`.

    Raises:
        MessengerError: its class says whether a retry can help.
    """
    try:
        yield
    except TelegramAPIError as error:
        if any(text in error.message.lower() for text in fine):
            return
        # Without the cause: aiogram's error texts contain the chat id.
        raise meaning(error) from None


def meaning(error: TelegramAPIError) -> MessengerError:
    """Our error for one of aiogram's."""
    if reason := _gone(error):
        return RecipientGone(reason)
    if isinstance(error, TelegramRetryAfter):
        return RateLimited(error.retry_after)
    if isinstance(error, TelegramMigrateToChat):
        return Moved(str(error.migrate_to_chat_id))
    kind, reason = next((k, r) for k, (t, r) in _KINDS.items() if isinstance(error, t))
    return kind(reason or _reason(error))


def _gone(error: TelegramAPIError) -> str:
    text = error.message.lower()
    if not isinstance(error, TelegramBadRequest | TelegramForbiddenError):
        return ""
    return next((reason for reason in _GONE if reason in text), "")


def _reason(error: TelegramAPIError) -> str:
    """Telegram's description without what it may quote of the message."""
    return error.message.removeprefix("Bad Request: ").partition('"')[0][:120].strip()
