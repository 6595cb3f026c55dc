"""Homograph checks: the host a URL leads to, and why it may look like another.

URLs are parsed as browsers do; nothing is fetched.
See docs/decisions/0024-flagged-links-are-never-fetched.md.
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

from handlers.recognition.plain_text import INVISIBLE

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_LATIN_SIGNS = str.maketrans({"đ": "d", "0": "o", "1": "l", "3": "e", "5": "s"})
_LOOK_THE_SAME = (("rn", "m"), ("vv", "w"))
_GOVERNMENT = re.compile(r"gov[.-]?vn|vn[.-]?gov(?![a-z])|(?:^|[.-])gov[.-]vietnam")
LIKE_DOTS = (
    "\u00b7\u0387\u0701\u0702\u06d4\u2024\u2027\u2219\u22c5\u2e31\u2e33\u30fb\ua4f8\ufe52\uff65"
)
"""For a character class: look-alikes of a dot. 。 and ． are not in it: browsers treat them as dots."""
_HIDING = re.compile(f"[{INVISIBLE}{LIKE_DOTS}]")
_AS_DOTS = str.maketrans(dict.fromkeys(LIKE_DOTS, "."))
DOTS_OF_BROWSERS = str.maketrans("\u2024\ufe52", "..")
"""What UTS 46 turns into a dot although the `idna` package refuses it."""
_NOT_SEEN = re.compile(f"[{INVISIBLE}]+")
_AS_SLASHES = str.maketrans(dict.fromkeys("\u2044\u2215\u29f8\u29f6\u1735", "/"))
_BODIES = frozenset(
    ["gov", "govvn", "chinhphu", "quochoi", "bocongan", "dichvucong", "vneid", "baochinhphu"]
)
"""Labels that only public bodies use; any other domain with one imitates a public body."""
_LONG = 9
"""A known name without dots of at least this many letters is part of no other word."""
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
"""Sites that are worth imitating: the State, the press, social networks."""
_LEAST_LETTERS = 6
"""Shorter names are within one edit of each other by chance (`vtv.vn`, `vov.vn`)."""
_parts_of = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""Uses the bundled public suffix list: nothing is downloaded."""


class LinkWarning(StrEnum):
    """Reasons to warn about a link; the sentences are `links-doubt-…`."""

    MIXED = "mixed"
    """Letters of several scripts in one name."""
    PUNYCODE = "punycode"
    """Non-ASCII letters."""
    IMITATION = "imitation"
    """A name within one edit of a well-known site, or that name in another place."""
    USERINFO = "userinfo"
    """Text before an @, which is not the host."""
    NUMBERS = "numbers"
    """An IP address."""
    PORT = "port"
    DISGUISED = "disguised"
    """The link text is another address."""
    APP = "app"
    """Its scheme is neither http nor https."""
    HIDDEN = "hidden"
    """Invisible characters, bidirectional controls, or look-alikes of a dot."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Link:
    """One link and where it leads."""

    written: str
    host: str
    """In lower case and punycode; empty if unknown."""
    doubts: frozenset[LinkWarning]

    @property
    def shown_host(self) -> str:
        """The host in Unicode and, if different, in punycode."""
        readable = _readable(self.host)
        return readable if readable == self.host else f"{readable} = {self.host}"


def read(written: str) -> Link:
    """Parses an address, with or without `https://`."""
    parts = _split(written)
    if parts is None:
        return Link(written, "", frozenset({LinkWarning.UNREADABLE}))
    if parts.scheme not in ("http", "https"):
        return Link(written, "", frozenset({LinkWarning.APP}))
    host = _ascii(parts.hostname or "")
    # A browser ends the host at a backslash; people read on to an @ after it.
    doubts = {LinkWarning.USERINFO} if "\\" in written else set()
    if _HIDING.search(written) or _HIDING.search(unquote(parts.netloc)):
        doubts.add(LinkWarning.HIDDEN)
    return Link(written, host, frozenset({*_doubts(parts, host), *doubts}))


def is_name(host: str) -> bool:
    """Whether Telegram treats it as a link: `hoaan.gov.vn`, `10.0.0.1`, not `Hết.Cảm`, `7.30`."""
    parts = _parts_of(host)
    return bool(parts.suffix or parts.ipv4)


def seems_name(written: str) -> bool:
    """As `is_name` for the visual form: without hidden characters, every look-alike a dot."""
    return is_name(read(_NOT_SEEN.sub("", written).translate(_AS_DOTS)).host)


def site_of(host: str) -> str:
    """The registered domain: `www.hoaan.gov.vn` → `hoaan.gov.vn`."""
    return _parts_of(host).top_domain_under_public_suffix or host


def _split(written: str) -> SplitResult | None:
    """The URL parts as a browser parses them; None if it is invalid."""
    text = written.replace("\\", "/")
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"https://{text}")
        # Evaluated here, since both raise ValueError if they are invalid.
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def _ascii(host: str) -> str:
    name = unquote(host).translate(DOTS_OF_BROWSERS).lower().rstrip(".")
    try:
        return name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _readable(host: str) -> str:
    try:
        return idna.decode(host) if "xn--" in host else host
    except idna.IDNAError:
        return host


def _doubts(parts: SplitResult, host: str) -> Iterator[LinkWarning]:
    if not host:
        yield LinkWarning.UNREADABLE
        return
    readable = _readable(host)
    if not readable.isascii() or "xn--" in host:
        mixed = any(len(_scripts(label)) > 1 for label in readable.split("."))
        yield LinkWarning.MIXED if mixed else LinkWarning.PUNYCODE
    if _imitates(readable, host):
        yield LinkWarning.IMITATION
    if "@" in parts.netloc:
        yield LinkWarning.USERINFO
    if _is_number(host):
        yield LinkWarning.NUMBERS
    if parts.port not in (None, {"http": 80, "https": 443}[parts.scheme]):
        yield LinkWarning.PORT


def _scripts(label: str) -> set[str]:
    return {str(categories.alias(sign)) for sign in label} - {"COMMON", "INHERITED"}


def _is_number(host: str) -> bool:
    """Whether it is an IP address in a form that browsers accept: `10.0.0.1`, `0x7f.1`, `2130706433`."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(re.fullmatch(r"\d+|0x[0-9a-f]*", label) for label in host.split("."))
    return True


