"""Converts the events of an Official Account to `Incoming`.

Names and payloads of events: developers.zalo.me, Official Account API, webhook. An event carries no
name of the person, and ids of the person that differ by account; only `sender.id` is read.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from html import escape
from typing import Any, Final

from bot.intake.input_sanitizing import NotAnUpdate, cleaned, set_aside_if_broken
from bot.zalo.file_download import file_address
from bot.zalo_oa.presses import Payloads
from handlers.messages import (
    Address,
    ButtonPress,
    Incoming,
    Media,
    MediaKind,
    UpdateKind,
)
from handlers.recognition.addresses import spans

MESSENGER = "zalo_oa"
MOST_BUTTONS: Final = 5
"""Buttons of one message (developers.zalo.me, structure of the parameter `buttons`)."""
_SAID = "user_send_"
_LONGEST_ID = 64
_GREETING = "/start"
"""What a person who follows the account or opens its chat has said with that."""
_MEDIA: Final[Mapping[str, MediaKind]] = {
    "user_send_image": MediaKind.PHOTO,
    "user_send_gif": MediaKind.ANIMATION,
    "user_send_video": MediaKind.VIDEO,
    "user_send_audio": MediaKind.VOICE,
    "user_send_file": MediaKind.DOCUMENT,
}
_WITH_THUMBNAIL: Final = (MediaKind.VIDEO, MediaKind.ANIMATION)
_UNSUPPORTED: Final[Mapping[str, str]] = {
    "user_send_sticker": "sticker",
    "user_send_location": "location",
    "user_send_business_card": "contact",
}
"""Of a place and of a business card, which holds a telephone number, nothing else is read."""
_HAPPENINGS: Final[Mapping[str, UpdateKind]] = {
    "follow": UpdateKind.MESSAGE,
    "user_click_chatnow": UpdateKind.MESSAGE,
    "unfollow": UpdateKind.BLOCKED,
    "user_withdraw": UpdateKind.WITHDRAWN,
}
_REVOKED = "permission_revoked"
_IGNORED: Final = frozenset(
    {
        "user_received_message",
        "user_seen_message",
        "user_reacted_message",
        "oa_reacted_message",
        "user_submit_info",
        "update_user_info",
        "add_user_to_tag",
        "remove_user_from_tag",
        "remove_tag",
        "widget_interaction_accepted",
        "widget_failed_to_sync_user_external_id",
        "extension_purchased",
        "shop_has_order",
        "user_reply_consent",
        "user_call_oa",
        "oa_call_user",
        "user_feedback",
        "user_click_response_button",
        "event_journey_time_out",
        "event_journey_acknowledged",
        "create_group",
        "disperse_group",
        "delete_group",
        "add_group_admin",
        "remove_group_admin",
        "update_group_info",
    }
)
_IGNORED_PREFIXES: Final = (
    "oa_send_",  # echoes of what the account sent, by the bot or by its administrators
    "anonymous_send_",
    "user_send_group_",
    "user_join_group",
    "user_request_join_group",
    "user_out_group",
    "user_leave_group",
    "accept_request_join_group",
    "reject_request_join_group",
    "react_request_join_group",
    "change_",
)


class EventUse(StrEnum):
    """What becomes of an event."""

    READ = "read"
    """It is an update of a person."""
    IGNORED = "ignored"
    """A known kind of which the bot makes no use; nothing of it is kept."""
    REVOKED = "revoked"
    """The account no longer lets the app act for it."""
    UNKNOWN = "unknown"
    """A kind that the platform has added, or renamed."""


def use_of(event: str) -> EventUse:
    """What becomes of an event of this name."""
    if event in _IGNORED or event.startswith(_IGNORED_PREFIXES):
        return EventUse.IGNORED
    if event == _REVOKED:
        return EventUse.REVOKED
    return EventUse.READ if event in _HAPPENINGS or event.startswith(_SAID) else EventUse.UNKNOWN


def event_of(raw: object) -> Mapping[str, Any]:
    """The event, with its name checked.

    Raises:
        NotAnUpdate: the input is no event.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("event_name"), str):
        raise NotAnUpdate("an event names its kind")
    return raw


def read(event: Mapping[str, Any], payloads: Payloads) -> Incoming | None:
    """Parses an event that is an update of a person; None if it makes no sense, which is logged."""
    name = event["event_name"]
    return set_aside_if_broken(lambda: _read(name, cleaned(event), payloads), event_name=name[:40])


