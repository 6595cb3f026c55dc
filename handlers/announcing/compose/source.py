"""Where an announcement can be checked: an https address, the number of a document, or both."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from handlers.recognition.addresses import untracked

_LONGEST_URL = 500
_LONGEST_REF = 100
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S*|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_DOCUMENT = re.compile(r"(?<!\S)\d[^\s/]*+/\S*[^\W\d_]")
"""`199/2025/QH15`, `12/TB-UBND`: a number, and a letter behind a slash, which no date has."""
_GOVERNMENT = re.compile(r"gov[.-]?vn")


class SourceProblem(StrEnum):
    """Why a source was not taken; each has a sentence that says how to write it."""

    NEITHER = "neither"
    """No address and no document number, or several addresses."""
    NOT_HTTPS = "not-https"
    MALFORMED = "malformed"
    LOOK_ALIKE = "look-alike"
    """It is made to look like another address: letters of other scripts, `gov.vn` in the wrong
    place, a name in front of an @."""


class SourceDoubtful(Exception):
    """The text names no source that members can trust."""

    def __init__(self, doubt: SourceProblem) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True)
class Source:
    """An https address, a document number, or both."""

    url: str = ""
    ref: str = ""


def read_source(text: str) -> Source:
    """The source that an officer typed.

    Raises:
        SourceDoubtful: there is none, or the address is not one to send people to.
    """
    words = text.split()
    links = [word.rstrip(".,;") for word in words if _LINK.fullmatch(word.rstrip(".,;"))]
    ref = " ".join(word for word in words if word.rstrip(".,;") not in links)
    if len(links) > 1 or not (links or ref):
        raise SourceDoubtful(SourceProblem.NEITHER)
    if ref and (len(ref) > _LONGEST_REF or not _DOCUMENT.search(ref)):
        raise SourceDoubtful(SourceProblem.NEITHER)
    return Source(_checked(links[0]) if links else "", ref)


def is_bare_source(text: str) -> bool:
    """Whether this is nothing but addresses and document numbers, and so the name of nobody."""
    words = [word.rstrip(".,;") for word in text.split()]
    return all(_LINK.fullmatch(word) or _DOCUMENT.match(word) for word in words)


def host_of(url: str) -> str:
    """The host of an address that `read_source` took."""
    return urlsplit(url).hostname or ""


def _checked(url: str) -> str:
    if not url.lower().startswith("https://"):
        raise SourceDoubtful(SourceProblem.NOT_HTTPS)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SourceDoubtful(SourceProblem.MALFORMED) from None
    if _pretends(parts.netloc, host):
        raise SourceDoubtful(SourceProblem.LOOK_ALIKE)
    if port or "\\" in url or len(url) > _LONGEST_URL or not _HOST.fullmatch(host):
        raise SourceDoubtful(SourceProblem.MALFORMED)
    return untracked(url)


def _pretends(netloc: str, host: str) -> bool:
    foreign = not host.isascii() or "xn--" in host
    in_government = host == "gov.vn" or host.endswith(".gov.vn")
    return foreign or "@" in netloc or (not in_government and bool(_GOVERNMENT.search(host)))
