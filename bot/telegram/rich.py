"""Converts rich messages to ordinary ones: text, formatting, links, and the first photo.

https://core.telegram.org/bots/api#richmessage. Blocks are read by the fields they share and not by
their type, so that blocks of a later Bot API are read too.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aiogram.enums import MessageEntityType

from handlers.recognition.plain_text import utf16_length

_FORMATTING = frozenset(
    {
        MessageEntityType.BOLD.value,
        MessageEntityType.CODE.value,
        MessageEntityType.ITALIC.value,
        MessageEntityType.SPOILER.value,
        MessageEntityType.STRIKETHROUGH.value,
        MessageEntityType.UNDERLINE.value,
    }
)
"""Types with the same name in rich texts and in message entities."""
_LINK = "url"
_IN_A_LINE = ("text", "alternative_text", "expression")
_OF_A_BLOCK = ("summary", *_IN_A_LINE, "credit", "items", "blocks")
"""Fields with text, in reading order; not those that name a mentioned person or photographer."""


def as_ordinary(message: Mapping[str, Any]) -> dict[str, Any]:
    """The message with its rich content in the fields of an ordinary one; others unchanged."""
    plain = dict(message)
    rich = plain.pop("rich_message", None)
    if not isinstance(rich, Mapping):
        return plain
    text, entities = _Writing().whole(rich)
    if photo := next((photo for photo in _photos(rich.get("blocks"))), []):
        return plain | {"photo": photo, "caption": text, "caption_entities": entities}
    return plain | ({"text": text, "entities": entities} if text else {})


class _Writing:
    """Collects text, and the entities of what was appended."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._entities: list[dict[str, Any]] = []

    def whole(self, rich: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        self._blocks(rich.get("blocks"))
        return "".join(self._pieces), self._entities

    def _blocks(self, blocks: object) -> None:
        for block in _listed(blocks):
            self._block(block)

    def _block(self, block: object) -> None:
        if not isinstance(block, Mapping):
            return
        for name in (name for name in _OF_A_BLOCK if name in block):
            if name in ("items", "blocks"):
                self._blocks(block[name])
            else:
                self._line(block[name])
        for row in _listed(block.get("cells")):
            self._row(row)
        caption = block.get("caption")
        self._line(caption.get("text") if isinstance(caption, Mapping) else caption)

    def _row(self, row: object) -> None:
        self._line([[cell.get("text"), " "] for cell in _listed(row) if isinstance(cell, Mapping)])

    def _line(self, text: object) -> None:
        before = self._length
        self._inline(text)
        if self._length > before:
            self._add("\n")

    def _inline(self, text: object) -> None:
        if isinstance(text, str):
            self._add(text)
        elif isinstance(text, list):
            for part in text:
                self._inline(part)
        elif isinstance(text, Mapping):
            self._marked(text)

    def _marked(self, text: Mapping[str, Any]) -> None:
        kind, url, offset = text.get("type"), text.get(_LINK), self._length
        place = len(self._entities)
        for name in (name for name in _IN_A_LINE if name in text):
            self._inline(text[name])
        found: dict[str, Any] = {"offset": offset, "length": self._length - offset}
        if kind == _LINK and isinstance(url, str):
            found |= {"type": MessageEntityType.TEXT_LINK.value, "url": url}
        elif kind in _FORMATTING:
            found |= {"type": kind}
        if "type" in found:
            # Outer entities come before those inside them.
            self._entities.insert(place, found)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += utf16_length(text)


def _photos(blocks: object) -> Iterator[list[Any]]:
    for block in _listed(blocks):
        if not isinstance(block, Mapping):
            continue
        if isinstance(photo := block.get("photo"), list) and photo:
            yield photo
        for inner in ("blocks", "items"):
            yield from _photos(block.get(inner))


def _listed(found: object) -> Iterable[Any]:
    return found if isinstance(found, list) else ()
