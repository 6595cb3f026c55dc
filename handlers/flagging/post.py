"""A flagged post: text, links and pictures, without its author.

Refusal: no-record-of-authors.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import TypeAdapter

from handlers.flagging.redaction import mask
from handlers.messages import CAPTIONS_APART, Incoming, Media
from handlers.recognition import addresses
from handlers.recognition.author_heads import without_heads
from handlers.recognition.match_keys import ENOUGH_CHARACTERS, Identity, identify
from handlers.recognition.pictures.payment_code import PaymentCode, payment_in
from storage.cases.match_keys import Keys
from storage.cases.search.similar_posts import LONGEST_HASH, SearchForm
from storage.models import Category

MEDIA_MAX = 20
"""Files of one post; an album has at most ten."""
_CODED_LINKS_MAX = 16
"""URLs in QR codes that are kept; an honest code has one."""
_ACCOUNT_IS_THE_CLAIM = {Category.SCAM, Category.IMPERSONATION}


@dataclass(frozen=True)
class FlaggedPost:
    """A post that a member flags: its text, links and pictures, without its author."""

    text: str = ""
    links: tuple[str, ...] = ()
    """Every URL in it, those behind words and in QR codes included."""
    coded_links: tuple[str, ...] = ()
    """The URLs in QR codes of its pictures."""
    payments: tuple[PaymentCode, ...] = ()
    """Whom the payment codes in its pictures pay."""
    media: tuple[Media, ...] = ()
    picture_hashes: tuple[str, ...] = ()
    """Perceptual hashes of the pictures, and thumbnails of videos, that could be fetched."""
    picture_words: str = ""
    """The words that were read in the pictures, which may be misread; `text` has none of them."""
    card_hashes: tuple[str, ...] = ()
    """Hashes of these pictures, to be compared with the club's cards; not stored with a case."""
    forwarded: bool = False
    imitates: int = 0
    """The id of the official text that it is a changed copy of; 0 for none."""

    @cached_property
    def identity(self) -> Identity:
        """Normalized text and match keys, computed once."""
        files = [media.unique for media in self.media]
        return identify(self.text, self.typed_links, files, self.coded_links, self.picture_words)

    @property
    def typed_links(self) -> tuple[str, ...]:
        """Its URLs without those that stand only in QR codes."""
        coded = {link for link in self.coded_links if link not in self.text}
        return tuple(link for link in self.links if link not in coded)

    @property
    def keys(self) -> Keys:
        """The match keys it is stored under."""
        return Keys(self.identity.url_key, self.identity.fingerprint, self.identity.media_key)

    @property
    def reading(self) -> SearchForm | None:
        """What the similarity search indexes; None without text and picture."""
        words = self.identity.words
        # A perceptual hash may have several parts, of which any may match.
        picture_hash = "".join(self.picture_hashes)[:LONGEST_HASH]
        if not (words or picture_hash):
            return None
        return SearchForm(self.identity.plain, words, picture_hash or None)

    @property
    def is_chat(self) -> bool:
        """Whether it is a short remark to the bot rather than a post."""
        bare = not (self.forwarded or self.media or self.links)
        return bare and len(self.text.strip()) < ENOUGH_CHARACTERS

    @property
    def may_be_question(self) -> bool:
        """Whether the member may have typed it as a question, instead of passing a post on."""
        return bool(self.text.strip()) and not (self.forwarded or self.media)

    @property
    def is_full(self) -> bool:
        """Whether it holds as many files as a post may: one tap of an officer shows them all."""
        return len(self.media) >= MEDIA_MAX

    def joined_with(self, more: "FlaggedPost") -> "FlaggedPost":
        """Joined with the next message, or with a late part of the same album, as one post.

        Files after the first `MEDIA_MAX` are left out.
        """
        return FlaggedPost(
            text="\n\n".join(filter(None, [self.text.strip(), more.text.strip()])),
            links=tuple(dict.fromkeys(self.links + more.links)),
            coded_links=tuple(dict.fromkeys(self.coded_links + more.coded_links)),
            payments=tuple(dict.fromkeys(self.payments + more.payments)),
            media=(self.media + more.media)[:MEDIA_MAX],
            picture_words="\n\n".join(filter(None, [self.picture_words, more.picture_words])),
            picture_hashes=(self.picture_hashes + more.picture_hashes)[:MEDIA_MAX],
            card_hashes=(self.card_hashes + more.card_hashes)[:MEDIA_MAX],
            forwarded=self.forwarded or more.forwarded,
        )