def _imitates(readable: str, host: str) -> bool:
    """Whether it resembles a well-known site and does not belong to it."""
    if any(_is_on_site(host, known) for known in WELL_KNOWN):
        return False
    return any(_resembles_known_site(visual_form, host) for visual_form in _visual_forms(readable))


def _resembles_known_site(visual_form: str, host: str) -> bool:
    parts = re.split(r"[./-]", visual_form)
    dotted = f".{'.'.join(parts)}."
    if _GOVERNMENT.search(visual_form) or any(f".{known}." in dotted for known in WELL_KNOWN):
        return True
    suffix_labels = _parts_of(host).suffix.split(".")
    if _BODIES & set(parts[: len(parts) - len(suffix_labels)]) or any(map(_is_glued, parts)):
        return True
    name = _parts_of(visual_form).domain
    return any(_is_near(name, known.partition(".")[0]) for known in WELL_KNOWN)


def _is_glued(part: str) -> bool:
    """Whether it is a known name without its dots: `chinhphuvn`."""
    glued = [known.replace(".", "") for known in WELL_KNOWN]
    return part in glued or any(len(name) >= _LONG and name in part for name in glued)


def _is_near(name: str, known: str) -> bool:
    """Whether the names differ in at most one edit."""
    return len(known) >= _LEAST_LETTERS and OSA.distance(name, known) <= 1


def _is_on_site(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")


def _visual_forms(name: str) -> set[str]:
    """The names it looks like: `gоv.vn` with a Cyrillic о and `g0v.vn` both look like `gov.vn`.

    A pair of letters that looks like one letter (`vv`, `w`) is kept and also replaced.
    """
    name = name.translate(_AS_DOTS).translate(_AS_SLASHES)
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    latin = "".join(c if c.isascii() else _latin(c) for c in bare.lower()).translate(_LATIN_SIGNS)
    joined = latin
    for written, seen in _LOOK_THE_SAME:
        joined = joined.replace(written, seen)
    return {latin, joined}


def _latin(sign: str) -> str:
    result = confusables.is_confusable(sign, greedy=True, preferred_aliases=[])
    homoglyphs = [one["c"] for one in result[0]["homoglyphs"]] if result else []
    return next((letter.lower() for letter in homoglyphs if letter.isascii()), sign)
