"""The human-written texts in stored JSON, without its internal keys."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.recognition.plain_text import visible

_PLAIN = {"title", "title_en", "facts", "issuer", "source_url", "source_ref", "text", "links"}
_PLAIN |= {"words", "reason", "claim", "explanation", "sources", "question", "answer"}
_HTML = {"html", "html_en"}


def message_words(stored: Any) -> str:
    """The text of a stored message."""
    body = _parsed(stored)
    return visible(str(body.get("text", ""))) if isinstance(body, Mapping) else str(body)


def words_within(stored: Any) -> str:
    """Every text in it that a person wrote, one on each line."""
    parsed = _parsed(stored)
    return parsed if isinstance(parsed, str) else "\n".join(dict.fromkeys(_written(parsed)))


def _parsed(stored: Any) -> Any:
    if not isinstance(stored, str):
        return stored
    try:
        return json.loads(stored)
    except ValueError:
        return stored


def _written(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _written(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _written(inner, key)
    elif isinstance(value, str) and value and key in _PLAIN | _HTML:
        yield visible(value) if key in _HTML else value
