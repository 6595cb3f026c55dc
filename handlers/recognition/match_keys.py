"""Match keys of a post: of its address, its normalized text and its files.

Two posts that share a key are the same post.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.recognition.addresses import Address, read, spans
from handlers.recognition.normalization import ADDRESS, words_around
from handlers.recognition.syllables import bare

ENOUGH_CHARACTERS = 40
"""From this length on a text is a post of its own, not a remark about a link or picture."""


@dataclass(frozen=True)
class Identity:
    """The match keys; None where the post has no such key."""

    url_key: str | None = None
    fingerprint: str | None = None
    """SHA-256 of the normalized text, 64 hexadecimal digits."""
    media_key: str | None = None
    plain: str | None = None
    """The same without diacritics; equal to `fingerprint` when the text was typed without them."""
    words: str = ""
    """The normalized text: lower-case words, each address as `⟨key⟩`; then those read in
    pictures, and the addresses in codes."""
    mentioned: tuple[str, ...] = ()
    """The keys of all addresses in it, including those that are no match key."""
    coded: tuple[str, ...] = ()
    """The keys of the addresses in QR codes of its pictures, which are no match key."""
    unresolved: bool = False
    """Whether `url_key` is that of a link which does not say where it leads."""


def identify(
    text: str,
    links: Iterable[str] = (),
    media: Iterable[str] = (),
    coded_links: Iterable[str] = (),
    picture_words: str = "",
) -> Identity:
    """The match keys of a post; `links` are behind words, `media` the messenger's unique file ids.

    Pictures with the same address in a QR code (`coded_links`) may say different things about it, so
    such an address is searched for, but is no key. Nor are the words read in pictures, which may be
    misread.

    A remark (“có thật không ạ?”) with a picture or link does not identify the post, so it is no key;
    neither is an official page that a longer text refers to.
    """
    found_addresses = _addresses_in(text)
    addresses = _by_key([*(address for _, _, address in found_addresses), *map(read, links)])
    coded = tuple(_by_key(map(read, coded_links)))
    files = sorted({file for file in media if file})
    words = _reading(text, found_addresses)
    plain_words = " ".join(word for word in words.split() if not word.startswith("⟨"))
    is_only_text = not addresses and not files
    is_long = len(plain_words) >= ENOUGH_CHARACTERS
    known_by_words = plain_words and (is_only_text or is_long)
    url_key = _url_key(addresses, words_are_the_post=is_long)
    return Identity(
        url_key=url_key,
        fingerprint=_digest(words) if known_by_words else None,
        media_key=_media_key(files),
        plain=_digest(bare(words)) if known_by_words else None,
        words=" ".join(
            filter(
                None,
                [
                    words if known_by_words else "",
                    reading(picture_words),
                    *map(address_token, coded),
                ],
            )
        ),
        mentioned=tuple(dict.fromkeys([*addresses, *coded])),
        coded=coded,
        unresolved=url_key is not None and not addresses[url_key].is_resolved,
    )


def address_token(key: str) -> str:
    """The token that stands for an address in a normalized text."""
    return f"⟨{key}⟩"


def fingerprint(text: str) -> str:
    """SHA-256 of the normalized text, 64 hexadecimal digits."""
    return _digest(reading(text))


def reading(text: str) -> str:
    """The normalized text, every address replaced by its token."""
    return _reading(text, _addresses_in(text))


_FoundAddress = tuple[int, int, Address | None]
"""Start and end of an address in a text, and the parsed address."""


def _addresses_in(text: str) -> list[_FoundAddress]:
    return [(start, stop, read(text[start:stop])) for start, stop in spans(text)]


def _reading(text: str, found_addresses: Sequence[_FoundAddress]) -> str:
    pieces, keys, end = [], [], 0
    for start, stop, address in found_addresses:
        keys.append(address.key if address else text[start:stop])
        pieces.append(text[end:start])
        end = stop
    folded = words_around([*pieces, text[end:]])
    following = iter(keys)
    return " ".join(
        address_token(next(following)) if word == ADDRESS else word for word in folded.split()
    )


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
