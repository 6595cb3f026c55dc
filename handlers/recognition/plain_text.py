"""Text helpers: folding for comparison, shortening, and lengths as Telegram counts them."""

import re
import unicodedata
from html import unescape

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Invisible characters for a character class of a regular expression; includes bidirectional controls."""
_PLANES = range(1, 17)
_NO_CHARACTER = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters, and the last two of every plane
    + "".join(chr(plane << 16 | last) for plane in _PLANES for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Unassigned code points are not in it: a later Unicode version may assign them, for instance to emoji."""
_UNSEEN = re.compile(rf"[{INVISIBLE}\s]*")
_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")
_D = str.maketrans("đĐ", "dD")


def plain(text: str) -> str:
    """Lower case, no diacritics, single spaces: `  Trợ  GIÚP ` → `tro giup`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    # No combining mark precedes U+0300; the comparison saves time over 100,000 names.
    letters = "".join([c for c in decomposed if c < "\u0300" or not unicodedata.combining(c)])
    return " ".join(letters.split())


def opening(text: str, characters: int) -> str:
    """The first `characters` characters, with an ellipsis if there are more."""
    return text if len(text) <= characters else f"{text[:characters].rstrip()}…"


def shortened(text: str, characters: int) -> str:
    """The text shortened to at most `characters`, the ellipsis included."""
    return text if len(text) <= characters else opening(text, characters - 1)


def opening_words(text: str, characters: int) -> str:
    """The first whole words in no more than so many characters, the sign for what is left out included.

    Within a word only where the first one alone is longer.
    """
    if len(text) <= characters:
        return text
    begun = text[:characters]
    at_word = begun.rpartition(" ")[0].rstrip(" ,;:.–-")
    return f"{at_word or begun[:-1]}…"


def legible(text: str) -> str:
    """The text with control, surrogate, private-use and noncharacters replaced by spaces.

    A text in which nothing can be seen becomes spaces, so that it counts as none. Each character
    becomes as many spaces as it has UTF-16 units, so entity offsets stay valid.
    """
    if _UNSEEN.fullmatch(text):
        return " " * utf16_length(text)
    return _NO_CHARACTER.sub(lambda found: " " * (1 + (found[0] > "\uffff")), text)


def visible_length(html: str) -> int:
    """The length of a text in Telegram's HTML subset, as Telegram counts it."""
    return utf16_length(visible(html))


def visible(html: str) -> str:
    """The text of Telegram's HTML subset without tags."""
    return unescape(_TAG.sub("", html))


def utf16_length(text: str) -> int:
    """The length of a plain text in UTF-16 code units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
