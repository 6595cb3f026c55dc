"""Terms of a text in the inverted index: words, and pairs of neighbouring words (bigrams).

The words are folded by `handlers.recognition`; diacritics are removed here, and words are reduced to
their English stem. No Vietnamese syllable has an English suffix, so these stay as they are (a test
compares all of them). A pair is written as one word, so that *cornflakes* or a hashtag of two words
has the term of *corn flakes*. Indexing, searching and removing use the same rule, so the terms of a
post need not be stored beside its text.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import Stemmer

_ADDRESS = "⟨"
_CACHED_WORDS = 50_000
_english = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True)
class Terms:
    """The terms of a text, each with how often it occurs."""

    words: Counter[str]
    """Words without addresses."""
    pairs: Counter[str]
    addresses: Counter[str]

    @property
    def length(self) -> int:
        """Number of words, as BM25 counts the length of a text."""
        return self.words.total()

    @cached_property
    def all(self) -> Counter[str]:
        """Every term; one that is a word and a pair counts as both."""
        return self.words + self.pairs + self.addresses


def terms_of(words: str) -> Terms:
    """The terms of a folded text."""
    tokens = _tokens(words)
    plain = [token for token in tokens if token[0] != _ADDRESS]
    return Terms(
        Counter(map(stem, plain)),
        Counter(_pairs(tokens)),
        Counter(token for token in tokens if token[0] == _ADDRESS),
    )


def pieces_of(words: str, size: int) -> Iterator[frozenset[str]]:
    """The terms of each piece of `size` words, and of the word after it: no pair is lost between two."""
    tokens = _tokens(words)
    for start in range(0, len(tokens), size):
        piece = tokens[start : start + size + 1]
        yield frozenset(terms_of(" ".join(piece)).all)


@lru_cache(_CACHED_WORDS)
def stem(word: str) -> str:
    """The word without its English suffix, by Porter's second algorithm."""
    return str(_english.stemWord(word)) if word.isalpha() else word


def _tokens(words: str) -> list[str]:
    return [word for word in _bare(words).split() if word[0].isalnum() or word[0] == _ADDRESS]


def _pairs(tokens: list[str]) -> Iterator[str]:
    return (stem(a + b) for a, b in pairwise(tokens) if _ADDRESS not in (a[0], b[0]))


def _bare(words: str) -> str:
    if words.isascii():
        return words
    letters = unicodedata.normalize("NFD", words.replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))
