"""By what a post is known again: its address, its words, its picture. Two posts that share one of
them are the same post."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.recognition.addresses import Address, read, spans
from handlers.recognition.normalization import ADDRESS, words_around
from handlers.recognition.syllables import bare

ENOUGH_CHARACTERS = 40
"""From this length on, words are a post of their own and not a remark about a link or a picture."""


@dataclass(frozen=True)
class Identity:
    """None where a post cannot be known by it."""

    url_key: str | None = None
    fingerprint: str | None = None
    """SHA-256 of the text as it reads, 64 hexadecimal digits."""
    media_key: str | None = None
    plain: str | None = None
    """The same without diacritics; equal to `fingerprint` when the text was typed without them."""
    words: str = ""
    """The text as it reads: folded words, each address as `⟨key⟩`."""
    mentioned: tuple[str, ...] = ()
    """The keys of all addresses in it, whether it is known by one of them or not."""
    unresolved: bool = False
    """Whether `url_key` is that of a link which does not say where it leads."""


def identify(text: str, links: Iterable[str] = (), media: Iterable[str] = ()) -> Identity:
    """What this post is known by; `links` stand behind words, `media` are the messenger's unique ids.

    A remark (“có thật không ạ?”) under a picture or beside a link says nothing about which post it
    is, and neither does an official page that a longer text refers to.
    """
    written = _written(text)
    addresses = _by_key([*(address for _, _, address in written), *map(read, links)])
    files = sorted({file for file in media if file})
    words = _reading(text, written)
    said = " ".join(word for word in words.split() if not word.startswith("⟨"))
    alone = not addresses and not files
    long = len(said) >= ENOUGH_CHARACTERS
    known_by_words = said and (alone or long)
    url_key = _url_key(addresses, words_are_the_post=long)
    return Identity(
        url_key=url_key,
        fingerprint=_digest(words) if known_by_words else None,
        media_key=_media_key(files),
        plain=_digest(bare(words)) if known_by_words else None,
        words=words if known_by_words else "",
        mentioned=tuple(addresses),
        unresolved=url_key is not None and not addresses[url_key].is_resolved,
    )


def named(key: str) -> str:
    """How an address stands among the words of a reading."""
    return f"⟨{key}⟩"


def fingerprint(text: str) -> str:
    """SHA-256 of the text as it reads."""
    return _digest(reading(text))


def reading(text: str) -> str:
    """The words, folded, and every address by its key."""
    return _reading(text, _written(text))


_Written = tuple[int, int, Address | None]
"""Where an address begins and ends in a text, and what it stands for."""


def _written(text: str) -> list[_Written]:
    return [(start, stop, read(text[start:stop])) for start, stop in spans(text)]


def _reading(text: str, written: Sequence[_Written]) -> str:
    pieces, keys, end = [], [], 0
    for start, stop, address in written:
        keys.append(address.key if address else text[start:stop])
        pieces.append(text[end:start])
        end = stop
    folded = words_around([*pieces, text[end:]])
    following = iter(keys)
    return " ".join(named(next(following)) if word == ADDRESS else word for word in folded.split())


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _by_key(found: Iterable[Address | None]) -> dict[str, Address]:
    return {address.key: address for address in found if address}


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
