"""The text that shows a flagged post, defanged: no link in it can be tapped."""

from collections import Counter
from dataclasses import replace

from handlers.conversation import Html, Speech
from handlers.flagging.post import FlaggedPost, as_kept, masked
from handlers.recognition.plain_text import opening, opening_words, visible
from handlers.views.defang import defang
from storage.models import Category

_READ_PER_SHOWN = 4
"""Characters read for each one shown, since runs of white space are shown as one."""
_LINKS = 10
_OPENING_CHARACTERS = 120
_QUOTE_CHARACTERS = 240
"""The same with links and files."""


def in_short(post: FlaggedPost, say: Speech, *, characters: int) -> Html:
    """The first `characters` of the post, its links and its files."""
    text = opening(" ".join(post.text.split()), characters)
    lines = [say("flag-words", text=defang(text))] if text else []
    if read := opening(" ".join(post.picture_words.split()), characters):
        lines.append(say("flag-picture-words", text=defang(read)))
    lines += [say("flag-link", url=link) for link in links_behind_words(post)]
    lines += [say("flag-payment", **payment) for payment in _payments(post)]
    kinds = Counter(media.kind for media in post.media)
    lines += [say(f"flag-media-{kind.value}", count=count) for kind, count in kinds.items()]
    return Html("\n".join(lines))


def excerpt(post: FlaggedPost, say: Speech, *, characters: int) -> Html:
    """As `in_short`, with personal numbers redacted."""
    # More is read than shown, so that no number is cut before it is recognised.
    most = _READ_PER_SHOWN * characters
    begun = replace(
        post,
        text=post.text[:most],
        picture_words=post.picture_words[:most],
        links=post.links[:_LINKS],
    )
    return in_short(masked(begun), say, characters=characters)


def own_opening(post: FlaggedPost, say: Speech) -> str:
    """The beginning of a member's own post, as it is quoted to them later: without formatting.

    No link in it names an account, whatever the post is about.
    """
    quoted = excerpt(as_kept(post, Category.RUMOUR), say, characters=_OPENING_CHARACTERS)
    return opening_words(visible(quoted), _QUOTE_CHARACTERS)


def read_in_pictures(post: FlaggedPost, say: Speech) -> list[str]:
    """A line with the words read in its pictures, without formatting; none without any."""
    words = post.picture_words
    return [say.plain("case-picture-words", text=words)] if words else []


def payments(post: FlaggedPost, say: Speech) -> list[str]:
    """A line for each payment code in its pictures, without formatting: the bank and the account."""
    return [say.plain("flag-payment", **payment) for payment in _payments(post)]


def _payments(post: FlaggedPost) -> list[dict[str, str]]:
    return [{"bank": one.bank_name, "account": one.account} for one in post.payments]


def links_behind_words(post: FlaggedPost) -> list[str]:
    """The URLs that do not stand in the text itself."""
    return [link for link in post.links if link not in post.text]
