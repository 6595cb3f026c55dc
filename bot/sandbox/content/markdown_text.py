"""Parses MarkdownV2 as the Bot API does, with the same error messages.

It follows `parse_markdown_v2` of TDLib, which the Bot API server uses. Byte offsets in messages count
UTF-8 bytes of the source. Rules: https://core.telegram.org/bots/api#markdownv2-style
"""

import re
from dataclasses import dataclass

from bot.sandbox.content.entities import Formatted, sort
from bot.sandbox.content.source_reader import END, SourceReader, broken
from bot.sandbox.content.tg_links import emoji_or_moment, link_or_mention
from bot.sandbox.transport import ApiError

_QUOTE, _LINK, _EMOJI = "blockquote", "link", "emoji"
_OPENERS = {
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "||": "spoiler",
    "![": _EMOJI,
    "[": _LINK,
    "```": "pre",
    "`": "code",
}
_CLOSERS = {kind: mark for mark, kind in _OPENERS.items()} | {_EMOJI: "]", _LINK: "]"}
_NAMES = {
    **{kind: kind.capitalize() for kind in _OPENERS.values()},
    _LINK: "TextUrl",
    _EMOJI: "CustomEmoji",
    _QUOTE: "BlockQuote",
}
"""The kinds as TDLib's messages name them; a `pre` with a language is a `PreCode`."""

_PLAIN = re.compile(r"[^_*\[\]()~`>#+\-=|{}.!\n\\\0]+")
_PLAIN_IN_CODE = re.compile(r"[^`\\\0]+")
_LAST_ASCII = "~"
LANGUAGE = re.compile(r"[^ \t\r\n\v\0`]+(?=[ \t\r\n\v])")
LINE_BREAK = re.compile(r"\r\n|\n\r|\n|\r")


@dataclass
class _Opened:
    kind: str
    position: int
    """Index of its mark in the source."""
    offset: int
    begin: int
    """Index of its first piece of text."""
    language: str = ""

    @property
    def name(self) -> str:
        return "PreCode" if self.language else _NAMES[self.kind]


def parse(source: str) -> Formatted:
    """Text and entities. Raises ApiError (400) with “can't parse entities: …”."""
    return _Reader(source).read()


class _Reader(SourceReader):
    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._open: list[_Opened] = []
        self._is_line_start = True

    def read(self) -> Formatted:
        while self._char != END:
            if self._char == "\\":
                self._read_escape()
            elif plain := self._match(_PLAIN_IN_CODE if self._is_in_code else _PLAIN):
                self._write_plain(plain)
            elif self._is_at_end():
                self._close()
            else:
                self._begin()
        self._end_last_quote()
        if self._open:
            raise self._unclosed(self._open[-1])
        return "".join(self._out), sort(self._entities)

    @property
    def _is_in_code(self) -> bool:
        return bool(self._open) and self._open[-1].kind in ("code", "pre")

    @property
    def _is_in_quote(self) -> bool:
        return any(opened.kind == _QUOTE for opened in self._open)

    def _read_escape(self) -> None:
        if END < self._next <= _LAST_ASCII:
            self._at += 1
            character = self._take()
            self._write_plain(character)
            self._is_line_start = self._is_line_start or character == "\n"
        else:
            self._write_plain(self._take())

    def _write_plain(self, text: str) -> None:
        self._write(text)
        self._is_line_start = self._is_line_start and not text.strip("\r")

    def _is_at_end(self) -> bool:
        """True when this character closes the innermost open entity."""
        if not self._open:
            return False
        kind = self._open[-1].kind
        if self._char == "\n" and self._is_in_quote and self._next != ">":
            return True
        if kind == "italic":
            return self._char == "_" != self._next
        return kind != _QUOTE and self._starts(_CLOSERS[kind])

    def _begin(self) -> None:
        if self._char == "\n":
            self._write(self._take())
            self._is_line_start = True
        elif self._char == ">" and self._is_line_start:
            if not self._is_in_quote:
                self._push(_QUOTE, ">")
            else:
                self._at += 1
        else:
            mark = next((mark for mark in _OPENERS if self._starts(mark)), None)
            if mark is None:
                raise _reserved(self._char)
            self._push(_OPENERS[mark], mark)

    def _push(self, kind: str, mark: str) -> None:
        opened = _Opened(kind, self._at, self._units, len(self._out))
        self._at += len(mark)
        if kind == "pre":
            opened.language = self._match(LANGUAGE)
            self._match(LINE_BREAK)
        self._open.append(opened)

    def _close(self) -> None:
        if self._char == "\n":
            self._close_quote()
            return
        opened = self._open.pop()
        self._at += len(_CLOSERS[opened.kind])
        place = self._place_since(opened.offset)
        url = self._read_url(opened) if opened.kind in (_LINK, _EMOJI) else ""
        if opened.kind == _EMOJI:
            entities = emoji_or_moment(url, place)
        elif opened.kind == _LINK:
            entities = link_or_mention(url, place)
        else:
            mark = {"language": opened.language} if opened.language else {}
            entities = [{"type": opened.kind, **place, **mark}]
        if place["length"]:
            self._entities.extend(entities)

    def _read_url(self, opened: _Opened) -> str:
        """The address in brackets, without which a link's text is the address."""
        if self._char != "(":
            if opened.kind == _EMOJI:
                raise broken("The entity must contain a tg://emoji or tg://time URL")
            return "".join(self._out[opened.begin :])
        self._at += 1
        begin, url = self._at, ""
        while self._char not in (")", END):
            if self._char == "\\" and END < self._next <= _LAST_ASCII:
                self._at += 1
            url += self._take()
        if self._char == END:
            raise broken(f"Can't find end of a URL at byte offset {self._bytes_before(begin)}")
        self._at += 1
        return url

    def _close_quote(self) -> None:
        """Ends a quotation at the end of its last line, which belongs to it."""
        mark_ends = self._at - 1 if self._out and self._out[-1].endswith("\r") else self._at
        is_expandable = self._drop_expanding_mark({self._at, mark_ends})
        opened = self._open[-1]
        if opened.kind != _QUOTE:
            raise self._unclosed(opened)
        self._write(self._take())
        self._is_line_start = True
        self._add_quote(self._open.pop(), is_expandable=is_expandable)

    def _end_last_quote(self) -> None:
        """Ends a quotation that goes on to the end of the source."""
        if not self._is_in_quote:
            return
        is_expandable = self._drop_expanding_mark({self._length})
        if self._open[-1].kind == _QUOTE:
            self._add_quote(self._open.pop(), is_expandable=is_expandable)

    def _drop_expanding_mark(self, ends: set[int]) -> bool:
        """True when a spoiler was opened right at one of these ends: the mark of an expandable quotation."""
        last = self._open[-1]
        if last.kind == "spoiler" and last.position + len("||") in ends:
            self._open.pop()
            return True
        return False

    def _add_quote(self, opened: _Opened, *, is_expandable: bool) -> None:
        place = self._place_since(opened.offset)
        if place["length"]:
            kind = "expandable_blockquote" if is_expandable else _QUOTE
            self._entities.append({"type": kind, **place})

    def _unclosed(self, opened: _Opened) -> ApiError:
        offset = self._bytes_before(opened.position)
        return broken(f"Can't find end of {opened.name} entity at byte offset {offset}")


def _reserved(character: str) -> ApiError:
    return broken(
        f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
    )
