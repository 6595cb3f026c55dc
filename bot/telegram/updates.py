"""Telegram's updates in the bot's own words.

Who wrote a forwarded post is dropped here, before anything is stored (refusal 5). An edited message
is not asked for: what somebody changes afterwards has no effect, they send it anew.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from aiogram.enums import ChatMemberStatus, ChatType, ContentType, MessageEntityType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageEntity,
    Update,
    User,
)
from aiogram.utils.text_decorations import html_decoration
from pydantic import ValidationError

from handlers.messages import (
    Address,
    Happening,
    Incoming,
    Lookup,
    Media,
    MediaKind,
    Press,
    Quoted,
)
from handlers.words import legible
from storage.clock import Clock

log = structlog.stdlib.get_logger()

MESSENGER = "telegram"
WANTED = ("message", "callback_query", "my_chat_member", "inline_query")
"""The kinds of update the bot asks Telegram for; not `chosen_inline_result`: what somebody posts
elsewhere is theirs to know."""

_ABOUT_THE_AUTHOR = (
    "forward_origin",
    "forward_from",
    "forward_from_chat",
    "forward_from_message_id",
    "forward_sender_name",
    "forward_signature",
    "forward_date",
    "external_reply",
    "quote",
    "sender_chat",
    "author_signature",
    "via_bot",
)
_PLACE = ("message_id", "date", "chat")
_SAID = (
    *("text", "entities", "caption", "caption_entities"),
    *("photo", "video", "animation", "document", "audio", "voice"),
)
_NO_USE = frozenset(
    {
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.UNKNOWN,
        ContentType.VENUE,
        ContentType.VIDEO_NOTE,
    }
)
_KEPT_FORMATTING = frozenset(
    {
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.BOLD,
        MessageEntityType.CODE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
        MessageEntityType.ITALIC,
        MessageEntityType.PRE,
        MessageEntityType.SPOILER,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.TEXT_LINK,
        MessageEntityType.UNDERLINE,
    }
)
"""Not mentions: they would carry somebody's account along."""


_LONGEST_TEXT = 4 * 4096
"""Characters; four times what anybody can send. More could only come from somebody who is not
Telegram, and reading it would keep everybody waiting."""


class NotAnUpdate(ValueError):
    """Telegram never sends this."""


def number_of(raw: object) -> int:
    """The number of an update, by which it is confirmed.

    Raises:
        NotAnUpdate: it has none.
    """
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(number, int):
        raise NotAnUpdate("an update has a number")
    return number


def read(raw: object, clock: Clock) -> Incoming | None:
    """One update; None for one that the bot has no use for, or cannot make sense of.

    The clock tells when a button was pressed, since Telegram does not.

    Raises:
        NotAnUpdate: it is none.
    """
    number = number_of(raw)
    try:
        return _read(without_author(raw), clock.now(), forwarded=_is_forwarded(raw))
    except ValidationError:
        # Without the error: it quotes what somebody wrote. Refusing it would only bring it back.
        log.warning("an update is not as the Bot API describes it; left out", update_id=number)
        return None


def _read(raw: object, now: datetime, *, forwarded: bool) -> Incoming | None:
    update = Update.model_validate(raw)
    if update.message:
        return _message(update.update_id, update.message, forwarded=forwarded)
    if update.callback_query:
        return _press(update.update_id, update.callback_query, now)
    if update.inline_query:
        return _lookup(update.update_id, update.inline_query, now)
    if update.my_chat_member:
        return _switch(update.update_id, update.my_chat_member)
    return None


def without_author(raw: object) -> Any:
    """The same, legible, without who first wrote a message, also of an answered one."""
    if isinstance(raw, list):
        return [without_author(item) for item in raw]
    if isinstance(raw, str):
        # In the same length, since entities count on it.
        return legible(raw[:_LONGEST_TEXT])
    if not isinstance(raw, Mapping):
        return raw
    kept = {key: value for key, value in raw.items() if key not in _ABOUT_THE_AUTHOR}
    return {
        key: _quoted(v) if key == "reply_to_message" else without_author(v)
        for key, v in kept.items()
    }


