"""Stickers: those of people, known by their emoji alone, and files that the bot uploads."""

import binascii

from bot.sandbox.content.files import FileStore, extension_of
from bot.sandbox.transport import JsonObject, Parameters, Upload, bad_request, require

_PREFIX = "CAAC"
"""Begins the file ids of stickers that have no file here."""
_SIDE = 512
"""Pixels of a sticker's sides: https://core.telegram.org/stickers"""


def sticker(emoji: str) -> JsonObject:
    """A `Sticker` object for an emoji; it has no file to download."""
    id_ = emoji.encode().hex()
    return {"file_id": f"{_PREFIX}{id_}", "file_unique_id": id_, **_shape(), "emoji": emoji}


def outgoing_sticker(store: FileStore, parameters: Parameters) -> JsonObject:
    """The content for a sticker that the bot sends: an upload or a known file id.

    Raises ApiError when there is neither, or when the id is of no sticker.
    """
    upload, given = parameters.upload("sticker"), parameters.text("sticker")
    if upload is not None:
        return _stored(store, upload, parameters.text("emoji"))
    require(given, "there is no sticker in the request")
    known = store.media(given) or _by_emoji(given)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if "sticker" not in known:
        raise bad_request(f"can't use file of type {next(iter(known)).capitalize()} as Sticker")
    return known


def _stored(store: FileStore, upload: Upload, emoji: str) -> JsonObject:
    require(upload.content, "file must be non-empty")
    extension = extension_of(upload.file_name)
    file = store.add("stickers", upload.content, extension=extension, mime_type=upload.mime_type)
    shape = _shape(is_animated=extension == ".tgs", is_video=extension == ".webm")
    content = {"sticker": file.reference() | shape | ({"emoji": emoji} if emoji else {})}
    store.keep_media(content, [file])
    return content


def _by_emoji(file_id: str) -> JsonObject | None:
    """The content of a sticker that a person has sent, whose id holds its emoji."""
    if not file_id.startswith(_PREFIX):
        return None
    try:
        return {"sticker": sticker(binascii.unhexlify(file_id.removeprefix(_PREFIX)).decode())}
    except ValueError:
        return None


def _shape(*, is_animated: bool = False, is_video: bool = False) -> JsonObject:
    sides = {"type": "regular", "width": _SIDE, "height": _SIDE}
    return sides | {"is_animated": is_animated, "is_video": is_video}