_POST = TypeAdapter(FlaggedPost)


def pack(post: FlaggedPost) -> str:
    """The post as JSON."""
    return _POST.dump_json(post, exclude_defaults=True).decode()


def unpack(packed: str) -> FlaggedPost:
    """The post that was packed."""
    return _POST.validate_json(packed)


def post_of(incoming: Incoming, text: str | None = None) -> FlaggedPost:
    """The post in a message, without the header lines that name the author."""
    text = incoming.text if text is None else text
    # Each caption of an album may begin with a header line of its own.
    captions = text.split(CAPTIONS_APART) if incoming.more_media else [text]
    text = CAPTIONS_APART.join(map(without_heads, captions))
    pictures = (*incoming.pictures, *incoming.thumbnails)
    codes = [code for picture in pictures for code in picture.codes]
    coded = tuple(dict.fromkeys(link for code in codes for link in _written(code)))[
        :_CODED_LINKS_MAX
    ]
    return FlaggedPost(
        text=text,
        links=tuple(dict.fromkeys((*incoming.links, *_written(text), *coded))),
        coded_links=coded,
        payments=tuple(dict.fromkeys(filter(None, map(payment_in, codes)))),
        media=incoming.files,
        picture_hashes=tuple(picture.picture_hash for picture in pictures),
        card_hashes=tuple(picture.card_hash for picture in pictures),
        forwarded=incoming.forwarded,
    )


def _written(text: str) -> list[str]:
    """The URLs that are written in a text."""
    return [text[start:end] for start, end in addresses.spans(text)]


def quoted_by(incoming: Incoming) -> FlaggedPost | None:
    """The post that a message replies to; None for no post, a message of the bot or a remark."""
    quoted = incoming.quoted
    if quoted is None:
        return None
    text = without_heads(quoted.text)
    post = FlaggedPost(
        text=text,
        links=tuple(dict.fromkeys((*quoted.links, *_written(text)))),
        media=(quoted.media,) if quoted.media else (),
    )
    return None if post.is_chat else replace(post, forwarded=True)


def as_kept(post: FlaggedPost, category: Category) -> FlaggedPost:
    """The post as it is stored with the case, redacted.

    Links lose the account name where the post id suffices, unless the account is the claim. Personal
    numbers lose their middle digits, unless the number is the evidence of a fraud.
    """
    shortened = _with_kept_links(replace(post, card_hashes=()), category)
    if category is Category.SCAM:
        return shortened
    return masked(shortened)


def masked(post: FlaggedPost) -> FlaggedPost:
    """The post with every personal number redacted, in text, links and payment codes."""
    return replace(
        post,
        text=mask(post.text),
        picture_words=mask(post.picture_words),
        links=tuple(dict.fromkeys(map(mask, post.links))),
        coded_links=tuple(dict.fromkeys(map(mask, post.coded_links))),
        payments=tuple(dict.fromkeys(payment.masked for payment in post.payments)),
    )


def _with_kept_links(post: FlaggedPost, category: Category) -> FlaggedPost:
    stored_links = {link: _kept_link(link, category) for link in post.links}
    if not stored_links:
        return post
    # The longest first: the regular expression must not match a link inside a longer one.
    any_link = re.compile("|".join(map(re.escape, sorted(stored_links, key=len, reverse=True))))
    return replace(
        post,
        text=any_link.sub(lambda match: stored_links[match[0]], post.text),
        links=tuple(dict.fromkeys(stored_links.values())),
        coded_links=tuple(dict.fromkeys(stored_links[link] for link in post.coded_links)),
    )


def _kept_link(link: str, category: Category) -> str:
    address = addresses.read(link)
    if address is None:
        return link
    return address.full if category in _ACCOUNT_IS_THE_CLAIM else address.kept
