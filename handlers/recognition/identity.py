"""By what a post is known again: its address, its words, its picture. Two posts that share one of
them are the same post."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.recognition.addresses import Address, read, spans
from handlers.recognition.folding import fold, without_heads

ENOUGH_CHARACTERS = 40
"""From this length on, words are a post of their own and not a remark about a link or a picture."""
_LINK_STANDS_HERE = "\x1f"
"""Cannot come out of `fold`, so that no text can pretend to hold a link."""


@dataclass(frozen=True)
class Identity:
    """None where a post cannot be known by it."""

    url_key: str | None = None
    fingerprint: str | None = None
    """SHA-256 of the folded text, 64 hexadecimal digits."""
    media_key: str | None = None


def identify(text: str, links: Iterable[str] = (), media: Iterable[str] = ()) -> Identity:
    """What this post is known by; `links` stand behind words, `media` are the messenger's unique ids.

    A remark (“có thật không ạ?”) under a picture or beside a link says nothing about which post it
    is, and neither does an official page that a longer text refers to.
    """
    addresses = _addresses(text, links)
    files = sorted({file for file in media if file})
    words = fold(_without_addresses(text))
    alone = not addresses and not files
    long = len(words) >= ENOUGH_CHARACTERS
    return Identity(
        url_key=_url_key(addresses, words_are_the_post=long),
        fingerprint=fingerprint(text) if words and (alone or long) else None,
        media_key=_media_key(files),
    )


def fingerprint(text: str) -> str:
    """SHA-256 of the text as it reads: words folded, every address by its key."""
    text = without_heads(text)
    pieces, end = [], 0
    for start, stop in spans(text):
        address = read(text[start:stop])
        pieces += [fold(text[end:start]), address.key if address else text[start:stop]]
        end = stop
    pieces.append(fold(text[end:]))
    return hashlib.sha256(_LINK_STANDS_HERE.join(pieces).encode()).hexdigest()


def _addresses(text: str, links: Iterable[str]) -> dict[str, Address]:
    written = [text[start:stop] for start, stop in spans(text)]
    found = [address for link in (*written, *links) if (address := read(link))]
    return {address.key: address for address in found}


def _without_addresses(text: str) -> str:
    for start, stop in reversed(list(spans(text))):
        text = f"{text[:start]} {text[stop:]}"
    return text


def _url_key(addresses: dict[str, Address], *, words_are_the_post: bool) -> str | None:
    posts = [key for key, address in addresses.items() if address.is_post]
    if len(posts) == 1:
        return posts[0]
    if len(addresses) == 1 and not words_are_the_post:
        return next(iter(addresses))
    return None


def _media_key(files: list[str]) -> str | None:
    if len(files) <= 1:
        return files[0] if files else None
    return "album:" + hashlib.sha256("\n".join(files).encode()).hexdigest()
