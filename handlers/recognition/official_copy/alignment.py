"""The differences between an official text and a copy, once their words are aligned.

Each is spacing, a line that the bot adds, a part left out, or a deviation that makes it a changed copy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.recognition.official_copy.words import ReadText, Word

_LONG_NUMBER = 6
"""A number of so many digits may be written in groups: an account, a telephone, an amount."""
_GROUP_MIN = 3
"""A group of such a number has so many digits."""
_SHORT_SENTENCE = 3
"""A sentence of fewer words may be an answer: without its “no” the next one may mean the opposite."""
_NUMBER = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Deviation:
    """Words of the official text (`ours`), and those in the copy (`theirs`); either may be empty."""

    ours: str
    theirs: str


class Alignment:
    """The differences of two aligned texts, judged one after the other."""

    def __init__(self, ours: ReadText, new: ReadText, extras: Sequence[Sequence[str]]) -> None:
        self._ours = ours
        self._new = new
        self._extras = sorted(filter(None, extras), key=len, reverse=True)
        self.deviations: list[Deviation] = []
        self.leaves_out = False
        """Whether the copy lacks something without which the rest means the same."""

    def add(self, i1: int, i2: int, j1: int, j2: int) -> None:
        """Adds a difference: the copy has its words `j1` to `j2` in place of the official `i1` to `i2`."""
        o1, o2 = self._without_bot_lines(i1, i2) if j1 < j2 else (i1, i2)
        if _is_spacing(self._ours.keys[o1:o2], self._new.keys[j1:j2]):
            return
        if j1 < j2 and not self._are_extra_lines(self._new.keys[j1:j2]):
            self._add_differing(o1, o2, j1, j2)
        elif i1 < i2:
            self._add_missing(i1, i2)

    def _add_differing(self, i1: int, i2: int, j1: int, j2: int) -> None:
        ours, new = self._ours.words[i1:i2], self._new.words[j1:j2]
        self.deviations.append(Deviation(self._ours.shown(ours), self._new.shown(new)))

    def _without_bot_lines(self, i1: int, i2: int) -> tuple[int, int]:
        """The range without whole lines that the bot adds at its ends: a copy may lack them."""
        words = self._ours.words
        while i1 < i2 and (end := self._end_of_line(i1)) <= i2 and not words[i1].is_required:
            if i1 > 0 and words[i1 - 1].part == words[i1].part:
                break
            i1 = end
        while i1 < i2 and not words[i2 - 1].is_required:
            start = self._start_of_line(i2 - 1)
            if start < i1 or (i2 < len(words) and words[i2].part == words[i2 - 1].part):
                break
            i2 = start
        return i1, i2

    def _end_of_line(self, at: int) -> int:
        words, part = self._ours.words, self._ours.words[at].part
        while at < len(words) and words[at].part == part:
            at += 1
        return at

    def _start_of_line(self, at: int) -> int:
        words, part = self._ours.words, self._ours.words[at].part
        while at > 0 and words[at - 1].part == part:
            at -= 1
        return at

    def _are_extra_lines(self, keys: Sequence[str]) -> bool:
        at = 0
        while at < len(keys):
            fits = (e for e in self._extras if list(keys[at : at + len(e)]) == list(e))
            extra = next(fits, None)
            if extra is None:
                return False
            at += len(extra)
        return True

    def _add_missing(self, i1: int, i2: int) -> None:
        i1, i2 = self._moved_to_sentences(i1, i2)
        missing = self._ours.words[i1:i2]
        if self._is_bot_lines(i1, i2):
            return
        if self._changes_meaning(i1, i2):
            self.deviations.append(Deviation(self._ours.shown(missing), ""))
        else:
            self.leaves_out = True

    def _moved_to_sentences(self, i1: int, i2: int) -> tuple[int, int]:
        """An equivalent gap that leaves out whole sentences, if repeated words allow one; else the same."""
        keys, at = self._ours.keys, i1
        for step in range(i2 - i1):
            if self._is_whole(at, at + i2 - i1):
                return at, at + i2 - i1
            if at == 0 or keys[at - 1] != keys[at + i2 - i1 - 1] or step > i2 - i1:
                break
            at -= 1
        start, end = i1, i2
        while end < len(keys) and end - i2 < i2 - i1 and keys[start] == keys[end]:
            start, end = start + 1, end + 1
            if self._is_whole(start, end):
                return start, end
        return i1, i2

    def _is_whole(self, i1: int, i2: int) -> bool:
        words = self._ours.words
        ends = i2 == len(words) or (words[i2].begins and not words[i2].follows_colon)
        return words[i1].begins and ends

    def _is_bot_lines(self, i1: int, i2: int) -> bool:
        """Whether only whole lines that the bot adds are missing."""
        words = self._ours.words
        if any(word.is_required for word in words[i1:i2]):
            return False
        begins = i1 == 0 or words[i1 - 1].part != words[i1].part
        ends = i2 == len(words) or words[i2].part != words[i2 - 1].part
        return begins and ends

    def _changes_meaning(self, i1: int, i2: int) -> bool:
        """Whether a sentence that is partly kept lacks a word that decides what it means."""
        words = self._ours.words
        touched = list(_sentences(words, i1, i2))
        if len(touched) > 1 and touched[0][0] < i1 and i2 < touched[-1][1]:
            return True  # the beginning of one sentence runs on into the end of another
        for start, end in touched:
            sentence = words[start:end]
            stays = start < i1 or end > i2
            gone = words[max(start, i1) : min(end, i2)]
            if not stays:
                is_answer = len(sentence) < _SHORT_SENTENCE and any(w.negates for w in sentence)
                if is_answer and not (i1 == 0 and i2 == len(words)):
                    return True
                continue
            is_cut = self._is_cut_off(i1, i2)
            if any(word.negates or (word.decisive and not is_cut) for word in gone):
                return True
        return False

    def _is_cut_off(self, i1: int, i2: int) -> bool:
        """Whether the gap is at the beginning or the end of the required lines."""
        words = self._ours.words
        before = any(word.is_required for word in words[:i1])
        after = any(word.is_required for word in words[i2:])
        return not (before and after)


def _sentences(words: Sequence[Word], i1: int, i2: int) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence that the range touches."""
    start = i1
    while start > 0 and not _is_start(words[start]):
        start -= 1
    while start < i2:
        end = start + 1
        while end < len(words) and not _is_start(words[end]):
            end += 1
        yield start, end
        start = end


def _is_start(word: Word) -> bool:
    return word.begins and not word.follows_colon


def _is_spacing(ours: Sequence[str], new: Sequence[str]) -> bool:
    """Whether they differ in spacing only: written as one word, or a long number grouped otherwise."""
    one, other = _joined(ours), _joined(new)
    if one != other or not one:
        return False
    if one.isdecimal():
        return (len(ours) == len(new) == 1) or (
            len(one) >= _LONG_NUMBER and (_is_grouped(ours) or len(ours) == 1) and _is_grouped(new)
        )
    return min(len(ours), len(new)) == 1 and not _NUMBER.search(one)


def _is_grouped(keys: Sequence[str]) -> bool:
    """Whether these can only be one number in groups: not `5 200.000`, a number and an amount."""
    return all(key.isdecimal() for key in keys) and all(len(key) >= _GROUP_MIN for key in keys)


def _joined(keys: Sequence[str]) -> str:
    return "".join(_THOUSANDS.sub("", key) for key in keys)
