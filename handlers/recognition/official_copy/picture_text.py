"""Compares the words that a machine read in a picture with an official text.

Such words may be misread, above all their diacritics, and others stand around them: labels of an app,
comments, the frame of a card. So they never prove a copy. They show a forged one: where the words around
agree, a number, a date, an hour, an amount, an account or a negation that differs is a deviation.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from rapidfuzz import fuzz

from handlers.recognition.official_copy.alignment import Deviation
from handlers.recognition.official_copy.comparison import WORDS_MIN, Wording, is_disputed_only
from handlers.recognition.official_copy.words import WORDS_MAX, ReadText, Word, read_lines
from handlers.recognition.syllables import bare

_CHAIN_MIN = 4
"""Words in common, close together, that place a part of the picture in the official text."""
_NEAR = 3
"""So many words may be misread or left out between two of them."""
_SHARE = 0.7
"""So much of the words from the first to the last that are in common is in common."""
_TEXT_SHARE = 0.5
"""So much of an official text is enough, however short it is."""
_PART_WORDS = 12
"""So many words are enough for a part of it, as a card shows: some of its lines, or its beginning."""
_UNREAD_WORDS = 3
"""So many words missing at the end of a line may be a line that was not read."""
_ADDED_WORDS = 3
"""A line of so many words with a number of its own was added; fewer may be noise of the picture."""
_MISREAD = 60
"""From this similarity in percent on two words may be one and the same, misread."""
_NEGATION_LIST = """
    không chưa chẳng đừng cấm hoãn hủy huỷ ngừng dừng no not never nobody without cannot
"""
_NEGATIONS = frozenset(_NEGATION_LIST.split())
"""Words that turn a sentence round by themselves."""
_NEGATIONS_BARE = frozenset({"khong", "chua"})
"""Those of them that no other word is, however its diacritics are read."""
_DIGITS = re.compile(r"\d+")
_MISREAD_ZERO = re.compile(r"(?<=\d)[oOQ](?![^\W\d])|(?<![^\W_])[oOQ](?=\d)")
_MISREAD_ONE = re.compile(r"(?<=\d)[lI|](?![^\W\d])")
_LINK = re.compile(
    r"(?:https?:|www\.)\S*|(?<![\w-])[a-z0-9-]++\.[a-z]{2,}+(?![^\W\d_])\S*", re.IGNORECASE
)
_LETTER_BEFORE_DOT = re.compile(r"[0-9-]*+[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class PictureComparison:
    """The result for one official text."""

    deviations: tuple[Deviation, ...] = ()
    """The words that differ and decide, in the order of the text."""
    matched: int = 0
    """Number of words in common."""


def compare_pictures(
    theirs: str, wordings: tuple[Wording, ...], looks_like: tuple[bool, ...]
) -> list[PictureComparison | None]:
    """The comparison of the words in pictures with each of the wordings; None where they are others.

    `looks_like` says for each whether the picture looks like its card: then a few words in common are
    enough, and everything in the picture belongs to it.
    """
    return [
        compare_picture(theirs, wording, is_alike=is_alike)
        for wording, is_alike in zip(wordings, looks_like, strict=True)
    ]


def compare_picture(theirs: str, wording: Wording, *, is_alike: bool) -> PictureComparison | None:
    """The comparison with one wording; None if the picture has other words."""
    new = _words([(_clear(theirs), True)])
    if len(new.words) < WORDS_MIN:
        return None
    ours = _words(wording.lines)
    matcher = SequenceMatcher(None, ours.keys, new.keys, autojunk=False)
    blocks = _placed(matcher.get_matching_blocks())
    pairs = [
        (block.a + at, block.b + at)
        for block in blocks
        for at in range(block.size)
        if ours.words[block.a + at].is_required
    ]
    if len(pairs) < WORDS_MIN:
        return None
    disputed = [_words([(line, True)]).keys for line in wording.disputed]
    is_claim = is_disputed_only(disputed, ours, blocks)
    if not is_alike and (is_claim or not _is_copy(ours, pairs)):
        return None
    reading = _Reading(ours, new, _numbers_of(wording))
    deviations = [
        reading.before(blocks[0]),
        *(reading.gap(one, other) for one, other in pairwise(blocks)),
        reading.behind(blocks[-1]),
    ]
    if is_alike:
        last = blocks[-1]
        deviations.insert(0, reading.added(0, blocks[0].b))
        deviations.append(reading.added(last.b + last.size, len(new.words)))
    return PictureComparison(tuple(filter(None, deviations)), len(pairs))


def _clear(theirs: str) -> str:
    """The words without addresses, whose letters are misread too often; letters in numbers as digits."""
    text = _MISREAD_ZERO.sub("0", _LINK.sub(_without_link, theirs))
    return _MISREAD_ONE.sub("1", text)


def _without_link(found: re.Match[str]) -> str:
    """Nothing for an address; a number and the word after a missing space as they are."""
    return " " if _LETTER_BEFORE_DOT.match(found[0]) else found[0]


def _words(lines: Iterable[tuple[str, bool]]) -> ReadText:
    """The words without addresses and signs, each with a key without diacritics.

    Numbers are their groups of digits, whatever stands between them.
    """
    read = read_lines(lines, WORDS_MAX)
    words = [
        _with_key(word, key)
        for word in read.words
        if not word.key.startswith("⟨")
        for key in _DIGITS.findall(word.key) or [bare(word.key)]
        if key.isalnum()
    ]
    return ReadText(words, read.written)


def _with_key(word: Word, key: str) -> Word:
    return Word(
        key,
        word.raw,
        word.begins,
        word.follows_colon,
        word.decisive,
        word.key in _NEGATIONS or key in _NEGATIONS_BARE,
        word.part,
        word.is_required,
    )


def _placed(blocks: Sequence[Match]) -> list[Match]:
    """The blocks in common that are one with enough words near by; single words agree by chance."""
    chains: list[list[Match]] = []
    for block in filter(lambda one: one.size, blocks):
        last = chains[-1][-1] if chains else None
        if last and max(block.a - last.a - last.size, block.b - last.b - last.size) <= _NEAR:
            chains[-1].append(block)
        else:
            chains.append([block])
    return [
        block for chain in chains if sum(one.size for one in chain) >= _CHAIN_MIN for block in chain
    ]


def _is_copy(ours: ReadText, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether so much is in common that the picture shows this text, or one made of it.

    Lines that a copy may lack, such as the issuer, are the same in many texts and do not count.
    """
    (first, first_new), (last, last_new) = pairs[0], pairs[-1]
    matched = len(pairs)
    if matched < _SHARE * (last_new + 1 - first_new):
        return False
    required = [word.part for word in ours.words if word.is_required]
    if matched >= _TEXT_SHARE * len(required):
        return True
    touched = {ours.words[at].part for at, _ in pairs}
    of_lines = sum(part in touched for part in required)
    return matched >= _PART_WORDS and matched >= _SHARE * min(of_lines, last + 1 - first)


