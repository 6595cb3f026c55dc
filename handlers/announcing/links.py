"""Where the links of an announcement really lead, and which of them are made to look like others.

Telegram turns a bare `gov.vn` in a text into a link as well, so addresses without a scheme count.
Nothing is opened.
"""

import hashlib
import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import SplitResult, unquote, urlsplit

import idna
from confusable_homoglyphs import categories, confusables
from rapidfuzz.distance import OSA
from tldextract import TLDExtract

from handlers.announcement import Content
from handlers.speech import Html, Speech

_WRITTEN = re.compile(
    r"[a-z][a-z0-9+.-]*:[/\\]+[^\s<>\"“”«»]+"
    r"|(?<![\w@.-])(?:[\w-]+[.。．])+\w[\w-]*(?![\w@])(?::\d+)?(?:[/?#][^\s<>\"“”«»]*)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_CLOSING = ".,;:!?…'’\")]}*_~"
_LATIN_SIGNS = str.maketrans({"đ": "d", "0": "o", "1": "l", "3": "e", "5": "s"})
_LOOK_THE_SAME = (("rn", "m"), ("vv", "w"))
_GOVERNMENT = re.compile(r"gov[.-]?vn")
WELL_KNOWN = (
    "gov.vn",
    "quochoi.vn",
    "chinhphu.vn",
    "baochinhphu.vn",
    "nhandan.vn",
    "vietnamplus.vn",
    "vtv.vn",
    "vov.vn",
    "vnexpress.net",
    "tuoitre.vn",
    "thanhnien.vn",
    "facebook.com",
    "youtube.com",
    "google.com",
    "telegram.org",
    "zalo.me",
)
"""What is worth imitating: the State's own sites, the press, and where people meet."""
_LEAST_LETTERS = 6
"""A shorter name has neighbours by chance (`vtv.vn`, `vov.vn`)."""
_SHOWN = 100
"""Characters of an address that the warning shows; its start is what misleads."""
_parts_of = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""With the public suffix list that comes along: nothing is fetched."""


class Doubt(StrEnum):
    """Why a link needs a second look; `links-doubt-…` says it."""

    MIXED = "mixed"
    """Letters of several scripts in one name."""
    PUNYCODE = "punycode"
    """Letters beyond a–z."""
    IMITATION = "imitation"
    """Nearly the name of a site that people know, or that name in the wrong place."""
    USERINFO = "userinfo"
    """Something in front of an @, which is not where it leads."""
    NUMBERS = "numbers"
    """An IP address."""
    PORT = "port"
    DISGUISED = "disguised"
    """The words that carry it are another address."""
    APP = "app"
    """It opens something else than a page."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Link:
    """One link and where it leads."""

    written: str
    host: str
    """In lower case and punycode; empty when it cannot be told."""
    doubts: frozenset[Doubt]

    @property
    def shown_host(self) -> str:
        """The host as people read it and, where that differs, as machines do."""
        readable = _readable(self.host)
        return readable if readable == self.host else f"{readable} = {self.host}"


def links_of(content: Content) -> list[Link]:
    """Every link of an announcement, each once."""
    texts = (content.html, content.html_en)
    plain = (content.title, content.title_en, content.issuer, content.source_ref, *content.facts)
    found = [link for html in texts for link in _in_html(html)]
    found += [link for text in (*plain, content.source_url) for link in _in_text(text)]
    return list(dict.fromkeys(found))


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
    joined = "\n".join(sorted(link.written for link in links))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def lines(say: Speech, content: Content) -> list[Html]:
    """Where the links lead, for the author and whoever approves; the doubtful ones one by one."""
    found = links_of(content)
    plain = [link.host for link in found if not link.doubts and link.written != content.source_url]
    hosts = ", ".join(dict.fromkeys(plain))
    ordinary = [say("links-ordinary", hosts=hosts)] if hosts else []
    return ordinary + [_warning(say, link) for link in found if link.doubts]


def warnings(say: Speech, texts: Iterable[str]) -> list[Html]:
    """A line for each doubtful link in plain texts."""
    found = dict.fromkeys(link for text in texts for link in _in_text(text))
    return [_warning(say, link) for link in found if link.doubts]


def _warning(say: Speech, link: Link) -> Html:
    reasons = sorted(link.doubts)
    why = "; ".join(say.plain(f"links-doubt-{reason.value}") for reason in reasons)
    host = link.shown_host or "?"
    return say("links-doubtful", written=link.written[:_SHOWN], host=host[:_SHOWN], why=why)


def _mark(link: Link, version: int) -> str:
    return f"{version} {link.written}"


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


def _in_html(html: str) -> Iterator[Link]:
    reader = _Anchors()
    reader.feed(html)
    reader.close()
    for href, words in reader.behind:
        link = _link(href)
        promised = {_site(other.host) for other in _in_text(words)} - {""}
        disguised = {Doubt.DISGUISED} if promised - {_site(link.host)} else set()
        yield Link(link.written, link.host, link.doubts | disguised)
    yield from _in_text("".join(reader.text))


def _in_text(text: str) -> Iterator[Link]:
    for match in _WRITTEN.finditer(text):
        written = match[0].rstrip(_CLOSING)
        link = _link(written)
        if "://" in written.replace("\\", "/") or _is_name(link.host):
            yield link


def _is_name(host: str) -> bool:
    """Whether Telegram takes it for an address: `hoaan.gov.vn`, `10.0.0.1`, not `Hết.Cảm`, `7.30`."""
    return bool(_parts_of(host).suffix or _parts_of(host).ipv4)


def _link(written: str) -> Link:
    parts = _split(written)
    if parts is None:
        return Link(written, "", frozenset({Doubt.UNREADABLE}))
    if parts.scheme not in ("http", "https"):
        return Link(written, "", frozenset({Doubt.APP}))
    host = _ascii(parts.hostname or "")
    # A browser ends the host at a backslash, people read on to the @ behind it.
    tricky = {Doubt.USERINFO} if "\\" in written else set()
    return Link(written, host, frozenset({*_doubts(parts, host), *tricky}))


def _split(written: str) -> SplitResult | None:
    """The parts as a browser reads them; None when it could not."""
    text = written.replace("\\", "/")
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"https://{text}")
        # Asked for here, since both raise when they make no sense.
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def _ascii(host: str) -> str:
    name = unquote(host).lower().rstrip(".")
    try:
        return name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _readable(host: str) -> str:
    try:
        return idna.decode(host) if "xn--" in host else host
    except idna.IDNAError:
        return host


