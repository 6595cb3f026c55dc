"""The words in what the program keeps as JSON, without the program's own names around them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.recognition.plain_text import visible

_PLAIN = {"title", "title_en", "facts", "issuer", "source_url", "source_ref", "text", "links"}
_PLAIN |= {"words", "reason", "claim", "explanation", "sources", "question", "answer"}
_HTML = {"html", "html_en"}


def message_words(kept: Any) -> str:
    """What a message says."""
    body = _opened(kept)
    return visible(str(body.get("text", ""))) if isinstance(body, Mapping) else str(body)


def words_within(kept: Any) -> str:
    """Everything in it that somebody wrote, a line each."""
    found = _opened(kept)
    return found if isinstance(found, str) else "\n".join(dict.fromkeys(_written(found)))


def _opened(kept: Any) -> Any:
    if not isinstance(kept, str):
        return kept
    try:
        return json.loads(kept)
    except ValueError:
        return kept


def _written(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _written(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _written(inner, key)
    elif isinstance(value, str) and value and key in _PLAIN | _HTML:
        yield visible(value) if key in _HTML else value
