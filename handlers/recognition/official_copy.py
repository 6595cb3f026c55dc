"""Compares a text with an official text: a whole copy, a quote, a changed copy, or another text.

The texts are compared word by word. Only provable noise is ignored: diacritics left out of a whole
text, spacing, capitals, decoration, headers of forwarded messages, and lines that the bot adds. Any
other word that is new or different makes a copy *changed*. Words left out make it a *quote*, unless
that changes the meaning of the rest: an amount, a date, a name or a negation is missing inside a
sentence.

See docs/decisions/0035-genuine-outdated-changed-quoted.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from handlers.recognition.addresses import read, spans
from handlers.recognition.author_heads import without_heads
from handlers.recognition.homographs import is_name
from handlers.recognition.normalization import words_of
from handlers.recognition.plain_text import legible
from handlers.recognition.syllables import bare, is_marked

WORDS_MAX = 2_000
"""A text with more words is not compared: no message of the club has half as many."""
WORDS_MIN = 6
"""Fewer words in common make no copy: phrases such as thanks are in many texts."""
_WHOLE, _NEARLY_ALL, _MOST, _SOME = 0.9, 0.8, 0.6, 0.3
"""Shares of the words in common from which a text is a changed copy (`_is_changed_copy`)."""
_RUN_MIN = 4
"""A changed copy has at least so many words in a row in common with the official text."""
_LONG_NUMBER = 6
"""A number of so many digits may be written in groups: an account, a telephone, an amount."""
_GROUP_MIN = 3
"""A group of such a number has so many digits."""
_SHORT_SENTENCE = 3
"""A sentence of fewer words may be an answer: without its “no” the next one may mean the opposite."""

_KINDS_OF_SIGNS = (
    ("✅", "✅☑✔✓🗸"),
    ("❌", "❌✖❎✗✘☒🗙🗴🗵🗶🗷"),
    ("🚫", "🚫⛔🛑"),
    *((sign, sign) for sign in "👍👎⭕≥≤≠≈±×÷"),
    ("→", "→➡⇒➔➜"),
    ("←", "←⬅⇐"),
    ("↑", "↑⬆⇑"),
    ("↓", "↓⬇⇓"),
)
_SIGNS = {sign: kind for kind, signs in _KINDS_OF_SIGNS for sign in signs}
_SIGN = re.compile(f"([{''.join(_SIGNS)}])\ufe0f?")
_STRUCK = "⊘"
_STRIKING = re.compile("[\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e0\u20e5\u20e6\u20ea\u20eb]")
"""Combining characters that cross out the letter before; a word crossed out is followed by a sign."""
_NEGATING_SIGNS = frozenset("❌🚫👎≠⊘")
_DECISIVE_SIGNS = frozenset("⹁?%‰+<>=-−≥≤≈±×÷→←↑↓")
_HANDLE = re.compile(r"@\w[\w.]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}", re.IGNORECASE)
_AROUND_ADDRESS = re.compile(r"([\"'“”‘’«»(\[]*)(.*?)([.,;:!?…\"'“”‘’»)\]]*)", re.DOTALL)
_QUOTE_PREFIX = re.compile(r"^[ \t]*+(?:>[ \t]*+)++(?!\d)", re.MULTILINE)
_PIECES = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[^\w\s]|⹁")
_NUMBER = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_ENDS_SENTENCE = re.compile(r"[.!?…:;]+[\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"[A-ZĐ][a-zđ]{0,2}\.|[A-ZĐ]{1,3}\.|\d{1,3}[.)]")
"""`TP.`, `Q.`, `GS.` and the number of a list end no sentence."""
_MARKED = "à "
"""A word with diacritics put before each word, so that `words_of` expands chat spelling."""
_ANSWERS = frozenset({"không", "chưa", "khong", "chua", "no"})
_NEGATION_LIST = """
    không chưa chẳng chả chớ đừng cấm hoãn hủy huỷ ngừng dừng ngưng trừ miễn bỏ tránh chỉ thôi vô phi
    giả sai bịa khỏi ngoài
    no not never none nor without cancelled canceled cannot except only unless stop free
    nobody nothing nowhere neither hardly avoid forbidden prohibited false fake wrong untrue unsafe invalid
