"""Text similarity from 0 to 1, and the word differences of two texts.

Input is `match_keys.Identity.words`. Addresses are not compared.

- The score is the weighted mean of the relative BM25 score (`storage.cases.search`) and the cosine of
  character 4-grams, weighted by how rare these are in general (`handlers.recognition.background`).
  Without an index only the characters are compared.
- For short texts rapidfuzz's ratio counts, too, because it tolerates misspelling. The score is halved
  if both have names, but none in common. A word that differs only in its diacritics counts half.
- A text that is contained in a longer one scores nearly as high as an equal one.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from handlers.recognition.background import gram_weight
from handlers.recognition.syllables import bare, is_syllable

Difference = tuple[str, str]
"""The words of the known text and those of the new one in their place; either may be empty."""

_GRAM = 4
_WORDS_SHARE, _GRAMS_SHARE = 0.7, 0.3
_SHORT = 16
"""Below this number of words a text is short."""
_SHORT_WORDS_SHARE, _SHORT_GRAMS_SHARE, _SHORT_LETTERS_SHARE = 0.5, 0.2, 0.3
_OTHER_NAMES_FACTOR = 0.5
"""Factor for two short texts that both have names, but none in common."""
_OTHER_MARKS_LOSS = 0.5
"""What a word that differs in its diacritics only loses."""
_UNEQUAL_MAX = 0.99
"""The highest score of texts that differ, even if only in an address."""
_CONTAINED_WORDS_MIN = 8
"""A text with fewer words is not searched for inside a longer one."""
_CONTAINED_FACTOR = 0.9
"""Factor for a text contained in a longer one, compared with an equal text."""
_COVERAGE_MIN = 0.7
"""Below this share of covered weight the windows are not compared."""
_CONTAINED_RATIO_MIN = 0.7
"""Any two texts of one language have a ratio of about one half."""
_STEPS = 8
"""The window moves over the longer text by this fraction of its length."""
_COMPARED_CHARACTERS = 8_192
"""Two messages of maximum length; the rest of a longer text is not compared."""
_CACHED_WORDS = 20_000
_ADDRESS = "⟨"


@dataclass(frozen=True)
class TextWords:
    """A text prepared once for many comparisons."""

    whole: str
    """The text without diacritics, addresses included."""
    line: str
    """The text without diacritics and addresses."""
    marked: frozenset[str]
    """The words with diacritics; empty for a text typed without any."""
    words: frozenset[str]
    """The words of `line`."""
    grams: dict[str, float]
    """The weight of each character 4-gram of `line`."""

    @property
    def length(self) -> int:
        """Number of words."""
        return self.line.count(" ") + 1 if self.line else 0

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are probably names."""
        return frozenset(filter(_is_name, self.words))

    @cached_property
    def norm(self) -> float:
        """The Euclidean length of the vector of grams."""
        return math.sqrt(sum(weight * weight for weight in self.grams.values()))


def prepare(words: str) -> TextWords:
    """Words and character 4-grams of a normalized text, without diacritics and addresses."""
    compared = words[:_COMPARED_CHARACTERS].split()
    tokens = [word for word in compared if not word.startswith(_ADDRESS)]
    text = " ".join(tokens)
    line = bare(text)
    marked = frozenset() if line == text else frozenset(tokens)
    return TextWords(bare(" ".join(compared)), line, marked, frozenset(line.split()), _grams(line))


def score(new: TextWords, known: TextWords, relative_score: float | None = None) -> float:
    """Similarity from 0 to 1; 1.0 for the same words in the same order.

    `relative_score` is that of `storage.cases.search.similar_posts.Candidate`; None without an index.
    """
    if not (new.line and known.line):
        return 0.0
    if max(new.length, known.length) < _SHORT:
        alike = _mean(
            (_SHORT_WORDS_SHARE, relative_score),
            (_SHORT_GRAMS_SHARE, _cosine(new, known)),
            (_SHORT_LETTERS_SHARE, fuzz.ratio(new.line, known.line) / 100),
        )
        alike *= _OTHER_NAMES_FACTOR if _are_names_disjoint(new, known) else 1
        alike *= 1 - _OTHER_MARKS_LOSS * _share_with_other_marks(new, known)
    else:
        alike = _mean((_WORDS_SHARE, relative_score), (_GRAMS_SHARE, _cosine(new, known)))
    best = max(alike, _CONTAINED_FACTOR * _containment(new, known))
    return best if _is_equal(new, known) else min(best, _UNEQUAL_MAX)


