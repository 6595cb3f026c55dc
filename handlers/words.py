"""Reading what people type: with or without diacritics, capitals and stray spaces."""

import re
import unicodedata

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
_D = str.maketrans("đĐ", "dD")


def plain(text: str) -> str:
    """Lower case, no diacritics, single spaces: `  Trợ  GIÚP ` → `tro giup`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    # No mark comes before U+0300; a list of members reads a hundred thousand names.
    letters = "".join([c for c in decomposed if c < "\u0300" or not unicodedata.combining(c)])
    return " ".join(letters.split())


def opening(text: str, characters: int) -> str:
    """The first so many characters, and a sign where there are more."""
    return text if len(text) <= characters else f"{text[:characters].rstrip()}…"


def shortened(text: str, characters: int) -> str:
    """The text, with the sign for what is left out in no more than so many characters."""
    return text if len(text) <= characters else opening(text, characters - 1)


def legible(text: str) -> str:
    """Without what no messenger shows and no database takes, in the same length.

    Control characters become spaces, halves of surrogate pairs U+FFFD.
    """
    return _HALF.sub("\ufffd", _NO_TEXT.sub(" ", text))
