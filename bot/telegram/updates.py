"""Converts Telegram's updates to `Incoming`.

The author of a forwarded post is dropped here, before anything is stored. Of an edited message only
the fact is read: an edit has no effect, and the person is told so.
"""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    Update,
    User,
)

from bot.intake.input_sanitizing import NotAnUpdate, cleaned, name_of, set_aside_if_broken
from bot.telegram import rich
from bot.telegram.message_entities import html_of, links_in
from handlers.messages import (
    Address,
    ButtonPress,
    Incoming,
    InlineSearch,
    Media,
    MediaKind,
    Quoted,
    UpdateKind,
)
from storage.database import Clock

MESSENGER = "telegram"
WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
"""The `allowed_updates`. Not `chosen_inline_result`: what a person posts in other chats is private."""

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
    *("text", "entities", "caption", "caption_entities", "rich_message"),
    *("photo", "video", "animation", "video_note", "document", "audio", "voice"),
)
_WITH_THUMBNAIL = (MediaKind.VIDEO, MediaKind.VIDEO_NOTE, MediaKind.ANIMATION)
_SAID_BY_THE_APP = frozenset(ContentType) - frozenset(
    {
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.GIVEAWAY,
        ContentType.GIVEAWAY_WINNERS,
        ContentType.INVOICE,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.TEXT,
        ContentType.UNKNOWN,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)
"""Service messages such as pins and joins. Types unknown to the library count as a person's."""
_USERNAME = re.compile("[A-Za-z][A-Za-z0-9_]{3,31}")
"""Of a public channel: https://core.telegram.org/method/channels.checkUsername"""
_SOMEBODY = ("id", "is_bot", "first_name", "last_name", "language_code")


def number_of(raw: object) -> int:
    """The `update_id`, by which an update is confirmed.

    Raises:
        NotAnUpdate: it has none.
    """
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**63:
        raise NotAnUpdate("an update has a number")
    return number


def read(raw: object, clock: Clock) -> Incoming | None:
    """Parses one update; None for one that the bot does not use or cannot parse.

    `clock` gives the time of a button press, which Telegram does not send.

    Raises:
        NotAnUpdate: the input is no update.
    """
    number, forwarded = number_of(raw), _is_forwarded(raw)

    def whole() -> tuple[Incoming | None]:
        incoming = _read(without_author(cleaned(raw)), clock.now(), forwarded=forwarded)
        return (incoming and replace(incoming, channel_post=_channel_post(raw)),)

    # A tuple tells a None of `_read` from a failure. Refusing the update would only repeat it.
    if (found := set_aside_if_broken(whole, update_id=number)) is not None:
        return found[0]
    with suppress(Exception):
        return _read(_without_content(raw), clock.now(), forwarded=forwarded)
    return None


def _read(raw: object, now: datetime, *, forwarded: bool) -> Incoming | None:
    update = Update.model_validate(raw)
    if update.message:
        return _message(update.update_id, update.message, forwarded=forwarded)
    if update.edited_message:
        return _edit(update.update_id, update.edited_message, now)
    if update.callback_query:
        return _press(update.update_id, update.callback_query, now)
    if update.inline_query:
        return _lookup(update.update_id, update.inline_query, now)
    if update.my_chat_member:
        return _switch(update.update_id, update.my_chat_member)
    return None


def _without_content(raw: Any) -> Any:
    """Only where, when and from whom a message is, to tell its sender that it was not read."""
    message = raw.get("message", {})
    kept = {key: message[key] for key in _PLACE if key in message}
    kept["chat"] = _some(message.get("chat"), ("id", "type"))
    kept["from"] = _some(message.get("from"), _SOMEBODY)
    return cleaned({"update_id": raw["update_id"], **({"message": kept} if message else {})})


def _some(found: object, names: Collection[str]) -> dict[str, Any]:
    given = found if isinstance(found, Mapping) else {}
    return {name: given[name] for name in names if name in given}


def without_author(raw: object) -> Any:
    """The update without original authors, also of a quoted message; rich messages as ordinary."""
    if isinstance(raw, list):
        return [without_author(item) for item in raw]
    if not isinstance(raw, Mapping):
        return raw
    kept = {key: value for key, value in raw.items() if key not in _ABOUT_THE_AUTHOR}
    return {
        key: _quoted(v) if key == "reply_to_message" else without_author(v)
        for key, v in rich.as_ordinary(kept).items()
    }


def _quoted(message: object) -> Any:
    """The quoted message; with its content only if the member wrote it, in a private chat."""
    if not isinstance(message, Mapping):
        return message
    sender, chat = message.get("from"), message.get("chat")
    by_person = isinstance(sender, Mapping) and not sender.get("is_bot")
    private = isinstance(chat, Mapping) and chat.get("type") == "private"
    kept = (*_PLACE, *_SAID) if by_person and private else _PLACE
    return without_author({key: message[key] for key in kept if key in message})


def _is_forwarded(raw: object) -> bool:
    message = raw.get("message") if isinstance(raw, Mapping) else None
    return isinstance(message, Mapping) and not message.keys().isdisjoint(
        ("forward_origin", "forward_date")
    )


def _channel_post(raw: Any) -> str:
    """The address of a forwarded post of a public channel; empty for any other origin.

    Nothing else of the origin is read. Who asked for no address never stores it
    (`bot.intake.processor`).
    """
    origin = _some(_some(raw, ("message",)).get("message"), ("forward_origin",)).get(
        "forward_origin"
    )
    read = _some(origin, ("type", "chat", "message_id"))
    username, number = (
        _some(read.get("chat"), ("username",)).get("username"),
        read.get("message_id"),
    )
    is_public = isinstance(username, str) and _USERNAME.fullmatch(username)
    if read.get("type") != "channel" or not is_public or type(number) is not int or number < 1:
        return ""
    return f"https://t.me/{username}/{number}"


def _message(number: int, message: Message, *, forwarded: bool) -> Incoming | None:
    kind = ContentType(message.content_type)
    if message.from_user is None or (kind in _SAID_BY_THE_APP and not forwarded):
        return None
    text, media = message.text or message.caption or "", _media(message)
    return Incoming(
        update_key=str(number),
        kind=UpdateKind.MESSAGE,
        at=message.date,
        text=text,
        html=html_of(message),
        media=media,
        album=message.media_group_id or "",
        forwarded=forwarded,
        links=links_in(message),
        unsupported="" if text or media else kind.value,
        message_id=str(message.message_id),
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else "",
        quoted=_said_in(message.reply_to_message),
        **_person(message.chat, message.from_user),
    )


def _said_in(message: Message | None) -> Quoted | None:
    if message is None or not (message.text or message.caption or _media(message)):
        return None
    return Quoted(message.text or message.caption or "", links_in(message), _media(message))


def _edit(number: int, message: Message, now: datetime) -> Incoming | None:
    """A person's edit of their message; not a live location or a change without `edit_date`."""
    said = message.text or message.caption or _media(message)
    if message.from_user is None or message.edit_date is None or not said:
        return None
    return Incoming(
        update_key=str(number),
        kind=UpdateKind.EDITED,
        at=now,
        message_id=str(message.message_id),
        **_person(message.chat, message.from_user),
    )


def _press(number: int, query: CallbackQuery, now: datetime) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    return Incoming(
        update_key=str(number),
        kind=UpdateKind.PRESS,
        at=now,
        press=ButtonPress(query.id, query.data, str(query.message.message_id)),
        **_person(query.message.chat, query.from_user),
    )


def _lookup(number: int, query: InlineQuery, now: datetime) -> Incoming:
    return Incoming(
        update_key=str(number),
        sender=Address(MESSENGER, str(query.from_user.id)),
        kind=UpdateKind.INLINE_SEARCH,
        at=now,
        language=query.from_user.language_code or "",
        inline_search=InlineSearch(query.id, query.query),
    )


def _switch(number: int, change: ChatMemberUpdated) -> Incoming | None:
    """A person blocked or unblocked the bot; membership in groups is ignored."""
    if change.chat.type != ChatType.PRIVATE:
        return None
    return Incoming(
        update_key=str(number),
        kind=UpdateKind.BLOCKED
        if change.new_chat_member.status == ChatMemberStatus.KICKED
        else UpdateKind.UNBLOCKED,
        at=change.date,
        **_person(change.chat, change.from_user),
    )


def _person(chat: Chat, user: User) -> dict[str, Any]:
    return {
        "sender": Address(MESSENGER, str(chat.id)),
        "name": name_of(user.full_name),
        "language": user.language_code or "",
        "private": chat.type == ChatType.PRIVATE,
    }


def _media(message: Message) -> Media | None:
    if message.photo:
        largest = message.photo[-1]
        return Media(MediaKind.PHOTO, largest.file_id, largest.file_unique_id)
    for kind, file in (
        # Before the document: Telegram sends an animation as a document too.
        (MediaKind.ANIMATION, message.animation),
        (MediaKind.DOCUMENT, message.document),
        (MediaKind.VIDEO, message.video),
        (MediaKind.VIDEO_NOTE, message.video_note),
        (MediaKind.AUDIO, message.audio),
    ):
        if file is not None:
            return Media(
                kind,
                file.file_id,
                file.file_unique_id,
                getattr(file, "file_name", "") or "",
                file.file_size or 0,
                _thumbnail(kind, file),
            )
    if message.voice:
        return Media(MediaKind.VOICE, message.voice.file_id, message.voice.file_unique_id)
    return None


def _thumbnail(kind: MediaKind, file: Any) -> str:
    """The file id of the picture that stands for a video; empty for other files and without one."""
    return file.thumbnail.file_id if kind in _WITH_THUMBNAIL and file.thumbnail else ""
