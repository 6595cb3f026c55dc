"""Reads a formatted source from left to right, and collects its text and entities."""

import re

from bot.sandbox.content.entities import utf16_length
from bot.sandbox.transport import ApiError, JsonObject, bad_request

END = "\0"
"""Stands past the end of the source, so that looking a few characters ahead needs no check."""
_AHEAD = 3


class SourceReader:
    """Position in the source, text written so far with its length in UTF-16 units, and entities."""

    def __init__(self, source: str) -> None:
        bare = source.replace(END, "")
        self._length = len(bare)
        self._source = bare + END * _AHEAD
        self._at = 0
        self._out: list[str] = []
        self._units = 0
        self._entities: list[JsonObject] = []

    @property
    def _char(self) -> str:
        return self._source[self._at]

    @property
    def _next(self) -> str:
        """The character after this one; only to be read before the end."""
        return self._source[self._at + 1]

    def _starts(self, mark: str) -> bool:
        return self._source.startswith(mark, self._at)

    def _take(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        text = found.group() if found else ""
        self._at += len(text)
        return text

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._units += utf16_length(text)

    def _place_since(self, offset: int) -> JsonObject:
        """Offset and length of an entity that ends here, in UTF-16 units."""
        return {"offset": offset, "length": self._units - offset}

    def _bytes_before(self, position: int) -> int:
        return len(self._source[:position].encode())


def broken(complaint: str) -> ApiError:
    """Status 400 with Telegram's words for a source that cannot be parsed."""
    return bad_request(f"can't parse entities: {complaint}")
