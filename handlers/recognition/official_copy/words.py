"""Reads a text as the words by which copies are compared, with what a sentence would lose without each.

`handlers.recognition.official_copy` compares them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers.recognition.addresses import read, spans
from handlers.recognition.author_heads import without_heads
from handlers.recognition.homographs import is_name
from handlers.recognition.normalization import words_of
from handlers.recognition.plain_text import legible
from handlers.recognition.syllables import bare, is_marked

WORDS_MAX = 2_000
"""A text with more words is not compared: no message of the club has half as many."""
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


@dataclass(frozen=True, slots=True)
class Word:
    """One compared word of a text."""

    key: str
    """The word without differences that are noise."""
    raw: int
    """The index of the written word that it belongs to."""
    begins: bool
    """Whether a sentence or a line begins with it."""
    follows_colon: bool
    """Whether it begins a line or sentence behind a colon, which it belongs to."""
    decisive: bool
    """Whether a sentence may mean something else without it."""
    negates: bool
    """Whether it says *no*, *not* or the like."""
    part: int
    """The number of the line that it is in."""
    is_required: bool
    """Whether a copy must have its line."""


@dataclass(frozen=True)
class ReadText:
    """A text as its compared words."""

    words: Sequence[Word]
    written: Sequence[str]
    """The words as they are written, which `Word.raw` counts."""

    @property
    def keys(self) -> list[str]:
        """The keys of all words, in order."""
        return [word.key for word in self.words]

    def shown(self, words: Sequence[Word]) -> str:
        """The words as they are written."""
        if not words:
            return ""
        raws = dict.fromkeys(word.raw for word in words)
        return " ".join(self.written[raw] for raw in raws)


def read_lines(lines: Iterable[tuple[str, bool]], most: int) -> ReadText:
    """The words of some texts, each with whether a copy must have it; at most `most` words.

    Each line of a text is a part of its own.
    """
    words: list[Word] = []
    written: list[str] = []
    part = 0
    for text, is_required in lines:
        cleaned = _QUOTE_PREFIX.sub("", without_heads(legible(text)))
        for line in cleaned.splitlines():
            _read_line(line, words, written, part, is_required=is_required, most=most)
            part += 1
            if len(words) >= most:
                return ReadText(words[:most], written)
    return ReadText(words, written)


def _read_line(
    line: str,
    words: list[Word],
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
        keys = (f"⟨{link_key(raw)}⟩",) if is_address else _keys(raw)
        for key in keys:
            words.append(
                Word(
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


def bare_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys without their diacritics."""
    return tuple(bare(key) for key in keys)


def without_diacritics(text: ReadText) -> ReadText:
    """The text with bare keys; what is shown of it keeps its diacritics."""
    return replace(text, words=[replace(word, key=bare(word.key)) for word in text.words])


def has_diacritics(key: str) -> bool:
    """Whether a word was typed with diacritics; đ does not count, since some keyboards have a key for it."""
    return is_marked(key.replace("đ", "d"))


def link_key(address: str) -> str:
    """The address in the form in which two are compared."""
    parsed = read(address)
    return parsed.full if parsed else address.strip().casefold()