def _numbers_of(wording: Wording) -> frozenset[str]:
    """Every number in the text and in the lines that the bot may add."""
    lines = (*(line for line, _ in wording.lines), *wording.extras)
    return frozenset(number for line in lines for number in _DIGITS.findall(line))


class _Reading:
    """Judges the places at which a picture and an official text differ."""

    def __init__(self, ours: ReadText, new: ReadText, numbers: frozenset[str]) -> None:
        self._ours = ours
        self._new = new
        self._numbers = numbers

    def gap(self, before: Match, after: Match) -> Deviation | None:
        """The deviation between two blocks of words in common; None for none."""
        i1, i2 = before.a + before.size, after.a
        j1, j2 = before.b + before.size, after.b
        ours, new = self._ours.words[i1:i2], self._new.words[j1:j2]
        if _digits(ours) == _digits(new) and not self._is_other_negation(ours, new):
            return None
        if not new:
            return self._missing(i1, i2, j1)
        if not _digits(ours) and _is_speck(new):
            return None
        if not ours:
            return self.added(j1, j2) if self._is_of_lines(j1, j2) else self._inserted(new)
        return self._replaced((i1, i2), (j1, j2))

    def before(self, first: Match) -> Deviation | None:
        """The deviation if another number stands right before the first words in common."""
        return self._other_number(
            _number_before(self._ours, first.a), _number_before(self._new, first.b)
        )

    def behind(self, last: Match) -> Deviation | None:
        """The same behind the last words in common."""
        i, j = last.a + last.size, last.b + last.size
        return self._other_number(_number_behind(self._ours, i), _number_behind(self._new, j))

    def _other_number(self, ours: Sequence[Word], new: Sequence[Word]) -> Deviation | None:
        one, other = _digits(ours), _digits(new)
        # What is longer or shorter may be another line: the time of a comment.
        if one == other or len(one) != len(other) or not ours[0].is_required:
            return None
        return Deviation(self._ours.shown(ours), self._new.shown(new))

    def added(self, j1: int, j2: int) -> Deviation | None:
        """The whole lines that have a number which is nowhere in the official text."""
        lines: dict[int, list[Word]] = {}
        for word in self._new.words[j1:j2]:
            lines.setdefault(word.part, []).append(word)
        added = [word for line in lines.values() if self._is_added(line) for word in line]
        return Deviation("", self._new.shown(added)) if added else None

    def _is_added(self, line: Sequence[Word]) -> bool:
        letters = sum(len(word.key) > 1 and word.key.isalpha() for word in line)
        return letters >= _ADDED_WORDS and any(
            word.key.isdecimal() and word.key not in self._numbers for word in line
        )

    def _missing(self, i1: int, i2: int, j: int) -> Deviation | None:
        """Words left out: not whole sentences, and not lines that were not read."""
        words, new = self._ours.words, self._new.words
        gone = words[i1:i2]
        if not any(word.is_required for word in gone) or self._is_whole(i1, i2):
            return None
        is_line_end = new[j - 1].part != new[j].part
        if (is_line_end and len(gone) >= _UNREAD_WORDS) or not _decides(gone):
            return None
        return Deviation(self._ours.shown(gone), "")

    def _is_whole(self, i1: int, i2: int) -> bool:
        words = self._ours.words
        begins = [word.begins and not word.follows_colon for word in words[i1 : i2 + 1]]
        return begins[0] and (i2 == len(words) or begins[-1])

    def _inserted(self, new: Sequence[Word]) -> Deviation | None:
        return Deviation("", self._new.shown(new)) if _decides(new) else None

    def _replaced(
        self, ours_range: tuple[int, int], new_range: tuple[int, int]
    ) -> Deviation | None:
        ours, new = self._ours.words[slice(*ours_range)], self._new.words[slice(*new_range)]
        if not any(word.is_required for word in ours):
            return None
        if self._is_of_lines(*new_range) and not self._is_in_place(ours_range, new):
            return self.added(*new_range)
        is_other_number = _digits(new) and _digits(ours) != _digits(new)
        if is_other_number or self._is_other_negation(ours, new):
            return Deviation(self._ours.shown(ours), self._new.shown(new))
        return None

    def _is_in_place(self, ours_range: tuple[int, int], new: Sequence[Word]) -> bool:
        """Whether these words stand for those, rather than where those were left out."""
        ours = self._ours.words[slice(*ours_range)]
        is_number = bool(_digits(ours) and _digits(new)) and not self._is_whole(*ours_range)
        if is_number and len(new) <= len(ours) + _NEAR:
            return True
        one, other = (" ".join(word.key for word in words) for words in (ours, new))
        return fuzz.ratio(one, other) >= _MISREAD

    def _is_of_lines(self, j1: int, j2: int) -> bool:
        """Whether these are whole lines of the picture."""
        words = self._new.words
        begins = j1 == 0 or words[j1 - 1].part != words[j1].part
        return begins and (j2 == len(words) or words[j2 - 1].part != words[j2].part)

    @staticmethod
    def _is_other_negation(ours: Sequence[Word], new: Sequence[Word]) -> bool:
        """Whether a negation is in only one of them, and no word of the other is it misread."""
        one, other = (Counter(w.key for w in words if w.negates) for words in (ours, new))
        return _is_gone(one - other, new) or _is_gone(other - one, ours)


def _is_gone(negations: Counter[str], words: Sequence[Word]) -> bool:
    return any(
        all(fuzz.ratio(negation, word.key) < _MISREAD for word in words) for negation in negations
    )


def _number_before(text: ReadText, at: int) -> Sequence[Word]:
    """The groups of digits right before a word."""
    begin = at
    while begin and text.words[begin - 1].key.isdecimal():
        begin -= 1
    return text.words[begin:at]


def _number_behind(text: ReadText, at: int) -> Sequence[Word]:
    """The groups of digits from a word on."""
    end = at
    while end < len(text.words) and text.words[end].key.isdecimal():
        end += 1
    return text.words[at:end]


def _is_speck(words: Sequence[Word]) -> bool:
    """Whether these may be a mark in front of a line that was read as a digit."""
    letters = sum(len(word.key) > 1 and word.key.isalpha() for word in words)
    negates = any(word.negates for word in words)
    return len(_digits(words)) == 1 and letters <= 1 and not negates


def _decides(words: Sequence[Word]) -> bool:
    return any(word.negates or word.key.isdecimal() for word in words)


def _digits(words: Iterable[Word]) -> str:
    return "".join(word.key for word in words if word.key.isdecimal())
