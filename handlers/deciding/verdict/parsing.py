"""Parses and validates what an officer writes for a verdict.

Refusal: no-verdict-without-source.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from urllib.parse import urlsplit

import structlog

from handlers.conversation import (
    END_OF_DAY,
    Context,
    TimeUnclear,
    UserError,
    read_time,
    require,
    within,
)
from handlers.messages import Incoming, Media, MediaKind
from handlers.recognition import addresses
from handlers.recognition.plain_text import utf16_length
from handlers.recognition.ranking import is_copy
from handlers.worker_tasks import Offload, WorkerFailed

CLAIM_CHARACTERS = range(10, 301)
EXPLANATION_CHARACTERS = range(20, 1501)
MOST_SOURCES = 5
SOURCE_CHARACTERS = 300
LETTERS_IN_PLACE = 10_000
"""Up to this many characters of posts are folded in the event loop, which takes some milliseconds."""

log = structlog.stdlib.get_logger()


def read_claim(incoming: Incoming, posts: Sequence[str], offload: Offload) -> str:
    """The claim in the officer's own words; a copy of the post would spread it.

    Compared by a worker where the posts of the case have much text.

    Raises:
        UserError: too short, too long, or a copy of the text of one of the `posts`.
    """
    claim = _text(incoming, "decide-claim-length", CLAIM_CHARACTERS)
    require(not _is_copied(claim, tuple(posts), offload), "decide-claim-copied")
    return claim


def _is_copied(claim: str, posts: tuple[str, ...], offload: Offload) -> bool:
    if sum(map(len, posts)) <= LETTERS_IN_PLACE:
        return is_copy(claim, posts)
    try:
        return offload(is_copy, claim, posts)
    except WorkerFailed as failed:
        log.warning("claim compared with the first posts only", cause=failed.cause)
        until = accumulate(map(len, posts))
        return is_copy(
            claim, [post for post, end in zip(posts, until, strict=True) if end <= LETTERS_IN_PLACE]
        )


def read_explanation(incoming: Incoming) -> str:
    """The explanation of the rating, with links if the officer likes.

    Raises:
        UserError: too short, too long, or nothing but links: members read why without opening any.
    """
    explanation = _text(incoming, "decide-explanation-length", EXPLANATION_CHARACTERS)
    require(_has_words_beside_links(explanation), "decide-explanation-links")
    return explanation


def _has_words_beside_links(text: str) -> bool:
    for start, end in reversed(list(addresses.spans(text))):
        text = f"{text[:start]} {text[end:]}"
    # What still has a dot inside is the name of a site.
    return any(any(map(str.isalpha, word)) and "." not in word.strip(".…") for word in text.split())


def read_sources(incoming: Incoming, post_keys: Collection[str | None]) -> tuple[str, ...]:
    """Public addresses where everybody can check the verdict.

    Raises:
        UserError: none, too many, not https, not a plain public host, or a flagged post itself, by
            its key in `post_keys`.
    """
    text = incoming.text
    links = (
        tuple(dict.fromkeys((text[start:end] for start, end in addresses.spans(text))))
        or incoming.links
    )
    require(links, "decide-source-missing")
    require(len(links) <= MOST_SOURCES, "decide-source-many", most=MOST_SOURCES)
    return tuple(dict.fromkeys(_source(link, post_keys) for link in links))


def read_until(context: Context) -> datetime:
    """The end of the verdict's validity; a day means its end.

    Raises:
        UserError: not understood, or over.
    """
    try:
        return read_time(
            context.incoming.text, context.now, context.club.timezone, default=END_OF_DAY
        )
    except TimeUnclear as unclear:
        raise UserError(f"announcing-time-{unclear.reason.value}") from None


def read_picture(incoming: Incoming, flagged: Collection[str]) -> Media:
    """The picture that explains the verdict, by its id.

    Raises:
        UserError: it is none, or it is a flagged picture itself, which would only spread it.
    """
    media = incoming.media
    if media is None or media.kind is not MediaKind.PHOTO or incoming.album:
        raise UserError("decide-picture-missing")
    require(media.unique not in flagged, "decide-picture-is-post")
    return replace(media, content=b"")


def _source(link: str, post_keys: Collection[str | None]) -> str:
    address = addresses.read(link)
    if address is None or not _is_public(link) or len(link) > SOURCE_CHARACTERS:
        raise UserError("decide-source-https", link=link[:SOURCE_CHARACTERS])
    require(address.key not in post_keys, "decide-source-is-post")
    return address.full


def _is_public(link: str) -> bool:
    """Whether it is https with a plain ASCII host name, without punycode, address or user name."""
    parts = urlsplit(link)
    host = parts.hostname or ""
    plain = host.isascii() and "xn--" not in host and "\\" not in link
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return parts.scheme == "https" and plain and named and parts.username is None


def _text(incoming: Incoming, key: str, characters: range) -> str:
    text, most = incoming.text.strip(), characters.stop - 1
    wanted = UserError(key, least=characters.start, most=most)
    if incoming.media or incoming.unsupported or utf16_length(text) < characters.start:
        raise wanted
    if not any(map(str.isalpha, within(text, most))):
        raise wanted
    return text
