"""How a flagged post is shown: as mere text, so that nobody taps a scammer's link by accident."""

from dataclasses import replace

from handlers.conversation.i18n import Html, Speech
from handlers.flagging.post import FlaggedPost, masked
from handlers.recognition.plain_text import opening
from handlers.views.defang import defang

_READ_PER_SHOWN = 4
"""Characters read for each that is shown: white space is shown as one blank."""
_LINKS = 10


def in_short(post: FlaggedPost, say: Speech, *, characters: int) -> Html:
    """The beginning of the post and what hangs on it."""
    text = opening(" ".join(post.text.split()), characters)
    lines = [say("flag-words", text=defang(text))] if text else []
    lines += [say("flag-link", url=link) for link in links_behind_words(post)]
    if post.media:
        lines.append(say(f"flag-media-{post.media[0].kind.value}", count=len(post.media)))
    return Html("\n".join(lines))


def excerpt(post: FlaggedPost, say: Speech, *, characters: int) -> Html:
    """As `in_short`, without numbers of persons; only as much is read as is shown."""
    # Some more, so that no number is cut in two before it is recognised.
    begun = replace(post, text=post.text[: _READ_PER_SHOWN * characters], links=post.links[:_LINKS])
    return in_short(masked(begun), say, characters=characters)


def links_behind_words(post: FlaggedPost) -> list[str]:
    """The addresses that cannot be read in the text itself."""
    return [link for link in post.links if link not in post.text]
