"""Text similarity from 0 to 1, and the word differences of two texts.

Input is `match_keys.Identity.words`. The score is a weighted cosine over the sets of words and bigrams
(70 %) plus the character-level ratio of rapidfuzz (30 %), which tolerates misspelling. Weights come from
fixed word lists, not from the corpus, so a score does not change when posts are added: grammar words
weigh little, names, foreign words and numbers much. Texts that name different people lose half. Where
both texts have diacritics, a word that differs only in them counts half. A text that is contained in a
longer one scores nearly as an equal one.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from handlers.recognition.syllables import bare, is_syllable

Difference = tuple[str, str]
"""The words of the known text and those of the new one in their place; either may be empty."""

_GRAMMAR_LIST = """
    va la cua co cho duoc trong cac nhung mot nguoi ve voi tai tu den da se dang khong nay do khi
    nhu ra vao len o thi ma cung con nhieu hon sau truoc tren duoi theo bi boi vi de neu hay hoac rat
    qua lai phai nen can lam the nao gi ai lan dau cuoi noi di a nhe nha nhi oi roi vay day ay kia
    moi no ho toi minh ban anh chi em chung ta
"""
_GRAMMAR = frozenset(_GRAMMAR_LIST.split())
"""Grammar words (stop words), which say nothing about the topic."""
_COMMON_LIST = """
    nam thang ngay gio phut ty trieu nghin ngan dong viet nam nuoc ha noi tp tinh thanh pho quoc
    gia nha hoi cong hang bo chinh su viec vu ong ba con hai bon sau bay tam chin muoi lon nho cao
    thap nhat dai trung tam dia phuong thong tin bao so kinh te xa quan ly tong chu tich giam doc
    truong chuc tang gia thi hoc sinh vien phat trien hoat duong tien hanh uy dan huyen phuong khu
    vuc duong xe may dien thoai chuyen mua ban moi cu dung yeu cau biet thay
"""
_COMMON = frozenset(_COMMON_LIST.split())
"""Words that occur in half of all news."""
_GRAMMAR_WEIGHT, _COMMON_WEIGHT, _CONTENT_WEIGHT, _NAME_WEIGHT = 3, 6, 10, 15
_WORD_FACTOR, _PAIR_FACTOR = 10, 3
"""Factors of a word alone and in a bigram. Integers, so that the sum does not depend on the order."""
_OTHER_NAMES_FACTOR = 0.5
"""Factor for two texts that both have names, but none in common."""
_OTHER_MARKS_PENALTY = 5
"""Half of `_WORD_FACTOR`: what a word loses that differs in its diacritics."""
_WORDS_SHARE, _LETTERS_SHARE = 0.7, 0.3
_CONTAINED_WORDS_MIN = 8
"""A text has to have so many words to be searched inside a longer one."""
_CONTAINED_FACTOR = 0.9
"""Factor for a text contained in a longer one, compared with an equal text."""
_COVERAGE_MIN = 0.7
"""Below this share of covered weight the windows are not compared."""
_STEPS = 8
"""The window moves over the longer text by this fraction of its length."""
_COMPARED_CHARACTERS = 8_192
"""Two messages of maximum length; the rest of a longer text is not compared."""
_CACHED_WORDS = 20_000


@dataclass(frozen=True)
class TextWords:
    """A text prepared once for many comparisons."""

    line: str
    """The text without diacritics, as are all fields but `marked`."""
    marked: frozenset[str]
    """The words with diacritics; empty for a text typed without any."""
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    total: int

    @property
    def length(self) -> int:
        """Number of words."""
        return self.line.count(" ") + 1 if self.line else 0

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are probably names."""
        return frozenset(filter(_is_name, self.words))


def prepare(words: str) -> TextWords:
    """Tokens, bigrams and weight of a normalized text, without diacritics."""
    words = words[:_COMPARED_CHARACTERS]
    line = words if words.isascii() else bare(words)
    marked = frozenset() if line == words else frozenset(words.split())
    tokens = line.split()
    single, pairs = frozenset(tokens), frozenset(pairwise(tokens))
    return TextWords(line, marked, single, pairs, _total_weight(single, pairs))


def score(new: TextWords, known: TextWords) -> float:
    """Similarity from 0 to 1; 1.0 for the same words in the same order."""
    if not (new.total and known.total):
        return 0.0
    shared = _total_weight(new.words & known.words, new.pairs & known.pairs) - _marks_penalty(
        new, known
    )
    cosine = shared / math.sqrt(new.total * known.total)
    if new.names and known.names and not new.names & known.names:
        cosine *= _OTHER_NAMES_FACTOR
    whole = _WORDS_SHARE * cosine + _LETTERS_SHARE * fuzz.ratio(new.line, known.line) / 100
    return max(whole, _CONTAINED_FACTOR * _containment(new, known, shared))


def _marks_penalty(new: TextWords, known: TextWords) -> int:
    if not (new.marked and known.marked):
        return 0
    others = {bare(word) for word in new.marked - known.marked} & known.words
    return _OTHER_MARKS_PENALTY * sum(map(_weight, others))


def _containment(new: TextWords, known: TextWords, shared: int) -> float:
    """How similar the shorter text is to one contiguous part of the longer one, 0 to 1."""
    short, long = sorted((new, known), key=lambda words: len(words.line))
    covered = shared / min(new.total, known.total)
    if short.length < _CONTAINED_WORDS_MIN or covered < _COVERAGE_MIN:
        return 0.0
    return _best_window(short.line, long.line)


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
    best = max((_likeness(short, long, at), -at) for at in (*range(0, last, step), last))
    while step > 1:
        step = (step + 1) // 2
        near = (-best[1] - step, -best[1] + step)
        best = max([best, *((_likeness(short, long, at), -at) for at in near if 0 <= at <= last)])
    return best[0]


def _likeness(short: str, long: str, at: int) -> float:
    return fuzz.ratio(short, long[at : at + len(short)]) / 100


def differences(new: str, known: str) -> tuple[Difference, ...]:
    """The differing words in the order of the text, by a longest common subsequence of words."""
    known_words, new_words = (
        known[:_COMPARED_CHARACTERS].split(),
        new[:_COMPARED_CHARACTERS].split(),
    )
    runs = groupby(Indel.opcodes(known_words, new_words), key=lambda change: change.tag == "equal")
    changed = [list(changes) for is_equal, changes in runs if not is_equal]
    return tuple(
        (
            " ".join(known_words[changes[0].src_start : changes[-1].src_end]),
            " ".join(new_words[changes[0].dest_start : changes[-1].dest_end]),
        )
        for changes in changed
    )


def _total_weight(tokens: Collection[str], pairs: Iterable[tuple[str, str]]) -> int:
    """The total weight of tokens and bigrams; every word of a bigram is one of the tokens."""
    counts = {word: _weight(word) for word in tokens}
    beside = sum([counts[a] + counts[b] for a, b in pairs])
    return _WORD_FACTOR * sum(counts.values()) + _PAIR_FACTOR * beside


@lru_cache(_CACHED_WORDS)
def _weight(word: str) -> int:
    if word in _GRAMMAR:
        return _GRAMMAR_WEIGHT
    if word in _COMMON:
        return _COMMON_WEIGHT
    return _CONTENT_WEIGHT if is_syllable(word) else _NAME_WEIGHT


@lru_cache(_CACHED_WORDS)
def _is_name(word: str) -> bool:
    """Whether it is no Vietnamese syllable; such words are nearly always names."""
    return word.isalpha() and not is_syllable(word)
