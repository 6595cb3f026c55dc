"""Texts and captions of messages: parsed, trimmed and within Telegram's limits."""

from functools import lru_cache

from bot.sandbox.content import html_text
from bot.sandbox.content.entities import Formatted, read_explicit, trimmed, utf16_length
from bot.sandbox.content.entity_detection import with_detected
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
    """Text with entities; any parse mode is read as HTML, none as plain text."""
    return (
        with_detected(trimmed(html_text.parse(text)))
        if parse_mode
        else with_detected(trimmed((text.replace("\0", ""), [])))
    )


def _read(parameters: Parameters, name: str, entities_name: str) -> Formatted:
    text = parameters.text(name)
    parse_mode = parameters.text("parse_mode").lower()
    require(parse_mode in ("", "none", "html"), "unsupported parse_mode")
    if parse_mode == "html":
        return parse(text, parse_mode)
    explicit = _explicit(parameters, text, entities_name)
    return with_detected(trimmed((text, explicit))) if explicit else parse(text, "")


def _explicit(parameters: Parameters, text: str, name: str) -> list[dict[str, object]]:
    if not parameters.given(name):
        return []
    try:
        return read_explicit(text, parameters.structure(name))
    except (ValueError, RecursionError):
        raise bad_request("can't parse entities JSON object") from None
