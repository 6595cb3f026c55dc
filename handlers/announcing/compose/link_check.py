"""Where the links of an announcement really lead, and which of them are made to look like others.

Telegram turns a bare `gov.vn` in a text into a link as well, so addresses without a scheme count.
Nothing is opened.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from html.parser import HTMLParser

from handlers.conversation import Html, Speech
from handlers.recognition import addresses
from handlers.recognition.homographs import LIKE_DOTS, Link, LinkWarning, read, seems_name, site_of
from handlers.recognition.plain_text import INVISIBLE
from handlers.views.announcement import Content

MOST_DOUBTFUL = 6
"""More cannot be looked at one by one, nor said in one message."""
_WRITTEN = re.compile(
    # From the beginning of a word, so that none is read from each of its letters.
    r"(?<![a-z0-9+.-])[0-9+.-]*+([a-z][a-z0-9+.-]*+:[/\\]+[^\s<>\"“”«»]+)"
    rf"|(?<![\w@.{INVISIBLE}-])(?:[\w{INVISIBLE}-]+[.。．{LIKE_DOTS}])+[\w{INVISIBLE}][\w{INVISIBLE}-]*(?![\w@])(?::\d+)?"
    r"(?:[/?#][^\s<>\"“”«»]*)?",
    re.IGNORECASE,
)
_CLOSING = ".,;:!?…'’\")]}*_~"
_SHOWN = 100
"""Characters of an address that the warning shows; its start is what misleads."""
_MOST_HOSTS = 10


def links_of(content: Content) -> list[Link]:
    """Every link of an announcement, each once."""
    texts = (content.html, content.html_en)
    plain = (content.title, content.title_en, content.issuer, content.source_ref, *content.facts)
    links = [link for html in texts for link in links_in_html(html)]
    links += [link for text in (*plain, content.source_url) for link in links_in_text(text)]
    return list(dict.fromkeys(links))


def untracked(html: str) -> str:
    """The text, its addresses without what says who passed them on to the author."""
    parts, end = [], 0
    for start, stop in addresses.spans(html):
        typed = unescape(html[start:stop])
        clean = addresses.untracked(typed)
        parts += [html[end:start], html[start:stop] if clean == typed else escape(clean)]
        end = stop
    return "".join([*parts, html[end:]])


def unchecked(content: Content, version: int) -> list[Link]:
    """The doubtful links that the author has not confirmed in this version."""
    return [
        link
        for link in links_of(content)
        if link.doubts and _mark(link, version) not in content.checked
    ]


def checked_now(content: Content, version: int) -> tuple[str, ...]:
    """What `Content.checked` is once the author has confirmed them all in this version."""
    return tuple(_mark(link, version) for link in links_of(content) if link.doubts)


def fingerprint(links: Iterable[Link]) -> str:
    """Short enough for a button; other links have another one."""
    joined = "\n".join(sorted(_mark(link, 0) for link in links))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def lines(say: Speech, content: Content) -> list[Html]:
    """Where the links lead, for the author and whoever approves; the doubtful ones one by one."""
    links = links_of(content)
    ordinary = [
        link.host for link in links if not link.doubts and link.written != content.source_url
    ]
    return [*_host_lines(say, list(dict.fromkeys(ordinary))), *_warnings(say, links)]


def warnings(say: Speech, texts: Iterable[str]) -> list[Html]:
    """A line for each doubtful link in plain texts."""
    return _warnings(
        say, list(dict.fromkeys(link for text in texts for link in links_in_text(text)))
    )


def _host_lines(say: Speech, hosts: Sequence[str]) -> list[Html]:
    if not hosts:
        return []
    more = " …" if len(hosts) > _MOST_HOSTS else ""
    shown = ", ".join(host[:_SHOWN] for host in hosts[:_MOST_HOSTS])
    return [say("links-ordinary", hosts=f"{shown}{more}")]


def _warnings(say: Speech, links: Sequence[Link]) -> list[Html]:
    doubtful = [link for link in links if link.doubts]
    shown = [_warning(say, link) for link in doubtful[:MOST_DOUBTFUL]]
    if len(doubtful) <= MOST_DOUBTFUL:
        return shown
    return [*shown, say("links-too-many", most=MOST_DOUBTFUL)]


def _warning(say: Speech, link: Link) -> Html:
    why = "; ".join(say.plain(f"links-doubt-{doubt.value}") for doubt in sorted(link.doubts))
    host = link.shown_host or "?"
    return say("links-doubtful", written=link.written[:_SHOWN], host=host[:_SHOWN], why=why)


def _mark(link: Link, version: int) -> str:
    return f"{version} {'+'.join(sorted(link.doubts))} {link.written}"


class _Anchors(HTMLParser):
    """Takes Telegram's HTML apart: links behind words, and the words outside them."""

    def __init__(self) -> None:
        super().__init__()
        self.behind: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._href: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href is not None:
            self.behind.append((self._href, "".join(self._words)))
            self._href = None
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        (self.text if self._href is None else self._words).append(data)


def links_in_html(html: str) -> Iterator[Link]:
    """Links behind words first, then those written out."""
    reader = _Anchors()
    reader.feed(html)
    reader.close()
    for href, words in reader.behind:
        link = read(href)
        shown_sites = {site_of(other.host) for other in links_in_text(words)} - {""}
        disguised = {LinkWarning.DISGUISED} if shown_sites - {site_of(link.host)} else set()
        yield Link(link.written, link.host, link.doubts | disguised)
    yield from links_in_text("".join(reader.text))


def links_in_text(text: str) -> Iterator[Link]:
    """Links written out, each once, in order."""
    candidates = ((match[1] or match[0]).rstrip(_CLOSING) for match in _WRITTEN.finditer(text))
    for written in dict.fromkeys(candidates):
        link = read(written)
        if "://" in written.replace("\\", "/") or seems_name(written):
            yield link
