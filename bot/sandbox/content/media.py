"""Photos, videos, audio and documents of messages: size checks, photo sizes, thumbnails, as on Telegram."""

import re
import warnings
from io import BytesIO

from PIL import Image

from bot.sandbox.content.files import FileStore, StoredFile, extension_of
from bot.sandbox.transport import ApiError, JsonObject, Parameters, Upload, bad_request, require

PHOTO_LIMIT = 10 * 1024 * 1024
DOCUMENT_LIMIT = 50 * 1024 * 1024
"""Bytes of the largest photo and of any other file: https://core.telegram.org/bots/api#sending-files"""
ALBUM_LIMITS = range(2, 11)
"""Files of an album: https://core.telegram.org/bots/api#sendmediagroup"""

SIDES_LIMIT = 10_000
"""Pixels of a photo's width and height together."""

RATIO_LIMIT = 20
_SIDES = (90, 320, 800, 1280)
"""The longest side of the sizes Telegram keeps of a photo, in pixels."""

_QUALITY = 87
_VIDEO_FIELDS: JsonObject = {"width": 640, "height": 360, "duration": 1}
"""Fields of every video: the sandbox decodes none."""
_WITH_FILE_NAME = frozenset({"document", "video", "animation", "audio"})
_GIVEN_NUMBERS = ("duration", "width", "height")
_GIVEN_TEXTS = {"audio": ("performer", "title")}
"""What the bot may say of an upload, beside the numbers."""
_EXTRA_FIELDS: dict[str, JsonObject] = {
    "document": {},
    "video": _VIDEO_FIELDS,
    "animation": _VIDEO_FIELDS,
    "video_note": {"length": 240, "duration": 1},
    "audio": {"duration": 1},
    "voice": {"duration": 1},
}
KINDS = ("photo", *_EXTRA_FIELDS)
"""The kinds of content with a file, as fields of a message."""
THUMBNAIL = "thumbnail"
_WITH_THUMBNAIL = ("video", "animation", "video_note")
_THUMBNAIL_SIDE = 320
"""Pixels of the longer side of a thumbnail: https://core.telegram.org/bots/api#sendvideo"""


def outgoing_content(store: FileStore, parameters: Parameters, kind: str) -> JsonObject:
    """The content for what the bot sends as `photo`, `video` …: an upload or a known file id."""
    return content_of_file(
        store, kind, parameters.text(kind), parameters.upload(kind), details(parameters, kind)
    )


def details(parameters: Parameters, kind: str) -> JsonObject:
    """What the bot says of an upload: `duration` in seconds, `width`, `height`, `title` …."""
    numbers = {
        name: parameters.integer(name)
        for name in _GIVEN_NUMBERS
        if name in _EXTRA_FIELDS.get(kind, {}) and parameters.integer(name) > 0
    }
    texts = {name: parameters.text(name) for name in _GIVEN_TEXTS.get(kind, ())}
    return numbers | {name: text for name, text in texts.items() if text}


def content_of_file(
    store: FileStore,
    kind: str,
    given: str,
    upload: Upload | None,
    described: JsonObject | None = None,
) -> JsonObject:
    """The content for an upload or else for `given`: a file id or an address of Zalo's files.

    A file id keeps its description, as on Telegram. Raises ApiError when there is neither, or when the file is unknown or of another kind.
    """
    if upload is not None:
        return store_upload(store, upload, kind, described)
    require(given, f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        return _at_address(store, given, kind)
    return _known(store, given, kind)


def store_upload(
    store: FileStore, upload: Upload, kind: str, described: JsonObject | None = None
) -> JsonObject:
    """Stores an upload and returns the content of a message: `{"photo": [sizes]}`, `{"video": …}`.

    Raises ApiError when the file is empty, too large, or not a usable picture.
    """
    require(upload.content, "file must be non-empty")
    return _photo(store, upload) if kind == "photo" else _file(store, upload, kind, described or {})


def add_thumbnail(store: FileStore, content: JsonObject, upload: Upload) -> None:
    """Adds the picture that stands for a video, which the sandbox cannot take from it.

    Raises ApiError when the content is no video, or the upload no usable picture.
    """
    described = [content[kind] for kind in _WITH_THUMBNAIL if kind in content]
    require(described, "only a video has a thumbnail")
    _, thumbnail = _size(store, _decoded(upload.content), _THUMBNAIL_SIDE)
    described[0][THUMBNAIL] = thumbnail


def _at_address(store: FileStore, address: str, kind: str) -> JsonObject:
    """A file that somebody sent on Zalo: the only addresses that the sandbox's Telegram fetches."""
    match = re.fullmatch(r"http://[^/]+/(?:zalo|oa)/files/([\w-]+)", address)
    if match is None or store.by_id(match[1]) is None:
        raise bad_request("failed to get HTTP URL content")
    return _known(store, match[1], kind)


def _known(store: FileStore, file_id: str, kind: str) -> JsonObject:
    media = store.media(file_id)
    if media is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind not in media:
        actual = next(iter(media)).capitalize()
        raise bad_request(f"can't use file of type {actual} as {kind.capitalize()}")
    return media


def _file(store: FileStore, upload: Upload, kind: str, described: JsonObject) -> JsonObject:
    if len(upload.content) > DOCUMENT_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    file = store.add(
        f"{kind}s",
        upload.content,
        extension=extension_of(upload.file_name),
        mime_type=upload.mime_type,
    )
    description: JsonObject = {
        "mime_type": upload.mime_type,
        **_EXTRA_FIELDS[kind],
        **described,
        **file.reference(),
    }
    if kind in _WITH_FILE_NAME:
        description["file_name"] = upload.file_name
    media = {kind: description}
    if kind == "animation":
        # Telegram sends `document` beside `animation`, for older bots.
        media["document"] = {
            name: description[name] for name in description if name not in _EXTRA_FIELDS[kind]
        }
    store.keep_media(media, [file])
    return media


def _photo(store: FileStore, upload: Upload) -> JsonObject:
    require(
        len(upload.content) <= PHOTO_LIMIT,
        f"file of size {len(upload.content)} bytes is too big for a photo; "
        f"the maximum size is {PHOTO_LIMIT} bytes",
    )
    picture = _decoded(upload.content)
    longest = max(picture.size)
    sides = [side for side in _SIDES if side < longest] + [min(longest, _SIDES[-1])]
    sizes = [_size(store, picture, side) for side in dict.fromkeys(sides)]
    media = {"photo": [size for _, size in sizes]}
    store.keep_media(media, [file for file, _ in sizes])
    return media


def _decoded(content: bytes) -> Image.Image:
    """The decoded picture; its dimensions are checked first, against decompression bombs."""
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(BytesIO(content))
        _check_shape(picture.size)
        return picture.convert("RGB")
    except ApiError:
        raise
    except Exception:  # noqa: BLE001 - a broken picture makes decoders raise anything
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def _check_shape(size: tuple[int, int]) -> None:
    require(
        sum(size) <= SIDES_LIMIT and max(size) <= RATIO_LIMIT * min(size),
        "PHOTO_INVALID_DIMENSIONS",
    )


def _size(store: FileStore, picture: Image.Image, side: int) -> tuple[StoredFile, JsonObject]:
    scaled = picture.copy()
    scaled.thumbnail((side, side))
    encoded = BytesIO()
    scaled.save(encoded, "JPEG", quality=_QUALITY)
    file = store.add("photos", encoded.getvalue(), extension=".jpg", mime_type="image/jpeg")
    return file, file.reference() | {"width": scaled.width, "height": scaled.height}
