"""Canonical keys of web addresses: equal keys lead to the same post. Nothing is fetched.

See docs/decisions/0024-flagged-links-are-never-fetched.md.

A post on a known platform has its id as the key, whatever the host, account or tracking parameters.
Any other address has its normal form. The target of short and share links is unknown, so each is equal
only to itself.
"""

import hashlib
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import idna

from handlers.recognition.homographs import DOTS_OF_BROWSERS, is_name
from handlers.recognition.parameters import without_tracking
from handlers.recognition.plain_text import INVISIBLE
from handlers.recognition.platforms import PLATFORMS, is_shortener, parameters_of

KEY_CHARACTERS = 512
"""No key is longer; the end of a longer address is hashed."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_LEFT_ALONE = "%:/?#[]@!$&'()*+,;=~"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_REDIRECTS = (
    # Pages that wrap the shared address: warnings, share dialogs, sign-in pages.
    (r"(?:.+\.)?(?:facebook|messenger)\.com/l\.php|(?:.+\.)?facebook\.com/flx/warn/?", ("u",)),
    (r"(?:.+\.)?facebook\.com/(?:sharer(?:/sharer)?|share)\.php", ("u",)),
    (r"(?:.+\.)?facebook\.com/(?:dialog/share|plugins/post\.php)", ("href",)),
    (r"(?:.+\.)?facebook\.com/(?:login(?:\.php)?|checkpoint)/?", ("next",)),
    (r"l\.(?:instagram|threads)\.(?:com|net)/?", ("u",)),
    (r"(?:.+\.)?instagram\.com/accounts/login/?", ("next",)),
    (r"(?:.+\.)?tiktok\.com/login/?", ("redirect_url",)),
    (r"(?:.+\.)?youtube\.com/redirect", ("q",)),
    (r"(?:.+\.)?youtube\.com/attribution_link", ("u",)),
    (r"consent\.youtube\.com/m", ("continue",)),
    (r"(?:www\.)?google\.com(?:\.vn)?/url", ("url", "q")),
    (r".+\.safelinks\.protection\.outlook\.com(?:/.*)?", ("url",)),
    (r"t\.me/(?:iv|share/url|share)", ("url",)),
)
_AMP_CACHE = re.compile(
    r"(?:(?:www\.)?google\.com(?:\.vn)?/amp|[\w-]+\.cdn\.ampproject\.org/[a-z])/(?P<tls>s/)?(?P<page>.+)"
)
"""Copies of AMP pages hold the page's address in their path: https://amp.dev, “AMP Cache URL format”."""
_REDIRECTS_FOLLOWED = 3
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_FULL_WIDTH = "，。；！？、（）【】「」《》"
_REST = rf"[^\s<>\"“”«»{_FULL_WIDTH}]"
_IN_TEXT = re.compile(
    rf"(?:https?://|www\.){_REST}+"
    rf"|(?<![\w@./-])(?P<host>[a-z0-9][\w.-]*\.[a-z]{{2,24}})(?::\d+)?/{_REST}*",
    re.IGNORECASE,
)
_LEAST_SHOUTED = 3
"""Letters of a name in capitals, so that `TS.BS/TP` is no address."""
_CLOSING = ".,;:!?…'’*_~"
_CLOSERS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Address:
    """The target of a link, as far as it is known without opening it."""

    key: str
    """Equal if and only if two addresses surely lead to the same target."""
    kept: str
    """The address without tracking, and without the account's name where the post id suffices."""
    full: str
    """The address without tracking, the account's name included."""
    is_post: bool
    """Whether the key is a post id."""
    is_resolved: bool = True
    """False for short and share links, whose target is unknown."""


def read(raw: str) -> Address | None:
    """Parses an address; None if it is no web address."""
    parts = _split(raw)
    for _ in range(_REDIRECTS_FOLLOWED):
        target = _redirect_target(parts) if parts else None
        if target is None:
            break
        parts = target
    return _parse(parts) if parts else None


