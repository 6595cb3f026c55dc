"""Converts a message to what Zalo supports: basic formatting, numbered choices, short texts."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

from handlers.conversation.numbered_choices import numbered
from handlers.messages import Album, Button, MapPoint, Media, Message, Part, Rows, as_listed

LIMIT = 2000
"""Characters of a text or a caption (https://bot.zaloplatforms.com/docs, sendMessage)."""
_STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "del": "s"}
"""Telegram's tags that Zalo's `parse_mode: html` supports, with the names they have there."""
_BREAKS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s"), re.compile(r"\s"))
"""Where a text is split, the best first: between paragraphs, lines, sentences, words."""

_ADDRESS_SIGN = re.compile(r":(?=//)|(?<=www)\.|@|(?<=[^\W_])\.(?=[^\W\d_])")
"""What makes an app turn a word into a link: set in brackets, the word stays readable."""
_OWN_NUMBER = re.compile(r"^(\W*)(\d+)(?:\. | · )")


@dataclass(frozen=True)
class Span:
    """A range of the text in one style."""

    start: int
    end: int
    style: str


@dataclass(frozen=True)
class Text:
    """A plain text with its bold, italic, underlined and struck-through ranges."""

    words: str
    spans: tuple[Span, ...] = ()
    to_copy: tuple[str, ...] = ()
    """What is to be copied: Zalo copies whole messages only, so each is sent as one of its own."""

    @property
    def html(self) -> str:
        """For `parse_mode: html`."""
        changes: dict[int, Counter[str]] = {0: Counter(), len(self.words): Counter()}
        for span in self.spans:
            changes.setdefault(span.start, Counter())[span.style] += 1
            changes.setdefault(span.end, Counter())[span.style] -= 1
        open_, pieces = Counter[str](), []
        for start, end in pairwise(sorted(changes)):
            open_.update(changes[start])
            pieces.append(_styled(self.words[start:end], sorted(s for s in open_ if open_[s] > 0)))
        return "".join(pieces)

    def part(self, start: int, end: int) -> "Text":
        """The characters from `start` to `end`, with their formatting."""
        cut = (Span(max(s.start, start), min(s.end, end), s.style) for s in self.spans)
        return Text(
            self.words[start:end],
            tuple(Span(s.start - start, s.end - start, s.style) for s in cut if s.start < s.end),
        )

    @property
    def length(self) -> int:
        """The length as sent, tags included: Zalo does not document whether it counts them."""
        return len(self.html) if self.spans else len(self.words)


def _styled(words: str, styles: Sequence[str]) -> str:
    opening = "".join(f"<{style}>" for style in styles)
    closing = "".join(f"</{style}>" for style in reversed(styles))
    return f"{opening}{escape(words, quote=False)}{closing}"


def as_text(message: Message) -> Text:
    """The whole message, with its buttons as text."""
    text = read(message.text, copy_apart=message.copy_apart)
    said = "\n".join((text.words, *text.to_copy))
    below = choices(tuple(_but(said, row) for row in message.rows))
    place = point_line(message.point) if message.point else ""
    return replace(text, words="\n\n".join(filter(None, (text.words, place, below))))


def _but(words: str, row: tuple[Button, ...]) -> tuple[Button, ...]:
    """The buttons without those that copy a text which is in the message already."""
    return tuple(one for one in row if not one.copy or one.copy not in words)


def choices(rows: Rows) -> str:
    """The text in place of buttons: links and texts to copy, then samples, then choices."""
    rows = as_listed(rows)
    buttons = [button for row in rows for button in row]
    opened = [f"{b.label}: {b.url}" for b in buttons if b.url]
    copied = [f"{b.label}:\n{b.copy}" for b in buttons if b.copy]
    picked = [f"{number}. {_label(b.label)}" for number, b in enumerate(numbered(rows), 1)]
    shown = [f"• {_label(b.label)}" for b in buttons if b.sample]
    return "\n\n".join(filter(None, (*opened, *copied, "\n".join(shown), "\n".join(picked))))


def _label(label: str) -> str:
    """`2. Đi bầu` → `#2 – Đi bầu`: two numbers in a row would read as one list in another."""
    return _OWN_NUMBER.sub(r"\1#\2 – ", label)


def written(part: Part) -> Message | Album:
    """The part; a point on a map as a message with its link."""
    return Message("", point=part) if isinstance(part, MapPoint) else part


def point_line(point: MapPoint) -> str:
    """The line that stands for a point on a map: its name, and its address on a public map."""
    return f"📍 {point.name}: {point.link}" if point.name else f"📍 {point.link}"


def file_line(media: Media, address: str) -> str:
    """The line that stands for a file: its name, its size where that is known, and its address."""
    return f"📎 {_named(media)}: {address}"


def _named(media: Media) -> str:
    """The name of a file, and its size where it is known."""
    name = media.name or media.kind.value
    size = len(media.content) or media.size
    return f"{name} ({_shown_size(size)})" if size else name


def _shown_size(size: int) -> str:
    """Rounded up: `1 KB`, `240 KB`, `3 MB`."""
    kilobytes, megabytes = -(-size // 1024), -(-size // 1024**2)
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{megabytes} MB"


def split(text: Text, limit: int = LIMIT) -> Sequence[Text]:
    """Splits a text into pieces of at most `limit`, at paragraphs, lines, sentences or words."""
    if text.length <= limit:
        return [text]
    end, begin = _cut(text, limit)
    return [text.part(0, end), *split(text.part(begin, len(text.words)), limit)]


def _cut(text: Text, limit: int) -> tuple[int, int]:
    """The end of the first piece and the beginning of the next."""
    # Binary search: the HTML of a longer part is never shorter. One character always fits.
    room = bisect_right(range(2, limit + 1), limit, key=lambda many: text.part(0, many).length) + 1
    for pattern in _BREAKS:
        found = [m for m in pattern.finditer(text.words, 0, room + 1) if m.start() > room // 2]
        if found:
            return found[-1].start(), found[-1].end()
    return room, room


def read(html: str, *, copy_apart: bool = False) -> Text:
    """Parses Telegram's HTML; unsupported tags are dropped, URLs of links are kept as text.

    Telegram does not link what is set as code; Zalo has no code and links every address, so
    addresses that are set as code are defanged: `https[:]//x[.]example`.
    """
    reader = _Reader(copy_apart=copy_apart)
    reader.feed(html)
    reader.close()
    words = "".join(reader.words)
    return Text(words.rstrip() if reader.to_copy else words, tuple(reader.spans), reader.copied)


class _Reader(HTMLParser):
    def __init__(self, *, copy_apart: bool) -> None:
        super().__init__()
        self._apart = ("pre",) if copy_apart else ()
        self.words: list[str] = []
        self.spans: list[Span] = []
        self.to_copy: list[list[str]] = []
        self._at = 0
        self._open: list[tuple[str, int, int, str]] = []

    @property
    def copied(self) -> tuple[str, ...]:
        return tuple("".join(parts) for parts in self.to_copy)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._apart:
            self.to_copy.append([])
        self._open.append((tag, self._at, len(self.words), dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        _, start, first, address = self._open.pop()
        if style := _STYLES.get(tag):
            self.spans.append(Span(start, self._at, style))
        if address and address not in "".join(self.words[first:]):
            self.handle_data(f" ({address})")

    def handle_data(self, data: str) -> None:
        if any(tag in self._apart for tag, *_ in self._open):
            self.to_copy[-1].append(data)
            return
        if any(tag == "code" for tag, *_ in self._open):
            data = _ADDRESS_SIGN.sub(r"[\g<0>]", data)
        self.words.append(data)
        self._at += len(data)
