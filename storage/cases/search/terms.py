"""Under which terms a text stands in the index: pairs of neighbouring words, written together.

The words come as `handlers.recognition` folds them; marks are left aside here. One rule for entering,
finding and striking out, so that nothing has to be kept beside the text.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

_PIECES = 60
"""A text is looked for in pieces of so many words, so that each of several claims is found."""
_FEW = 16
"""Below so many words the single ones are looked for too: misspelled, they share no pair."""
_LONG_NUMBER = 6
_ADDRESS = "⟨"


def pieces_of(words: str) -> list[list[str]]:
    """The terms of a text, piece by piece."""
    said = [word for word in _bare(words).split() if word[0].isalnum() or word[0] == _ADDRESS]
    starts = range(0, max(len(said), 1), _PIECES)
    return [sorted(set(_terms(said[i : i + _PIECES + 1]))) for i in starts]


def terms_of(words: str) -> set[str]:
    """All terms of a text."""
    return {term for piece in pieces_of(words) for term in piece}


def _bare(words: str) -> str:
    if words.isascii():
        return words
    letters = unicodedata.normalize("NFD", words.replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _terms(said: Sequence[str]) -> Iterator[str]:
    yield from (a + b for a, b in pairwise(said))
    yield from (word for word in said if len(said) < _FEW or _is_rare(word))


def _is_rare(word: str) -> bool:
    """An address, a telephone or account number, an amount: enough to look for by itself."""
    return word[0] == _ADDRESS or (word[0].isdigit() and len(word) >= _LONG_NUMBER)
