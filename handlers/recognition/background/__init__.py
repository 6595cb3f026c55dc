"""How common words and letters are in texts in general: a small table of background counts.

An index of few posts cannot tell common words from rare ones by its own counts; these are added to
them as if `POSTS` more posts had been indexed. The index has no counts of character 4-grams: theirs
are derived from the words of this table. `tests/eval/background_counts.py` computes it; its first lines
name the source and the licence.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

POSTS = 500
"""Number of posts that the background counts stand for."""
FILE = Path(__file__).with_name("word_counts.txt")
_GRAM = 4
_CACHED_GRAMS = 50_000


@cache
def word_counts() -> Mapping[str, int]:
    """Each common word, without diacritics, and how many of `POSTS` posts have it."""
    lines = FILE.read_text(encoding="ascii").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {word: int(count) for word, count in rows}


@lru_cache(_CACHED_GRAMS)
def gram_weight(gram: str) -> float:
    """The inverse document frequency of a character 4-gram; words are separated by one space."""
    posts = min(_posts_with(gram), POSTS)
    return math.log(1 + (POSTS - posts + 0.5) / (posts + 0.5))


def _posts_with(gram: str) -> float:
    """The expected number of posts that have the gram; across two words, as if these were independent."""
    space = gram.find(" ", 1, _GRAM - 1)
    if space < 0:
        return _gram_counts()[gram]
    before, after = gram[: space + 1], gram[space:]
    return _gram_counts()[before] * _gram_counts()[after] / POSTS


@cache
def _gram_counts() -> Counter[str]:
    """The number of posts of each 4-gram within a word, and of each shorter beginning and end of a word."""
    counts: Counter[str] = Counter()
    for word, posts in word_counts().items():
        spaced = f" {word} "
        grams = {spaced[i : i + _GRAM] for i in range(len(spaced) - _GRAM + 1)}
        ends = {part for size in (2, 3) for part in (spaced[:size], spaced[-size:])}
        for part in grams | ends:
            counts[part] += posts
    return counts
