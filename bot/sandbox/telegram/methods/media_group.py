"""`sendMediaGroup`: albums of photos and videos, or of documents or audio alone."""

import secrets
from collections.abc import Sequence

from bot.sandbox.content import media, texts
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import open_chat_of
from bot.sandbox.telegram.methods.send import deliver, media_flags, structure
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

_ALONE = ("document", "audio")
"""Kinds that may only be sent with files of the same kind."""


def send_media_group(state: SandboxState, parameters: Parameters) -> list[JsonObject]:
    """Sends 2 to 10 files as messages with one `media_group_id`; ignores `reply_markup`."""
    items = _items(structure(parameters, "media", "InputMedia"))
    chat = open_chat_of(state, parameters)
    contents = [input_media(state, parameters, item) for item in items]
    group = {"media_group_id": str(secrets.randbelow(10**17) + 10**17)}
    return [deliver(state, chat, parameters, content | group) for content in contents]


def _items(given: object) -> Sequence[JsonObject]:
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise bad_request("expected an Array of InputMedia")
    if len(given) not in media.ALBUM_LIMITS:
        few = len(given) < media.ALBUM_LIMITS.start
        raise bad_request(f"too {'few' if few else 'many'} messages to send as an album")
    kinds = {item.get("type") for item in given}
    require(kinds <= {"photo", "video", *_ALONE}, "can't parse InputMedia: wrong type")
    require(
        len(kinds) <= 1 or not kinds & set(_ALONE),
        "media of these types can't be mixed in an album",
    )
    return given


def input_media(state: SandboxState, parameters: Parameters, item: JsonObject) -> JsonObject:
    """The content for an `InputMedia`, whose file may be one of the request (`attach://…`)."""
    kind, given = str(item["type"]), str(item.get("media") or "")
    upload = None
    if given.startswith("attach://"):
        upload = parameters.upload(given.removeprefix("attach://"))
    described = Parameters(item)
    content = media.content_of_file(
        state.files, kind, given, upload, media.details(described, kind)
    )
    caption = texts.caption_fields(texts.caption_of(described))
    return content | caption | media_flags(described)
