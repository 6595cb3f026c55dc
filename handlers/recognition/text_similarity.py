"""How much of one text is in another, from 0 to 1, and which words stand in place of which.

Texts come as `identity.Identity.words` has them. What counts is words and pairs of neighbours: those
that say little count little, names, foreign words and numbers much, and two texts that each name
others are further apart. Where both have diacritics, a word with other ones is half a word. A quarter
and more is the order of the letters, which bears misspelling.
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
"""What stands in the known text, and what stands in its place in the new one; either may be empty."""

_SENTENCE = """
    va la cua co cho duoc trong cac nhung mot nguoi ve voi tai tu den da se dang khong nay do khi
    nhu ra vao len o thi ma cung con nhieu hon sau truoc tren duoi theo bi boi vi de neu hay hoac rat
    qua lai phai nen can lam the nao gi ai lan dau cuoi noi di a nhe nha nhi oi roi vay day ay kia
    moi no ho toi minh ban anh chi em chung ta
"""
_GRAMMAR = frozenset(_SENTENCE.split())
"""Without them there is no sentence; they say nothing of what it is about."""
_NEWS = """
    nam thang ngay gio phut ty trieu nghin ngan dong viet nam nuoc ha noi tp tinh thanh pho quoc
    gia nha hoi cong hang bo chinh su viec vu ong ba con hai bon sau bay tam chin muoi lon nho cao
    thap nhat dai trung tam dia phuong thong tin bao so kinh te xa quan ly tong chu tich giam doc
    truong chuc tang gia thi hoc sinh vien phat trien hoat duong tien hanh uy dan huyen phuong khu
    vuc duong xe may dien thoai chuyen mua ban moi cu dung yeu cau biet thay
"""
_COMMON = frozenset(_NEWS.split())
"""Half of all news has them."""
_SAYS_LITTLE, _SAYS_SOME, _SAYS_MUCH, _IS_NAME = 3, 6, 10, 15
_WORD, _PAIR = 10, 3
"""What a word counts by itself, and each of the two in a pair. Whole numbers: their sum is the same
in any order."""
_OTHER_NAMES = 0.5
"""Two texts that both name somebody, and nobody in common, are alike by so much less."""
_OTHER_MARKS = 5
"""What a word loses whose diacritics are others."""
_WORDS, _LETTERS = 0.7, 0.3
_ENOUGH_FOR_PART = 8
"""So many words make a part that can be known again inside a longer text."""
_PART = 0.9
"""A whole text inside another one counts so much of an equal one."""
_COVERED = 0.7
"""Below this the letters need not be looked at."""
_STEPS = 8
"""A shorter text is laid over a longer one at each eighth of its length."""
_LETTERS_READ = 8_192
"""Two messages of the greatest length: of a longer text the rest is not compared."""
_SYLLABLES = 20_000


@dataclass(frozen=True)
class TextWords:
    """A text made ready to be compared with many."""

    line: str
    """Without diacritics, as all of it but `marked`."""
    marked: frozenset[str]
    """The words with their diacritics; empty when the text was typed without."""
    said: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    total: int

    @property
    def length(self) -> int:
        return self.line.count(" ") + 1 if self.line else 0

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(filter(_is_name, self.said))


def ready(words: str) -> TextWords:
    """The text, its diacritics set aside."""
    words = words[:_LETTERS_READ]
    line = words if words.isascii() else bare(words)
    marked = frozenset() if line == words else frozenset(words.split())
    said = line.split()
    single, pairs = frozenset(said), frozenset(pairwise(said))
    return TextWords(line, marked, single, pairs, _sum(single, pairs))


def score(new: TextWords, known: TextWords) -> float:
    """How alike two texts are; 1.0 for the same words in the same order."""
    if not (new.total and known.total):
        return 0.0
    shared = _sum(new.said & known.said, new.pairs & known.pairs) - _lost_by_marks(new, known)
    alike = shared / math.sqrt(new.total * known.total)
    if new.names and known.names and not new.names & known.names:
        alike *= _OTHER_NAMES
    whole = _WORDS * alike + _LETTERS * fuzz.ratio(new.line, known.line) / 100
    return max(whole, _PART * _part(new, known, shared))


def _lost_by_marks(new: TextWords, known: TextWords) -> int:
    if not (new.marked and known.marked):
        return 0
    others = {bare(word) for word in new.marked - known.marked} & known.said
    return _OTHER_MARKS * sum(map(_weight, others))


def _part(new: TextWords, known: TextWords, shared: int) -> float:
    """How much of the shorter text stands in the longer one in one piece."""
    short, long = sorted((new, known), key=lambda words: len(words.line))
    covered = shared / min(new.total, known.total)
    if short.length < _ENOUGH_FOR_PART or covered < _COVERED:
        return 0.0
    return _best_window(short.line, long.line)


def _best_window(short: str, long: str) -> float:
    """How alike the shorter text is to the likest piece of its length of the longer one.

    The pieces begin at each eighth of that length; around the best of them the step is halved until
    it is one letter. A piece that begins one letter further differs by one letter, so no piece
    between two steps is like it in more than a sixteenth that the best of them is not.
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
    """What differs, word by word, in the order of the text; what is in both is as much as can be."""
    there, here = known[:_LETTERS_READ].split(), new[:_LETTERS_READ].split()
    runs = groupby(Indel.opcodes(there, here), key=lambda change: change.tag == "equal")
    changed = [list(changes) for is_equal, changes in runs if not is_equal]
    return tuple(
        (
            " ".join(there[changes[0].src_start : changes[-1].src_end]),
            " ".join(here[changes[0].dest_start : changes[-1].dest_end]),
        )
        for changes in changed
    )


def _sum(said: Collection[str], pairs: Iterable[tuple[str, str]]) -> int:
    """What these words and pairs count together; the words of the pairs are among those said."""
    counts = {word: _weight(word) for word in said}
    beside = sum([counts[a] + counts[b] for a, b in pairs])
    return _WORD * sum(counts.values()) + _PAIR * beside


@lru_cache(_SYLLABLES)
def _weight(word: str) -> int:
    if word in _GRAMMAR:
        return _SAYS_LITTLE
    if word in _COMMON:
        return _SAYS_SOME
    return _SAYS_MUCH if is_syllable(word) else _IS_NAME


@lru_cache(_SYLLABLES)
def _is_name(word: str) -> bool:
    """Foreign words and abbreviations: in Vietnamese they are names, nearly always."""
    return word.isalpha() and not is_syllable(word)
