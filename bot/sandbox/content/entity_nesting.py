"""Which entities may contain each other, as in `fix_entities` of TDLib.

Code, links and mentions lie apart from each other, quotations as well. Bold and the like may contain
and be part of anything but code: they are cut around it.
"""

from collections.abc import Iterable

from bot.sandbox.content.entities import sort
from bot.sandbox.transport import JsonObject

_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_QUOTES = {"blockquote", "expandable_blockquote"}
_CODE = {"pre", "code", "date_time"}


def without_conflicts(entities: Iterable[JsonObject]) -> list[JsonObject]:
    """The entities that Telegram keeps, sorted. A style around code becomes two."""
    known = sort(list(entities))
    quotes = _apart(one for one in known if one["type"] in _QUOTES)
    others = _apart(one for one in known if one["type"] not in _STYLES | _QUOTES)
    kept = [one for one in others if all(_is_inside_or_apart(one, quote) for quote in quotes)]
    code = [one for one in kept if one["type"] in _CODE]
    styles = [part for one in known if one["type"] in _STYLES for part in _around(one, code)]
    return sort([*kept, *quotes, *styles])


def _apart(entities: Iterable[JsonObject]) -> list[JsonObject]:
    """Of entities that meet, the first."""
    kept: list[JsonObject] = []
    for one in entities:
        if not kept or one["offset"] >= _end(kept[-1]):
            kept.append(one)
    return kept


def _is_inside_or_apart(one: JsonObject, quote: JsonObject) -> bool:
    if _end(one) <= quote["offset"] or one["offset"] >= _end(quote):
        return True
    return bool(quote["offset"] <= one["offset"] and _end(one) <= _end(quote))


def _around(style: JsonObject, code: list[JsonObject]) -> list[JsonObject]:
    """The parts of a style between the codes, which lie apart and in order."""
    parts, begin = [], style["offset"]
    for one in code:
        parts.append((begin, min(one["offset"], _end(style))))
        begin = max(begin, _end(one))
    parts.append((begin, _end(style)))
    return [style | {"offset": begin, "length": end - begin} for begin, end in parts if end > begin]


def _end(entity: JsonObject) -> int:
    return int(entity["offset"] + entity["length"])