def _doubts(parts: SplitResult, host: str) -> Iterator[Doubt]:
    if not host:
        yield Doubt.UNREADABLE
        return
    readable = _readable(host)
    if not readable.isascii() or "xn--" in host:
        mixed = any(len(_scripts(label)) > 1 for label in readable.split("."))
        yield Doubt.MIXED if mixed else Doubt.PUNYCODE
    if _imitates(readable, host):
        yield Doubt.IMITATION
    if "@" in parts.netloc:
        yield Doubt.USERINFO
    if _is_number(host):
        yield Doubt.NUMBERS
    if parts.port not in (None, {"http": 80, "https": 443}[parts.scheme]):
        yield Doubt.PORT


def _scripts(label: str) -> set[str]:
    return {str(categories.alias(sign)) for sign in label} - {"COMMON", "INHERITED"}


def _is_number(host: str) -> bool:
    """An IP address in any of the ways browsers read: `10.0.0.1`, `0x7f.1`, `2130706433`."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(re.fullmatch(r"\d+|0x[0-9a-f]*", label) for label in host.split("."))
    return True


def _imitates(readable: str, host: str) -> bool:
    """Looks like a well-known site and is none of its pages."""
    if any(_belongs(host, known) for known in WELL_KNOWN):
        return False
    looks = _as_seen(readable)
    dotted = f".{looks}.".replace("-", ".")
    if _GOVERNMENT.search(looks) or any(f".{known}." in dotted for known in WELL_KNOWN):
        return True
    name = _parts_of(looks).domain
    return any(_is_near(name, known.partition(".")[0]) for known in WELL_KNOWN)


def _is_near(name: str, known: str) -> bool:
    """The same name with another ending, or one letter off."""
    return len(known) >= _LEAST_LETTERS and OSA.distance(name, known) <= 1


def _belongs(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")


def _site(host: str) -> str:
    """What somebody registered: `www.hoaan.gov.vn` → `hoaan.gov.vn`."""
    return _parts_of(host).top_domain_under_public_suffix or host


def _as_seen(name: str) -> str:
    """What the eye takes it for: `gоv.vn` with a Cyrillic о and `g0v.vn` are both `gov.vn`."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    latin = "".join(c if c.isascii() else _latin(c) for c in bare.lower()).translate(_LATIN_SIGNS)
    for written, seen in _LOOK_THE_SAME:
        latin = latin.replace(written, seen)
    return latin


def _latin(sign: str) -> str:
    found = confusables.is_confusable(sign, greedy=True, preferred_aliases=[])
    alike = [one["c"] for one in found[0]["homoglyphs"]] if found else []
    return next((letter.lower() for letter in alike if letter.isascii()), sign)
