"""Message entities (bold, links, quotes …), with offsets and lengths in UTF-16 units."""

import re
from typing import TypeAlias

from bot.sandbox.transport import JsonObject, bad_request, require

Formatted: TypeAlias = tuple[str, list[JsonObject]]
"""A text and its entities. Messages share the list: do not modify it."""

LIMIT = 100
"""Entities past this number are ignored by Telegram."""

_ORDER = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49}
_ORDER |= {
    "date_time": 30,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
}
_ORDER |= {"spoiler": 94, "custom_emoji": 99}
_USUAL_ORDER = 50

_FOUND_IN_TEXT = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_WRITTEN = set(_ORDER)
_HOST = re.compile(r"[^\s/?#:@]+\.[^\s/?#:@]+(?::\d+)?$")
_SCHEMES = ("http", "https", "tg", "ton", "tonsite")


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sort(entities: list[JsonObject]) -> list[JsonObject]:
    """Sorts in place, outer before inner in Telegram's order, and drops those past `LIMIT`."""
    entities.sort(
        key=lambda one: (one["offset"], -one["length"], _ORDER.get(one["type"], _USUAL_ORDER))
    )
    return entities[:LIMIT]


def link_fault(url: str) -> str | None:
    """Telegram's error for an address that it would not link to; None when it would."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() not in _SCHEMES:
        return "Unsupported URL protocol"
    if separator and scheme.lower() not in ("http", "https"):
        return None
    host = re.split(r"[/?#]", rest if separator else url, maxsplit=1)[0]
    if not host:
        return "URL host is empty"
    return None if _HOST.match(host.rpartition("@")[2]) else "Wrong HTTP URL"


def link(url: str, place: JsonObject) -> list[JsonObject]:
    """A `text_link` entity, or nothing when Telegram would not link to the address."""
    if link_fault(url):
        return []
    return [{"type": "text_link", **place, "url": _normalised(url)}]


def custom_emoji(emoji_id: str, place: JsonObject) -> JsonObject:
    """A `custom_emoji` entity. Raises ApiError when the id is not a positive number."""
    require(
        emoji_id.isdecimal() and int(emoji_id) != 0,
        "can't parse entities: Invalid custom emoji identifier specified",
    )
    return {"type": "custom_emoji", **place, "custom_emoji_id": emoji_id}


def date_time(unix: int, format_: str, place: JsonObject) -> list[JsonObject]:
    """A date_time, or nothing for a moment before 1970; an unknown format is refused.

    The format is `r` (relative), or any of `w` (weekday), `d` or `D` (date), `t` or `T` (time).
    """
    require(
        format_ in ("r", "R") or set(format_) <= set("wWdDtT"),
        "can't parse entities: Invalid date format used",
    )
    if unix <= 0:
        return []
    return [
        {"type": "date_time", **place, "unix_time": unix, "date_time_format": _ordered(format_)}
    ]


def _ordered(format_: str) -> str:
    """The format as Telegram gives it back; of two precisions of a part the last counts."""
    if format_ in ("r", "R"):
        return "r"
    last = [[sign for sign in format_ if sign in part][-1:] for part in ("wW", "dD", "tT")]
    return "".join(sign.lower() if sign == "W" else sign for found in last for sign in found)


def read_explicit(text: str, given: object) -> list[JsonObject]:
    """Entities given as JSON beside a text. Raises ApiError with Telegram's messages."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    length = utf16_length(text)
    checked = [_explicit(entity, length) for entity in given]
    return sort([entity for entity in checked if entity["type"] in _WRITTEN])


def trimmed(formatted: Formatted) -> Formatted:
    """The text without surrounding white space, which Telegram drops; entities are shifted."""
    text, entities = formatted
    bare = text.strip()
    if bare == text:
        return formatted
    cut = utf16_length(text[: len(text) - len(text.lstrip())]) if bare else 0
    end = utf16_length(bare)
    moved = [_moved(entity, cut, end) for entity in entities]
    return bare, [entity for entity in moved if entity["length"] > 0]


def _moved(entity: JsonObject, cut: int, end: int) -> JsonObject:
    begin = max(0, entity["offset"] - cut)
    return entity | {
        "offset": begin,
        "length": min(end, entity["offset"] + entity["length"] - cut) - begin,
    }


def _explicit(entity: object, text_length: int) -> JsonObject:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    require(
        str(entity.get("type")) in _WRITTEN | _FOUND_IN_TEXT,
        "can't parse MessageEntity: Unsupported type specified",
    )
    place = {name: _number(entity, name) for name in ("offset", "length")}
    _check_place(place["offset"], place["length"], text_length)
    return _with_extras(entity, place)


def _number(entity: JsonObject, name: str) -> int:
    value = entity.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be a valid Number')
    return value


def _check_place(offset: int, length: int, text_length: int) -> None:
    require(offset >= 0, f"receive an entity with incorrect offset {offset}")
    require(length > 0, f"receive an entity with incorrect length {length}")
    require(
        offset < text_length, f"entity begins after the end of the text at UTF-16 offset {offset}"
    )
    require(
        offset + length <= text_length,
        f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
        f"at UTF-16 offset {offset + length}",
    )


def _with_extras(entity: JsonObject, place: JsonObject) -> JsonObject:
    kind = str(entity["type"])
    if kind == "text_link":
        url = str(entity.get("url", ""))
        if fault := link_fault(url):
            raise bad_request(f"entity URL '{url}' is invalid: {fault}")
        return {"type": kind, **place, "url": _normalised(url)}
    if kind == "custom_emoji":
        return custom_emoji(str(entity.get("custom_emoji_id", "")), place)
    if kind == "date_time":
        return _explicit_date_time(entity, place)
    kept: JsonObject = {name: entity[name] for name in ("language", "user") if name in entity}
    return {"type": kind, **place, **kept}


def _explicit_date_time(entity: JsonObject, place: JsonObject) -> JsonObject:
    unix, format_ = _number(entity, "unix_time"), str(entity.get("date_time_format", ""))
    require(
        format_ in ("r", "R") or set(format_) <= set("wWdDtT"),
        "can't parse MessageEntity: Invalid date-time format specified",
    )
    require(unix > 0, "Invalid date specified")
    return date_time(unix, format_, place)[0]


def _normalised(url: str) -> str:
    """Adds a missing scheme, and a slash where only a host is given."""
    whole = url if "://" in url else f"http://{url}"
    scheme, _, rest = whole.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    tail = rest[len(host) :]
    if scheme in ("http", "https") and not tail.startswith("/"):
        return f"{scheme}://{host}/{tail}"
    return whole
