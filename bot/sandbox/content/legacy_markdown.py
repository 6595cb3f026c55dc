"""Parses the legacy mode “Markdown” as the Bot API does, with the same error messages.

It follows `parse_markdown` of TDLib: entities are not nested, and an escape counts only outside of
them. Rules: https://core.telegram.org/bots/api#markdown-style
"""

import re

from bot.sandbox.content.entities import Formatted, sort
from bot.sandbox.content.markdown_text import LANGUAGE, LINE_BREAK
from bot.sandbox.content.source_reader import END, SourceReader, broken
from bot.sandbox.content.tg_links import link_or_mention

_KINDS = {"```": "pre", "`": "code", "_": "italic", "*": "bold", "[": "link"}
_PLAIN = re.compile(r"[^_*`\[\\\0]+")
_ESCAPABLE = "_*`["


def parse(source: str) -> Formatted:
    """Text and entities. Raises ApiError (400) with “can't parse entities: …”."""
    return _Reader(source).read()


class _Reader(SourceReader):
    def read(self) -> Formatted:
        while self._char != END:
            if plain := self._match(_PLAIN):
                self._write(plain)
            elif self._char == "\\":
                self._at += self._next in _ESCAPABLE
                self._write(self._take())
            else:
                self._read_entity()
        return "".join(self._out), sort(self._entities)

    def _read_entity(self) -> None:
        begin, offset = self._at, self._units
        mark = next(mark for mark in _KINDS if self._starts(mark))
        self._at += len(mark)
        language = self._read_language() if mark == "```" else ""
        text = self._read_to("]" if mark == "[" else mark, begin)
        self._write(text)
        place = self._place_since(offset)
        if not text:
            return
        if mark == "[":
            url = self._read_url() if self._char == "(" else text
            self._entities.extend(link_or_mention(url, place))
        else:
            extra = {"language": language} if language else {}
            self._entities.append({"type": _KINDS[mark], **place, **extra})

    def _read_language(self) -> str:
        language = self._match(LANGUAGE)
        self._match(LINE_BREAK)
        return language

    def _read_to(self, mark: str, begin: int) -> str:
        end = self._source.find(mark, self._at)
        if end < 0:
            raise broken(
                f"Can't find end of the entity starting at byte offset {self._bytes_before(begin)}"
            )
        text = self._source[self._at : end]
        self._at = end + len(mark)
        return text

    def _read_url(self) -> str:
        """The address in brackets, which may lack the last one at the end of the source."""
        end = self._source.find(")", self._at)
        url = self._source[self._at + 1 : end if end >= 0 else self._length]
        self._at = end + 1 if end >= 0 else self._length
        return url
