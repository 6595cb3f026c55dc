"""Terms of a text in the inverted index: pairs of neighbouring words (bigrams), written together.

The words are folded by `handlers.recognition`; diacritics are removed here. Indexing, searching and
removing use the same rule, so the terms of a post need not be stored beside its text.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

_PIECES = 60
"""Words of a piece. A text is searched for piece by piece, so that each of several claims is
found."""
_FEW = 16
"""Below this number of words single words are terms, too: one misspelt word breaks two pairs."""
_LONG_NUMBER = 6
_ADDRESS = "⟨"


def pieces_of(words: str) -> list[list[str]]:
    """The terms of a text, piece by piece."""
    indexed = [word for word in _bare(words).split() if word[0].isalnum() or word[0] == _ADDRESS]
    starts = range(0, max(len(indexed), 1), _PIECES)
    return [sorted(set(_terms(indexed[i : i + _PIECES + 1]))) for i in starts]


def terms_of(words: str) -> set[str]:
    """All terms of a text."""
    return {term for piece in pieces_of(words) for term in piece}


def _bare(words: str) -> str:
    if words.isascii():
        return words
    letters = unicodedata.normalize("NFD", words.replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _terms(words: Sequence[str]) -> Iterator[str]:
    yield from (a + b for a, b in pairwise(words))
    yield from (word for word in words if len(words) < _FEW or _is_rare(word))


def _is_rare(word: str) -> bool:
    """Whether a word is rare enough to be a term by itself: a URL, a phone or account number, an amount."""
    return word[0] == _ADDRESS or (word[0].isdigit() and len(word) >= _LONG_NUMBER)