def _is_equal(new: TextWords, known: TextWords) -> bool:
    """Whether two texts are equal; diacritics count only if both have some."""
    same_marks = new.marked == known.marked or not (new.marked and known.marked)
    return same_marks and new.whole == known.whole


def _mean(*parts: tuple[float, float | None]) -> float:
    """The weighted mean of the values that are known, at most 1."""
    known = [(share, value) for share, value in parts if value is not None]
    total = sum(share for share, _ in known)
    return min(sum(share * value for share, value in known) / total, 1.0)


def _share_with_other_marks(new: TextWords, known: TextWords) -> float:
    """The share of the new text's words that differ in their diacritics only."""
    if not (new.marked and known.marked):
        return 0.0
    others = {bare(word) for word in new.marked - known.marked} & known.words
    return len(others) / len(new.words)


def _are_names_disjoint(new: TextWords, known: TextWords) -> bool:
    return bool(new.names and known.names) and new.names.isdisjoint(known.names)


def _grams(line: str) -> dict[str, float]:
    """The weight of each 4-gram, also across words: TF-IDF with logarithmic term frequency."""
    spaced = f" {line} "
    counts = Counter(spaced[i : i + _GRAM] for i in range(len(spaced) - _GRAM + 1))
    return {gram: gram_weight(gram) * (1 + math.log(count)) for gram, count in counts.items()}


def _cosine(new: TextWords, known: TextWords) -> float:
    lengths = new.norm * known.norm
    shared = sum(new.grams[gram] * known.grams[gram] for gram in new.grams if gram in known.grams)
    return shared / lengths if lengths else float(new.line == known.line)


def _containment(new: TextWords, known: TextWords) -> float:
    """How similar the shorter text is to one contiguous part of the longer one; 0 if hardly."""
    short, long = sorted((new, known), key=lambda words: len(words.line))
    if short.length < _CONTAINED_WORDS_MIN:
        return 0.0
    covered = sum(weight for gram, weight in short.grams.items() if gram in long.grams)
    if covered < _COVERAGE_MIN * sum(short.grams.values()):
        return 0.0
    ratio = _best_window(short.line, long.line)
    return ratio if ratio >= _CONTAINED_RATIO_MIN else 0.0


def _best_window(short: str, long: str) -> float:
    """The best ratio of the shorter text with a window of its length in the longer one.

    Windows start at every eighth of the length; around the best one the step is halved down to one
    character. Moving a window by one character changes the ratio by at most one character in the
    length, so a window between two steps exceeds the best of them by at most one sixteenth. This
    bounds the error without comparing at every position, which would be quadratic.
    """
    if short in long:
        return 1.0
    last = len(long) - len(short)
    step = max(len(short) // _STEPS, 1)
    best = max((_window_ratio(short, long, at), -at) for at in (*range(0, last, step), last))
    while step > 1:
        step = (step + 1) // 2
        near = (-best[1] - step, -best[1] + step)
        best = max(
            [best, *((_window_ratio(short, long, at), -at) for at in near if 0 <= at <= last)]
        )
    return best[0]


def _window_ratio(short: str, long: str, at: int) -> float:
    return fuzz.ratio(short, long[at : at + len(short)]) / 100


def differences(new: str, known: str) -> tuple[Difference, ...]:
    """The differing words in the order of the text, by a longest common subsequence of words."""
    known_words = known[:_COMPARED_CHARACTERS].split()
    new_words = new[:_COMPARED_CHARACTERS].split()
    runs = groupby(Indel.opcodes(known_words, new_words), key=lambda change: change.tag == "equal")
    changed = [list(changes) for is_equal, changes in runs if not is_equal]
    return tuple(
        (
            " ".join(known_words[changes[0].src_start : changes[-1].src_end]),
            " ".join(new_words[changes[0].dest_start : changes[-1].dest_end]),
        )
        for changes in changed
    )


@lru_cache(_CACHED_WORDS)
def _is_name(word: str) -> bool:
    """Whether it is no Vietnamese syllable; such words are nearly always names."""
    return word.isalpha() and not is_syllable(word)
