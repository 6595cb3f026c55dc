"""How a flagged post is shown: as mere text, so that nobody taps a scammer's link by accident."""

import re
from html import escape

from handlers.flagging.post import Post
from handlers.speech import Html, Speech
from handlers.words import opening

_MIGHT_BE_TAPPED = re.compile(r"\S*(?:://|www\.|@|[^\W\d]\.[^\W\d])\S*")


def untappable(text: str) -> Html:
    """The text with everything an app might make a link of set as code."""
    parts, end = [], 0
    for match in _MIGHT_BE_TAPPED.finditer(text):
        parts += [escape(text[end : match.start()], quote=False)]
        parts += [f"<code>{escape(match[0], quote=False)}</code>"]
        end = match.end()
    return Html("".join([*parts, escape(text[end:], quote=False)]))


def in_short(post: Post, say: Speech, *, characters: int) -> Html:
    """The beginning of the post and what hangs on it."""
    text = opening(" ".join(post.text.split()), characters)
    lines = [say("flag-words", text=untappable(text))] if text else []
    lines += [say("flag-link", url=link) for link in links_behind_words(post)]
    if post.media:
        lines.append(say(f"flag-media-{post.media[0].kind.value}", count=len(post.media)))
    return Html("\n".join(lines))


def links_behind_words(post: Post) -> list[str]:
    """The addresses that cannot be read in the text itself."""
    return [link for link in post.links if link not in post.text]
