"""Converts Zalo's updates to `Incoming`."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from bot.intake.input_sanitizing import NotAnUpdate, cleaned, name_of, set_aside_if_broken
from bot.zalo.file_download import file_address
from handlers.messages import Address, Incoming, Media, MediaKind, UpdateKind
from handlers.recognition.addresses import spans

MESSENGER = "zalo"
_IMAGE = "message.image.received"
_UNSUPPORTED = {
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
}
_BY_A_PERSON = re.compile(r"message\.\w+\.received")
"""Event kinds that Zalo may add are accepted too: by their text, or as unsupported content."""
_PRIVATE = "PRIVATE"
_LONGEST_ID = 64


def read(raw: object) -> Incoming | None:
    """Parses one update, as `getUpdates` returns it or wrapped as the webhook delivers it.

    None for an event of an unknown kind.

    Raises:
        NotAnUpdate: the input is no update.
    """
    update = _object(raw)
    update = _object(update.get("result", update))
    event, message = update.get("event_name"), update.get("message")
    if not isinstance(event, str):
        raise NotAnUpdate("an update names its event")
    if not isinstance(message, Mapping):
        return None
    return set_aside_if_broken(lambda: _message(event, cleaned(message)), event_name=event[:40])


def _message(event: str, message: Mapping[str, Any]) -> Incoming | None:
    if not _BY_A_PERSON.fullmatch(event):
        return None
    media = _picture(message) if event == _IMAGE else None
    text = str(message.get("text") or message.get("caption") or "")
    sender, chat = message["from"], message["chat"]
    return Incoming(
        # Zalo's updates have no id; by the message's id a duplicate has no second effect.
        update_key=_id(message["message_id"]),
        sender=Address(MESSENGER, _id(chat["id"])),
        kind=UpdateKind.MESSAGE,
        at=datetime.fromtimestamp(message["date"] / 1000, UTC),
        name=name_of(str(sender.get("display_name") or "")),
        private=chat.get("chat_type", _PRIVATE) == _PRIVATE,
        text=text,
        html=escape(text, quote=False),
        media=media,
        has_unmarked_album=media is not None,
        links=tuple(dict.fromkeys(text[start:end] for start, end in spans(text))),
        unsupported="" if text or media else _UNSUPPORTED.get(event, "unknown"),
        message_id=_id(message["message_id"]),
        typed_choices=True,
    )


def _picture(message: Mapping[str, Any]) -> Media | None:
    """Zalo uses both names for the URL."""
    address = file_address(message.get("photo") or message.get("photo_url"))
    if not address:
        return None
    return Media(MediaKind.PHOTO, address, hashlib.sha256(address.encode()).hexdigest()[:24])


def _id(given: object) -> str:
    if not isinstance(given, str) or not 0 < len(given) <= _LONGEST_ID:
        raise ValueError("an id is a short string")
    return given


def _object(raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise NotAnUpdate("an update is an object")
    return raw