def _read(name: str, event: Mapping[str, Any], payloads: Payloads) -> Incoming:
    if name in _HAPPENINGS:
        return _happening(name, event)
    message = event["message"]
    chat, text = _id(event["sender"]["id"]), _words(name, message)
    if action := payloads.action(chat, text):
        return _press(chat, action, event)
    files = _media(name, message)
    number = _id(message["msg_id"])
    return Incoming(
        update_key=number,
        sender=Address(MESSENGER, chat),
        kind=UpdateKind.MESSAGE,
        at=time_of(event),
        text=text,
        html=escape(text, quote=False),
        media=files[0] if files else None,
        more_media=files[1:],
        album=number if len(files) > 1 else "",
        has_unmarked_album=bool(files),
        links=tuple(dict.fromkeys(text[start:end] for start, end in spans(text))),
        unsupported="" if text or files else _UNSUPPORTED.get(name, "unknown"),
        message_id=number,
        reply_to=str(message.get("quote_msg_id") or "")[:_LONGEST_ID],
        typed_choices=True,
        most_buttons=MOST_BUTTONS,
    )


def _happening(name: str, event: Mapping[str, Any]) -> Incoming:
    chat = _id(_person(event)["id"])
    kind = _HAPPENINGS[name]
    text = _GREETING if kind is UpdateKind.MESSAGE else ""
    # The key stands in the inbox unsealed, so it must not show the person's id.
    key = hashlib.sha256(f"{name} {chat} {event['timestamp']}".encode()).hexdigest()[:_LONGEST_ID]
    return Incoming(
        update_key=key,
        sender=Address(MESSENGER, chat),
        kind=kind,
        at=time_of(event),
        text=text,
        html=text,
        typed_choices=True,
        most_buttons=MOST_BUTTONS,
    )


def _press(chat: str, action: str, event: Mapping[str, Any]) -> Incoming:
    """The press of a button; the platform does not say under which message it stands."""
    number = _id(event["message"]["msg_id"])
    return Incoming(
        update_key=number,
        sender=Address(MESSENGER, chat),
        kind=UpdateKind.PRESS,
        at=time_of(event),
        press=ButtonPress(number, action, number),
        typed_choices=True,
        most_buttons=MOST_BUTTONS,
    )


def _person(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who did it: events about people name them in one of these places."""
    found = event.get("follower") or event.get("sender") or {"id": event.get("user_id")}
    return found if isinstance(found, Mapping) else {}


def _words(name: str, message: Mapping[str, Any]) -> str:
    """The text, and the address of a shared link that is not in it."""
    text = str(message.get("text") or "")
    if name in _UNSUPPORTED:
        return ""
    url = _payloads(message)[0].get("url")
    address = file_address(url) if name == "user_send_link" else ""
    return "\n".join(filter(None, (text, address if address not in text else "")))


def _media(name: str, message: Mapping[str, Any]) -> tuple[Media, ...]:
    """The files of the message: several when it has several attachments."""
    kind = _MEDIA.get(name)
    files = [_file(kind, payload) for payload in _payloads(message)] if kind else []
    return tuple(file for file in files if file)


def _file(kind: MediaKind, payload: Mapping[str, Any]) -> Media | None:
    address = file_address(payload.get("url"))
    if not address:
        return None
    checksum = str(payload.get("checksum") or "")
    unique = hashlib.sha256((checksum or address).encode()).hexdigest()[:24]
    size = str(payload.get("size") or "")
    return Media(
        kind,
        address,
        unique,
        str(payload.get("name") or ""),
        int(size) if size.isascii() and size.isdigit() else 0,
        file_address(payload.get("thumbnail")) if kind in _WITH_THUMBNAIL else "",
    )


def _payloads(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What each attachment holds; one that is empty without any."""
    attachments = message.get("attachments") or [{}]
    held = (attachment.get("payload") for attachment in attachments)
    return [payload if isinstance(payload, Mapping) else {} for payload in held]


def time_of(event: Mapping[str, Any]) -> datetime:
    """When it happened; the platform sends milliseconds as a text."""
    return datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)


def _id(given: object) -> str:
    if not isinstance(given, str) or not 0 < len(given) <= _LONGEST_ID:
        raise ValueError("an id is a short string")
    return given
