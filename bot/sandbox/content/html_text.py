"""Parses HTML as the Bot API does, with the same error messages.

It follows `parse_html` of TDLib, which the Bot API server uses. Byte offsets in messages count
UTF-8 bytes of the source; entity offsets count UTF-16 units.
"""

import re
from dataclasses import dataclass

from bot.sandbox.content.entities import (
    Formatted,
    custom_emoji,
    date_time,
    sort,
)
from bot.sandbox.content.source_reader import END, SourceReader, broken
from bot.sandbox.content.tg_links import link_or_mention
from bot.sandbox.transport import ApiError, JsonObject

_SPACE = " \t\r\n\v" + END
_PLAIN = re.compile(r"[^<&\0]+")
_CHARACTER = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "pre": "pre",
    "code": "code",
}
_TAGS = {*_SIMPLE, "a", "tg-emoji", "tg-time", "blockquote"}


@dataclass
class _Tag:
    name: str
    attributes: dict[str, str]
    offset: int
    begin: int

    @property
    def language(self) -> str:
        value = self.attributes.get("class", "")
        return value.removeprefix("language-") if value.startswith("language-") else ""


def parse(source: str) -> Formatted:
    """Text and entities. Raises ApiError (400) with “can't parse entities: …”."""
    return _Reader(source).read()


class _Reader(SourceReader):
    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._open: list[_Tag] = []

    def read(self) -> Formatted:
        while self._char != END:
            if self._char == "<":
                self._read_tag()
            elif self._char == "&":
                self._write(self._read_character() or self._take())
            else:
                self._write(self._match(_PLAIN))
        if self._open:
            name = self._open[-1].name
            raise broken(f'Can\'t find end tag corresponding to start tag "{name}"')
        return self._text(), sort([_without_marks(entity) for entity in self._entities])

    def _text(self) -> str:
        try:
            return "".join(self._out).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise broken(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _read_character(self) -> str | None:
        found = _CHARACTER.match(self._source, self._at)
        character = _decoded(found) if found else None
        if found and character:
            self._at = found.end()
        return character

    def _read_tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._char == "/":
            self._close_tag(begin)
        else:
            self._open_tag(begin)

    def _open_tag(self, begin: int) -> None:
        name = self._until(_SPACE + ">").lower()
        if self._char == END:
            raise self._broken_at("Unclosed start tag", begin)
        if name not in _TAGS:
            raise self._broken_at(f'Unsupported start tag "{name}"', begin)
        attributes = self._read_attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._broken_at('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Tag(name, attributes, self._units, len(self._out)))

    def _read_attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._char == ">":
                self._at += 1
                return attributes
            name = self._until(_SPACE + "=>")
            if not name:
                raise self._broken_at(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_space()
            attributes[name] = self._read_value(tag, begin) if self._char == "=" else ""
            if self._char == END:
                raise self._broken_at("Unclosed start tag", begin)

    def _read_value(self, tag: str, begin: int) -> str:
        self._at += 1
        self._skip_space()
        if self._char == END:
            raise self._broken_at(f'Unclosed start tag "{tag}"', begin)
        if self._char in "'\"":
            return self._read_quoted(self._take())
        token_begin = self._at
        value = self._match(_NAME_TOKEN).lower()
        if self._char not in _SPACE + ">":
            raise self._broken_at("Unexpected end of name token", token_begin)
        return value

    def _read_quoted(self, quote: str) -> str:
        value = ""
        while self._char not in (quote, END):
            character = self._read_character() if self._char == "&" else None
            value += character or self._take()
        if self._char == quote:
            self._at += 1
        return value

    def _close_tag(self, begin: int) -> None:
        if not self._open:
            raise self._broken_at("Unexpected end tag", begin)
        self._at += 1
        name = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._char != ">":
            raise self._broken_at("Unclosed end tag", begin)
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise self._broken_at(
                "Unmatched end tag", begin, f', expected "</{tag.name}>", found "</{name}>"'
            )
        if self._units > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _Tag) -> None:
        place = self._place_since(tag.offset)
        if tag.name == "a":
            self._entities.extend(
                link_or_mention(
                    tag.attributes.get("href") or "".join(self._out[tag.begin :]), place
                )
            )
        elif tag.name == "tg-emoji":
            self._entities.append(custom_emoji(tag.attributes.get("emoji-id", ""), place))
        elif tag.name == "tg-time":
            unix, format_ = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
            self._entities.extend(date_time(_leading_number(unix), format_, place))
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"
            self._entities.append({"type": kind, **place})
        elif tag.name in ("pre", "code"):
            self._add_code(tag, place)
        else:
            self._entities.append({"type": _SIMPLE[tag.name], **place})

    def _add_code(self, tag: _Tag, place: JsonObject) -> None:
        """`pre` and `code` around the same text become one block with a language."""
        other = {"pre": "code", "code": "pre"}[tag.name]
        last = self._entities[-1] if self._entities else {}
        same = {name: last.get(name) for name in ("offset", "length")} == place
        language = last.get("language") if tag.name == "pre" else tag.language
        if same and last.get("type") == other and language:
            self._entities[-1] = {"type": "pre", **place, "language": language}
        else:
            mark = {"language": tag.language} if tag.name == "code" and tag.language else {}
            self._entities.append({"type": tag.name, **place, **mark})

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._char not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._char != END and self._char in _SPACE:
            self._at += 1

    def _broken_at(self, complaint: str, position: int, more: str = "") -> ApiError:
        return broken(f"{complaint} at byte offset {self._bytes_before(position)}{more}")


def _without_marks(entity: JsonObject) -> JsonObject:
    """Removes `language` from inline code, where `_add_code` keeps it for an enclosing `pre`."""
    if entity["type"] == "code":
        entity.pop("language", None)
    return entity


def _leading_number(text: str) -> int:
    """The number a text begins with; 0 without one, as TDLib reads it."""
    found = re.match(r"-?[0-9]+", text)
    return int(found.group()) if found else 0


def _decoded(found: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else None