def untracked(raw: str) -> str:
    """The address without tracking and redirects; unchanged if it has none."""
    parts, address = _split(raw), read(raw)
    if parts is None or address is None:
        return raw
    host = parts.hostname or ""
    is_wrapped = _redirect_target(parts) is not None
    tracked = any(
        without_tracking(query, host) != "&".join(filter(None, query.split("&")))
        for query in (parts.query, parts.fragment.rpartition("?")[2])
    )
    return address.full if is_wrapped or tracked else raw


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each address in a text: those with `https://`, `www.` or a path."""
    for match in _IN_TEXT.finditer(text):
        if match["host"] is None or _is_host(match["host"]):
            yield match.start(), match.start() + len(_without_closing_signs(match[0]))


def _is_host(written: str) -> bool:
    name, _, ending = written.rpartition(".")
    shouted = ending.isupper() and len(name.rpartition(".")[2]) < _LEAST_SHOUTED
    return is_name(written.lower()) and not shouted


def _without_closing_signs(found: str) -> str:
    """The address without the punctuation of the sentence."""
    counts = Counter(found)
    end = len(found)
    while end:
        last = found[end - 1]
        unpaired = last in _CLOSERS and counts[last] > counts[_CLOSERS[last]]
        if last not in _CLOSING and not unpaired:
            break
        counts[last] -= 1
        end -= 1
    return found[:end]


def _parse(parts: SplitResult) -> Address:
    host = parts.hostname or ""
    full = _normal(parts)
    query = _first_values(parse_qsl(parts.query, keep_blank_values=True))
    for platform in PLATFORMS:
        if not platform.owns(host):
            continue
        if found := platform.find(parts.path.rstrip("/"), query):
            return Address(_bounded_key(found.key), found.address, full, is_post=True)
        if platform.unresolved.fullmatch(host + parts.path):
            return _short_link(parts)
    if is_shortener(host) and parts.path.strip("/"):
        return _short_link(parts)
    key = full.partition("://")[2].removeprefix("www.")
    return Address(_bounded_key(key), full, full, is_post=False)


def _short_link(parts: SplitResult) -> Address:
    bare = parts._replace(query="", fragment="")
    address = _normal(bare)
    key = address.partition("://")[2].removeprefix("www.")
    return Address(_bounded_key(key), address, address, is_post=False, is_resolved=False)


def _split(raw: str) -> SplitResult | None:
    """The URL parts as a browser parses them, the host in lower case and punycode."""
    raw = raw.encode(errors="replace").decode()  # lone surrogates cannot be encoded
    text = re.split(f"[{_FULL_WIDTH}]", _UNSEEN.sub("", "".join(raw.split())))[0]
    text = text.replace("\\", "/")  # browsers treat \ as / and skip line breaks
    text = re.sub("&(?:amp;)+", "&", text)
    text = re.sub(r"^(https?):?/{2,}|^//", lambda m: f"{m[1] or 'https'}://", text, flags=re.I)
    if not re.match(r"https?://", text, re.I):
        if not re.match(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)", text):
            return None
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if not host:
        return None
    shown_port = f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else ""
    return parts._replace(netloc=host + shown_port)


def _host(host: str) -> str:
    """The host in lower case, without the trailing dot, non-ASCII letters as punycode (UTS 46)."""
    if ":" in host:
        return f"[{host}]"
    host = unquote(host).translate(DOTS_OF_BROWSERS).lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode().rstrip(".")
    except idna.IDNAError:
        return host  # invalid for browsers; equal only to itself


def _redirect_target(parts: SplitResult) -> SplitResult | None:
    """The address that a known redirect page holds in full; None for any other page."""
    host = parts.hostname or ""
    if parts.fragment.startswith("!/") and parameters_of(host) is not None:
        return parts._replace(path=parts.fragment[1:], fragment="")
    place = host + parts.path
    if copied := _AMP_CACHE.fullmatch(place):
        scheme = "https" if copied["tls"] else "http"
        return _split(f"{scheme}://{copied['page']}?{parts.query}".rstrip("?"))
    for pattern, parameters in _REDIRECTS:
        if re.fullmatch(pattern, place):
            values = _first_values(parse_qsl(parts.query))
            target_url = next((values[name] for name in parameters if name in values), "")
            if re.match(r"/(?![/\\])", target_url):
                target_url = f"{parts.scheme}://{parts.netloc}{target_url}"
            return _split(target_url) if "://" in target_url else None
    return None


def _normal(parts: SplitResult) -> str:
    host = parts.hostname or ""
    kept = without_tracking(parts.query, host)
    query = f"?{_normal_escapes(kept)}" if kept else ""
    path = _normal_escapes(parts.path).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}{query}{_page_fragment(parts.fragment, host)}"


def _page_fragment(fragment: str, host: str) -> str:
    """`#/…` and `#!…` are pages of single-page applications and are kept; other fragments are not."""
    if not fragment.startswith(("/", "!")):
        return ""
    place, _, query = fragment.partition("?")
    kept = without_tracking(query, host)
    return f"#{_normal_escapes(f'{place}?{kept}' if kept else place)}"


def _normal_escapes(part: str) -> str:
    """The canonical form of escapes that RFC 3986 (6.2.2) calls equivalent; `%2F` and `/` are not."""
    return quote(_ESCAPE.sub(_escape, part), safe=_LEFT_ALONE)


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _first_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    return values


def _bounded_key(key: str) -> str:
    if len(key) <= KEY_CHARACTERS:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: KEY_CHARACTERS - len(digest) - 1]}~{digest}"
