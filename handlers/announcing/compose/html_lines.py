"""A text in Telegram's HTML subset, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.recognition.plain_text import legible, visible

_PART = re.compile(r'(?P<tag><(?P<end>/?)(?P<name>[a-z-]+)(?:[^<>"]|"[^"]*")*>)|\n|<|[^<\n]+')


@dataclass(frozen=True)
class Line:
    """One line, with the tags that are open where it begins."""

    html: str
    open_tags: tuple[str, ...]
    """Opening tags of earlier lines that still apply, outermost first."""
    is_closed: bool
    """Whether every tag in it begins and ends in it, so that it can be taken out."""

    @property
    def words(self) -> str:
        """The visible text with single spaces; empty for a line in which nothing can be seen."""
        return " ".join(legible(visible(self.html)).split())

    @property
    def has_link_behind_words(self) -> bool:
        """Whether a link is shown by other words than its address."""
        return "<a " in self.html


def lines_of(html: str) -> list[Line]:
    """The lines of a text. Time grows linearly with its length."""
    lines: list[Line] = []
    open_tags: list[tuple[str, str]] = []
    begin, lowest = 0, 0
    at_begin: tuple[str, ...] = ()

    def close(end: int) -> None:
        is_closed = lowest == len(at_begin) and len(open_tags) == len(at_begin)
        lines.append(Line(html[begin:end], at_begin, is_closed))

    for part in _PART.finditer(html):
        if part[0] == "\n":
            close(part.start())
            begin, at_begin = part.end(), tuple(tag for _, tag in open_tags)
            lowest = len(at_begin)
        elif part["tag"] and not part["end"]:
            open_tags.append((part["name"], part["tag"]))
        elif part["tag"] and open_tags and open_tags[-1][0] == part["name"]:
            open_tags.pop()
            lowest = min(lowest, len(open_tags))
    close(len(html))
    return lines


def joined(lines: Sequence[Line]) -> str:
    """The text of these lines, all taken from one text; the tags open at their beginning reopened."""
    if not lines:
        return ""
    body = "\n".join(line.html for line in lines).strip()
    return "".join((*lines[0].open_tags, re.sub(r"\n{3,}", "\n\n", body))) if body else ""
