"""Texts and captions of messages: parsed, trimmed and within Telegram's limits."""

from collections.abc import Callable
from functools import lru_cache

from bot.sandbox.content import html_text, legacy_markdown, markdown_text
from bot.sandbox.content.entities import Formatted, read_explicit, trimmed, utf16_length
from bot.sandbox.content.entity_detection import with_detected
from bot.sandbox.content.entity_nesting import without_conflicts
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

TEXT_LIMIT = 4096
"""UTF-16 units of a message's text after parsing."""

CAPTION_LIMIT = 1024
"""UTF-16 units of a caption after parsing."""


def text_of(parameters: Parameters) -> Formatted:
    """The text of a message. Raises ApiError when it is empty or cannot be parsed."""
    formatted = _read(parameters, "text", "entities")
    require(formatted[0], "message text is empty")
    return formatted


def text_fields(formatted: Formatted) -> JsonObject:
    """`text` and, if any, `entities`; raises ApiError past 4,096 UTF-16 units."""
    text, entities = formatted
    require(utf16_length(text) <= TEXT_LIMIT, "message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_of(parameters: Parameters) -> Formatted:
    """The caption of a file; it may be empty. Raises ApiError when it cannot be parsed."""
    return _read(parameters, "caption", "caption_entities")


def caption_fields(formatted: Formatted) -> JsonObject:
    """`caption` and `caption_entities`, if not empty; ApiError past 1,024 UTF-16 units."""
    caption, entities = formatted
    require(utf16_length(caption) <= CAPTION_LIMIT, "message caption is too long")
    fields: JsonObject = {"caption": caption, "caption_entities": entities}
    return {name: value for name, value in fields.items() if value}


@lru_cache(maxsize=512)
def parse(text: str, parse_mode: str) -> Formatted:
    """Text with entities; the mode is a key of `_PARSERS`. Raises ApiError when it is malformed."""
    words, entities = _PARSERS[parse_mode](text)
    return with_detected(trimmed((words, without_conflicts(entities))))


def _plain(text: str) -> Formatted:
    return text.replace("\0", ""), []


_PARSERS: dict[str, Callable[[str], Formatted]] = {
    "": _plain,
    "none": _plain,
    "html": html_text.parse,
    "markdown": legacy_markdown.parse,
    "markdownv2": markdown_text.parse,
}


def _read(parameters: Parameters, name: str, entities_name: str) -> Formatted:
    text = parameters.text(name)
    parse_mode = parameters.text("parse_mode").lower()
    require(parse_mode in _PARSERS, "unsupported parse_mode")
    if _PARSERS[parse_mode] is not _plain:
        return parse(text, parse_mode)
    explicit = without_conflicts(_explicit(parameters, text, entities_name))
    return with_detected(trimmed((text, explicit))) if explicit else parse(text, "")


def _explicit(parameters: Parameters, text: str, name: str) -> list[dict[str, object]]:
    if not parameters.given(name):
        return []
    try:
        return read_explicit(text, parameters.structure(name))
    except (ValueError, RecursionError):
        raise bad_request("can't parse entities JSON object") from None