def _quoted(message: object) -> Any:
    """In a private chat, where nobody else can have written it, also what the member says in it."""
    if not isinstance(message, Mapping):
        return message
    sender, chat = message.get("from"), message.get("chat")
    by_person = isinstance(sender, Mapping) and not sender.get("is_bot")
    private = isinstance(chat, Mapping) and chat.get("type") == "private"
    kept = (*_PLACE, *_SAID) if by_person and private else _PLACE
    return {key: without_author(message[key]) for key in kept if key in message}


def _is_forwarded(raw: object) -> bool:
    message = raw.get("message") if isinstance(raw, Mapping) else None
    return isinstance(message, Mapping) and not message.keys().isdisjoint(
        ("forward_origin", "forward_date")
    )


def _message(number: int, message: Message, *, forwarded: bool) -> Incoming | None:
    kind = ContentType(message.content_type)
    media = _media(message)
    unsupported = kind.value if kind in _NO_USE and media is None else ""
    if message.from_user is None or not (message.text or media or unsupported):
        return None
    return Incoming(
        update_key=str(number),
        happening=Happening.MESSAGE,
        at=message.date,
        text=message.text or message.caption or "",
        html=_html(message),
        media=media,
        album=message.media_group_id or "",
        forwarded=forwarded,
        links=_links(message),
        unsupported=unsupported,
        message_id=str(message.message_id),
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else "",
        quoted=_said_in(message.reply_to_message),
        **_person(message.chat, message.from_user),
    )


def _said_in(message: Message | None) -> Quoted | None:
    if message is None or not (message.text or message.caption or _media(message)):
        return None
    return Quoted(message.text or message.caption or "", _links(message), _media(message))


def _press(number: int, query: CallbackQuery, now: datetime) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    return Incoming(
        update_key=str(number),
        happening=Happening.PRESS,
        at=now,
        press=Press(query.id, query.data, str(query.message.message_id)),
        **_person(query.message.chat, query.from_user),
    )


def _lookup(number: int, query: InlineQuery, now: datetime) -> Incoming:
    return Incoming(
        update_key=str(number),
        sender=Address(MESSENGER, str(query.from_user.id)),
        happening=Happening.LOOKUP,
        at=now,
        language=query.from_user.language_code or "",
        lookup=Lookup(query.id, query.query),
    )


def _switch(number: int, change: ChatMemberUpdated) -> Incoming | None:
    """Somebody blocked the bot, or came back; what happens to it in groups is no matter."""
    if change.chat.type != ChatType.PRIVATE:
        return None
    blocked = change.new_chat_member.status == ChatMemberStatus.KICKED
    return Incoming(
        update_key=str(number),
        happening=Happening.BLOCKED if blocked else Happening.UNBLOCKED,
        at=change.date,
        **_person(change.chat, change.from_user),
    )


def _person(chat: Chat, user: User) -> dict[str, Any]:
    return {
        "sender": Address(MESSENGER, str(chat.id)),
        "name": user.full_name,
        "language": user.language_code or "",
        "private": chat.type == ChatType.PRIVATE,
    }


def _media(message: Message) -> Media | None:
    if message.photo:
        largest = message.photo[-1]
        return Media(MediaKind.PHOTO, largest.file_id, largest.file_unique_id)
    for kind, file in (
        # Before the document: a moving picture comes as one too.
        (MediaKind.ANIMATION, message.animation),
        (MediaKind.DOCUMENT, message.document),
        (MediaKind.VIDEO, message.video),
        (MediaKind.AUDIO, message.audio),
    ):
        if file is not None:
            return Media(kind, file.file_id, file.file_unique_id, file.file_name or "")
    if message.voice:
        return Media(MediaKind.VOICE, message.voice.file_id, message.voice.file_unique_id)
    return None


def _entities(message: Message) -> list[MessageEntity]:
    return list((message.entities if message.text else message.caption_entities) or ())


def _html(message: Message) -> str:
    kept = [one for one in _entities(message) if one.type in _KEPT_FORMATTING]
    return html_decoration.unparse(message.text or message.caption or "", kept)


def _links(message: Message) -> tuple[str, ...]:
    text = message.text or message.caption or ""
    found = [
        one.url if one.type == MessageEntityType.TEXT_LINK else one.extract_from(text)
        for one in _entities(message)
        if one.type in (MessageEntityType.URL, MessageEntityType.TEXT_LINK)
    ]
    return tuple(dict.fromkeys(link for link in found if link))
