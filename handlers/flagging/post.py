"""A flagged post: its words, links and pictures, and nothing of who wrote it.

Refusal: no-record-of-authors.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import TypeAdapter

from handlers.flagging.redaction import mask
from handlers.messages import Incoming, Media
from handlers.recognition import addresses
from handlers.recognition.author_heads import without_heads
from handlers.recognition.match_keys import ENOUGH_CHARACTERS, Identity, identify
from storage.cases.match_keys import Keys
from storage.cases.search.similar_posts import Reading
from storage.models import Category

_ACCOUNT_IS_THE_CLAIM = {Category.SCAM, Category.IMPERSONATION}


@dataclass(frozen=True)
class FlaggedPost:
    """What a member sends in."""

    text: str = ""
    links: tuple[str, ...] = ()
    """Every address in it, those behind words included."""
    media: tuple[Media, ...] = ()
    looks: tuple[str, ...] = ()
    """What its pictures look like, as far as they could be fetched."""
    forwarded: bool = False

    @cached_property
    def identity(self) -> Identity:
        """By what it is recognised."""
        return identify(self.text, self.links, [media.unique for media in self.media])

    @property
    def keys(self) -> Keys:
        """What it is known by."""
        return Keys(self.identity.url_key, self.identity.fingerprint, self.identity.media_key)

    @property
    def reading(self) -> Reading | None:
        """By what it is found when it is not quite the same; None when there is nothing to compare."""
        words, look = self.identity.words, next(iter(self.looks), None)
        if not (words or look):
            return None
        return Reading(self.identity.plain, words, look)

    @property
    def is_chat(self) -> bool:
        """Whether it is rather a word to the bot than a post to be checked."""
        bare = not (self.forwarded or self.media or self.links)
        return bare and len(self.text.strip()) < ENOUGH_CHARACTERS

    @property
    def may_be_question(self) -> bool:
        """Whether the member may have typed it to the club, and not passed on what others wrote."""
        return bool(self.text.strip()) and not (self.forwarded or self.media)

    def followed_by(self, more: "FlaggedPost") -> "FlaggedPost":
        """With another message that belongs to it."""
        return FlaggedPost(
            text="\n\n".join(filter(None, [self.text.strip(), more.text.strip()])),
            links=tuple(dict.fromkeys(self.links + more.links)),
            media=self.media + more.media,
            looks=self.looks + more.looks,
            forwarded=self.forwarded or more.forwarded,
        )

    def and_(self, more: "FlaggedPost") -> "FlaggedPost":
        """With another picture of the same album; its caption may stand under any of them."""
        return replace(
            self,
            text=self.text or more.text,
            links=tuple(dict.fromkeys(self.links + more.links)),
            media=self.media + more.media,
            looks=self.looks + more.looks,
        )


_POST = TypeAdapter(FlaggedPost)


def pack(post: FlaggedPost) -> str:
    """The post as JSON."""
    return _POST.dump_json(post, exclude_defaults=True).decode()


def unpack(packed: str) -> FlaggedPost:
    """The post that was packed."""
    return _POST.validate_json(packed)


def post_of(incoming: Incoming, text: str | None = None) -> FlaggedPost:
    """The post in a message, without the line that says whom it was copied from."""
    text = without_heads(incoming.text if text is None else text)
    written = (text[start:end] for start, end in addresses.spans(text))
    return FlaggedPost(
        text=text,
        links=tuple(dict.fromkeys((*incoming.links, *written))),
        media=(incoming.media,) if incoming.media else (),
        looks=(incoming.picture.look,) if incoming.picture else (),
        forwarded=incoming.forwarded,
    )


def quoted_by(incoming: Incoming) -> FlaggedPost | None:
    """The post that a message answers; None when it answers none, one of the bot's own, or a word."""
    quoted = incoming.quoted
    if quoted is None:
        return None
    text = without_heads(quoted.text)
    written = (text[start:end] for start, end in addresses.spans(text))
    post = FlaggedPost(
        text=text,
        links=tuple(dict.fromkeys((*quoted.links, *written))),
        media=(quoted.media,) if quoted.media else (),
    )
    return None if post.is_chat else replace(post, forwarded=True)


def as_kept(post: FlaggedPost, category: Category) -> FlaggedPost:
    """The post as it stays with the case.

    Links lose the account's name where the post id suffices, unless the account is itself the claim;
    numbers of persons lose their middle, unless the number is the evidence of a fraud.
    """
    shortened = _with_kept_links(post, category)
    if category is Category.SCAM:
        return shortened
    return masked(shortened)


def masked(post: FlaggedPost) -> FlaggedPost:
    """The post with every number of a person made unreadable, those in its links too."""
    links = tuple(dict.fromkeys(map(mask, post.links)))
    return replace(post, text=mask(post.text), links=links)


def _with_kept_links(post: FlaggedPost, category: Category) -> FlaggedPost:
    kept = {link: _kept_link(link, category) for link in post.links}
    if not kept:
        return post
    # The longest first, so that a link inside a longer one is not taken for itself.
    either = re.compile("|".join(map(re.escape, sorted(kept, key=len, reverse=True))))
    return replace(
        post,
        text=either.sub(lambda match: kept[match[0]], post.text),
        links=tuple(dict.fromkeys(kept.values())),
    )


def names_account(post: FlaggedPost) -> bool:
    """Whether a link in it names an account that the post could be found without."""
    found = filter(None, map(addresses.read, post.links))
    return any(address.full != address.kept for address in found if address.is_post)


def _kept_link(link: str, category: Category) -> str:
    address = addresses.read(link)
    if address is None:
        return link
    return address.full if category in _ACCOUNT_IS_THE_CLAIM else address.kept
