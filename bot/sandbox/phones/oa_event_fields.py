"""The events of what a person sends to the Official Account: name, text and attachments.

Shapes: https://developers.zalo.me/docs/official-account/webhook/tin-nhan
"""

import hashlib
import re

from bot.sandbox.content.files import StoredFile, extension_of
from bot.sandbox.content.media import THUMBNAIL
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject

_LINK = re.compile(r"https?://\S+")
_FILE_KINDS = ("video", "animation", "audio", "voice", "document")
"""The last is also in messages with an animation."""
SENDABLE = frozenset({"text", "photo", "sticker", "location", "contact", *_FILE_KINDS})
"""Contents that a phone can send to the Official Account."""
_EVENT_KINDS = {"animation": "gif", "voice": "audio"}


def event_of(state: SandboxState, message: JsonObject) -> tuple[str, JsonObject]:
    """The end of the event's name (`user_send_…`), and the fields of its `message` but the id."""
    caption: JsonObject = {"text": message["caption"]} if "caption" in message else {}
    if "photo" in message:
        small, large = (_address(state, message["photo"][which]) for which in (0, -1))
        return "image", caption | _attached("image", {"thumbnail": small, "url": large})
    if "sticker" in message:
        payload = {"id": message["sticker"]["file_unique_id"], "url": _icon(state)}
        return "sticker", _attached("sticker", payload)
    if "location" in message:
        names = ("latitude", "longitude")
        coordinates = {name: str(message["location"].get(name, "")) for name in names}
        return "location", {"text": ""} | _attached("location", {"coordinates": coordinates})
    if "contact" in message:
        payload = {"description": "{}", "thumbnail": _icon(state), "url": _icon(state)}
        return "business_card", _attached("link", payload)
    for kind in _FILE_KINDS:
        if kind in message:
            return _file(state, kind, message[kind], caption)
    return _text(message["text"])


def _text(text: str) -> tuple[str, JsonObject]:
    """A text that is one address alone arrives as a link."""
    if not _LINK.fullmatch(text):
        return "text", {"text": text}
    payload = {"thumbnail": "", "description": text, "url": text}
    return "link", {"text": text} | _attached("link", payload)


def _file(
    state: SandboxState, kind: str, described: JsonObject, caption: JsonObject
) -> tuple[str, JsonObject]:
    url = _address(state, described)
    file = state.files.by_id(described["file_id"])
    if kind == "document" and file is not None:
        name = str(described.get("file_name", "file"))
        return "file", caption | _attached("file", _file_payload(file, name, url))
    name = _EVENT_KINDS.get(kind, kind)
    small = described.get(THUMBNAIL)
    shown = _address(state, small) if small else _icon(state)
    return name, caption | _attached(name, {"thumbnail": shown, "url": url})


def _file_payload(file: StoredFile, name: str, url: str) -> JsonObject:
    return {
        "size": str(len(file.content)),
        "name": name,
        "checksum": hashlib.md5(file.content, usedforsecurity=False).hexdigest(),
        "type": extension_of(name).lstrip("."),
        "url": url,
    }


def _attached(kind: str, payload: JsonObject) -> JsonObject:
    return {"attachments": [{"type": kind, "payload": payload}]}


def _address(state: SandboxState, file: JsonObject) -> str:
    return f"{state.url}/oa/files/{file['file_id']}"


def _icon(state: SandboxState) -> str:
    return f"{state.url}/page/icon.svg"