"""
_NEGATIONS = frozenset(_NEGATION_LIST.split())
_CONTRACTED = re.compile(r"[a-z]n['’ʼ]t(?![a-z])", re.IGNORECASE)
"""`don't`, `can’t`."""
_QUANTITY_LIST = """
    một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ rưỡi nửa sáng
    trưa chiều tối đêm one two three four five six seven eight nine ten hundred thousand million
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december morning noon afternoon evening night
    chục vạn tá đôi rưởi lẻ mốt nhật mai hôm trước sau trên dưới hơn kém quá tối đa thiểu nhất
    half dozen today tomorrow yesterday before after over under above below more less most least until
"""
_QUANTITIES = frozenset(_QUANTITY_LIST.split())


class CopyKind(StrEnum):
    """How a text relates to an official text."""

    WHOLE = "whole"
    """It has every required word and no other."""
    QUOTE = "quote"
    """It has some of the words and no other."""
    CHANGED = "changed"


@dataclass(frozen=True)
class Wording:
    """An official text as copies are compared with it."""

    lines: tuple[tuple[str, bool], ...]
    """Its lines in order, as plain text, each with whether it is required in a copy: title and text are,
    the lines that the bot adds above and below are not."""
    extras: tuple[str, ...] = ()
    """Other lines that the bot may add: in a share kit, or the choices of a message."""
    links: tuple[str, ...] = ()
    """Link targets in it."""
    disputed: tuple[str, ...] = ()
    """Lines that say what others claim: alone they are no quote of the text."""


@dataclass(frozen=True)
class Deviation:
    """Words of the official text (`ours`), and those in the copy (`theirs`); either may be empty."""

    ours: str
    theirs: str


@dataclass(frozen=True)
class CopyComparison:
    """The result for one official text."""

    kind: CopyKind
    deviations: tuple[Deviation, ...] = ()
    """For a changed copy: the words that differ, in the order of the text."""
    matched: int = 0
    """Number of words in common."""


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    raw: int
    """The index of the written word that it belongs to."""
    begins: bool
    """Whether a sentence or a line begins with it."""
    follows_colon: bool
    decisive: bool
    """Whether a sentence may mean something else without it."""
    negates: bool
    part: int
    """The number of the line that it is in."""
    is_required: bool


@dataclass(frozen=True)
class _ReadText:
    words: Sequence[_Word]
    written: Sequence[str]

    @property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    def shown(self, words: Sequence[_Word]) -> str:
        """The words as they are written."""
        if not words:
            return ""
        raws = dict.fromkeys(word.raw for word in words)
        return " ".join(self.written[raw] for raw in raws)


def searchable(text: str) -> str:
    """The words of a text without diacritics, by which copies are searched."""
    return " ".join(bare(word.key) for word in _read([(text, True)], WORDS_MAX).words)


def letters(theirs: str, wordings: Sequence[Wording]) -> int:
    """Number of characters that `compare_all` reads, as a measure of its running time."""
    ours = sum(len(line) for wording in wordings for line, _ in wording.lines)
    return ours + len(theirs) * max(1, len(wordings))


def compare_all(
    theirs: str, links: tuple[str, ...], wordings: tuple[Wording, ...]
) -> list[CopyComparison | None]:
    """The comparison of one text with each of the wordings; None where it is another text."""
    return [compare(theirs, links, wording) for wording in wordings]


def compare(theirs: str, links: tuple[str, ...], wording: Wording) -> CopyComparison | None:
    """The comparison of a text with one wording; None if it is another text.

    `links` are the link targets of the text: one that the official text does not have is a change.
    """
    ours = _read(wording.lines, WORDS_MAX)
    extras = [_read([(line, False)], WORDS_MAX).keys for line in wording.extras]
    own = _lines_of(ours)
    around = [extra for extra in extras if _bare_keys(extra) not in own]
    new = _without_extra_lines(_read([(theirs, True)], WORDS_MAX + 1), around)
    if not ours.words or not WORDS_MIN <= len(new.words) <= WORDS_MAX:
        return None
    if not any(_has_diacritics(word.key) for word in new.words):
        ours, extras = _without_diacritics(ours), [[bare(key) for key in extra] for extra in extras]
        new = _without_diacritics(new)
    matcher = SequenceMatcher(None, ours.keys, new.keys, autojunk=False)
    blocks = matcher.get_matching_blocks()
    matched = sum(block.size for block in blocks)
    if _is_disputed_only(wording, ours, blocks):
        return None
    alignment = _Alignment(ours, new, extras)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            alignment.add(i1, i2, j1, j2)
    other_links = [Deviation("", link) for link in links if _link(link) not in _links_of(wording)]
    deviations = (*alignment.deviations, *other_links)
    if deviations:
        is_copy = _is_changed_copy(ours, new, matched, max(block.size for block in blocks))
        changed = CopyComparison(CopyKind.CHANGED, deviations, matched)
        return changed if is_copy or not alignment.deviations else None
    if matched < WORDS_MIN:
        return None
    return CopyComparison(CopyKind.QUOTE if alignment.leaves_out else CopyKind.WHOLE, (), matched)


def _is_disputed_only(wording: Wording, ours: _ReadText, blocks: Iterable[Match]) -> bool:
    """Whether all that is the same are lines that repeat what others claim."""
    disputed = {_bare_keys(_read([(line, True)], WORDS_MAX).keys) for line in wording.disputed}
    if not disputed:
        return False
    lines: dict[int, list[str]] = {}
    for word in ours.words:
        lines.setdefault(word.part, []).append(word.key)
    parts = {part for part, keys in lines.items() if _bare_keys(keys) in disputed}
    same = (word for block in blocks for word in ours.words[block.a : block.a + block.size])
    return all(word.part in parts for word in same)


def _is_changed_copy(ours: _ReadText, new: _ReadText, matched: int, run: int) -> bool:
    """Whether enough is the same for a copy, whatever differs."""
    required = sum(word.is_required for word in ours.words)
    of_new, of_ours = matched / len(new.words), matched / max(required, 1)
    if matched < WORDS_MIN or run < min(_RUN_MIN, required):
        return False
    if of_ours >= _WHOLE:
        return of_new >= _SOME
    return of_new >= _NEARLY_ALL or (of_new >= _MOST and of_ours >= _MOST)


class _Alignment:
    """The differences of two aligned texts, judged one after the other."""

    def __init__(self, ours: _ReadText, new: _ReadText, extras: Sequence[Sequence[str]]) -> None:
        self._ours = ours
        self._new = new
        self._extras = sorted(filter(None, extras), key=len, reverse=True)
        self.deviations: list[Deviation] = []
        self.leaves_out = False

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


def _sentences(words: Sequence[_Word], i1: int, i2: int) -> Iterator[tuple[int, int]]:
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


def _is_start(word: _Word) -> bool:
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


def _without_extra_lines(new: _ReadText, extras: Sequence[Sequence[str]]) -> _ReadText:
    """The text without extra lines of the bot; diacritics do not count."""
    known = set(map(_bare_keys, extras))
    lines: dict[int, list[_Word]] = {}
    for word in new.words:
        lines.setdefault(word.part, []).append(word)
    kept = [
        word
        for line in lines.values()
        if tuple(bare(one.key) for one in line) not in known
        for word in line
    ]
    return _ReadText(kept, new.written)


def _lines_of(text: _ReadText) -> frozenset[tuple[str, ...]]:
    """The keys of each line that a copy must have, without diacritics."""
    lines: dict[int, list[str]] = {}
    for word in text.words:
        if word.is_required:
            lines.setdefault(word.part, []).append(word.key)
    return frozenset(map(_bare_keys, lines.values()))


def _bare_keys(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(bare(key) for key in keys)


def _without_diacritics(text: _ReadText) -> _ReadText:
    words = [
        _Word(
            bare(w.key),
            w.raw,
            w.begins,
            w.follows_colon,
            w.decisive,
            w.negates,
            w.part,
            w.is_required,
        )
        for w in text.words
    ]
    return _ReadText(words, text.written)


def _has_diacritics(key: str) -> bool:
    """Whether a word was typed with diacritics; đ does not count, since some keyboards have a key for it."""
    return is_marked(key.replace("đ", "d"))


def _links_of(wording: Wording) -> frozenset[str]:
    text = "\n".join(line for line, _ in wording.lines)
    written = (text[start:stop] for start, stop in spans(text))
    return frozenset(map(_link, (*wording.links, *written)))


def _link(address: str) -> str:
    parsed = read(address)
    return parsed.full if parsed else address.strip().casefold()


def _read(lines: Iterable[tuple[str, bool]], most: int) -> _ReadText:
    """The words of some lines, at most `most`; each line of a text is a part of its own."""
    words: list[_Word] = []
    written: list[str] = []
    part = 0
    for text, is_required in lines:
        cleaned = _QUOTE_PREFIX.sub("", without_heads(legible(text)))
        for line in cleaned.splitlines():
            _read_line(line, words, written, part, is_required=is_required, most=most)
            part += 1
            if len(words) >= most:
                return _ReadText(words[:most], written)
    return _ReadText(words, written)


def _read_line(
    line: str,
    words: list[_Word],
    written: list[str],
    part: int,
    *,
    is_required: bool,
    most: int,
) -> None:
    begins = True
    follows_colon = bool(written) and written[-1].rstrip("\"'”’»)").endswith(":")
    for raw, is_address in _raw_words(line):
        if len(words) >= most:
            return
        written.append(raw)
        keys = (f"⟨{_link(raw)}⟩",) if is_address else _keys(raw)
        for key in keys:
            words.append(
                _Word(
                    key,
                    len(written) - 1,
                    begins,
                    begins and follows_colon,
                    _is_decisive(key, raw, begins=begins),
                    key in _NEGATIONS or key in _NEGATING_SIGNS or bool(_CONTRACTED.search(raw)),
                    part,
                    is_required,
                )
            )
            begins = False
        if not is_address and _ENDS_SENTENCE.search(raw) and not _ABBREVIATED.fullmatch(raw):
            begins, follows_colon = True, raw.rstrip("\"'”’»)").endswith(":")


def _raw_words(line: str) -> Iterator[tuple[str, bool]]:
    """The written words of a line, each with whether it is an address."""
    end = 0
    for start, stop in (*spans(line), (len(line), len(line))):
        for word in line[end:start].split():
            yield from _with_address(word)
        if start < stop:
            yield line[start:stop], True
        end = stop


def _with_address(word: str) -> Iterator[tuple[str, bool]]:
    """The word, or its parts if it is a handle, an address of mail, or a host without `https://`."""
    around = _AROUND_ADDRESS.fullmatch(word)
    before, inner, behind = around.groups() if around else ("", word, "")
    is_host = bool(_HOST.fullmatch(inner)) and is_name(inner.lower())
    if not is_host and not _HANDLE.fullmatch(inner):
        yield word, False
        return
    yield from ((one, one is inner) for one in (before, inner, behind) if one)


@lru_cache(20_000)
def _keys(raw: str) -> tuple[str, ...]:
    """The compared words of one written word: none for decoration, several if signs or digits join them."""
    keys: list[str] = []
    raw, struck = _STRIKING.subn("", raw)
    for piece in _SIGN.split(raw):
        if piece in _SIGNS:
            keys.append(_SIGNS[piece])
        elif piece:
            normalized = words_of(_MARKED + piece).removeprefix(_MARKED.strip()).strip()
            keys += _PIECES.findall(normalized)
    if raw.endswith(",") and len(keys) == 1 and keys[0] in _ANSWERS:
        keys.append("⹁")
    return (*keys, _STRUCK) if struck else tuple(keys)


def _is_decisive(key: str, raw: str, *, begins: bool) -> bool:
    if key[0] == "⟨" or key in _DECISIVE_SIGNS or _NUMBER.search(raw):
        return True
    if key in _NEGATIONS or key in _QUANTITIES:
        return True
    if key in _NEGATING_SIGNS:
        return True
    capitals = sum(letter.isupper() for letter in raw)
    return capitals > 1 or (capitals == 1 and not begins)
