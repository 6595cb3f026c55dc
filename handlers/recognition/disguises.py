"""Where a written address really leads, and what makes it look as if it led elsewhere.

Read as a browser reads it; nothing is opened (decision 11).
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

import idna
from confusable_homoglyphs import categories, confusables
from rapidfuzz.distance import OSA
from tldextract import TLDExtract

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
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


def read(written: str) -> Link:
    """What an address stands for, as it is written: with or without `https://`."""
    parts = _split(written)
    if parts is None:
        return Link(written, "", frozenset({Doubt.UNREADABLE}))
    if parts.scheme not in ("http", "https"):
        return Link(written, "", frozenset({Doubt.APP}))
    host = _ascii(parts.hostname or "")
    # A browser ends the host at a backslash, people read on to the @ behind it.
    tricky = {Doubt.USERINFO} if "\\" in written else set()
    return Link(written, host, frozenset({*_doubts(parts, host), *tricky}))


def is_name(host: str) -> bool:
    """Whether Telegram takes it for an address: `hoaan.gov.vn`, `10.0.0.1`, not `Hết.Cảm`, `7.30`."""
    parts = _parts_of(host)
    return bool(parts.suffix or parts.ipv4)


def site_of(host: str) -> str:
    """What somebody registered: `www.hoaan.gov.vn` → `hoaan.gov.vn`."""
    return _parts_of(host).top_domain_under_public_suffix or host


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
