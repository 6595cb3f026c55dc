"""Expands chat spelling to the words it stands for.

A spelling is expanded only if it is unambiguous: it is no Vietnamese syllable and stands for one word
only. `ck` (chồng, chuyển khoản), `dk` (đăng ký, điều kiện, được), `kh` (không, khách hàng), `gđ` (gia
đình, giám đốc) and every number stay unchanged. So does a letter that is a name: `bệnh viện K`, `ông K`,
`nhóm J`.
"""

import re
from functools import lru_cache
from itertools import groupby

from handlers.recognition.syllables import bare, is_syllable, place_tone_mark

_CHAT = {
    "không": "ko k k0 khg khog hok hk kô hog",
    "được": "dc đc dx",
    "người": "ng ngừi",
    "người ta": "ngta ngt nta",
    "mọi người": "mn mng mnguoi",
    "với": "vs",
    "gì": "j",
    "rồi": "r",
    "cũng": "cx cg cug",
    "trước": "trc",
    "trong": "trog",
    "nữa": "nx",
    "làm": "lm",
    "đang": "dag",
    "thích": "thik thjk",
    "số điện thoại": "sdt sđt",
    "số tài khoản": "stk",
    "hôm nay": "hnay",
    "hôm qua": "hqua",
    "phải": "fai",
    "bình thường": "bthg bthuong",
    "mình": "mik mjnh",
    "vậy": "zay",
    "facebook": "fb",
    "zalo": "zl",
    "ok": "oke okie oki okay",
}
"""Word to its chat spellings."""
_READ_AS = {bare(typed): word for word, forms in _CHAT.items() for typed in forms.split()}
_MAY_BE_INITIALS = frozenset(form for form in _READ_AS if len(form) < 3) - {"fb", "zl"}
_NOUNS = """
    vien khu lop nhom phong toa nha day lo block hang loai muc diem khoi cong cua tang to doi ca duong
    so vitamin virus ong ba chuc tram muoi
"""
_CALLED_BY_LETTERS = frozenset(_NOUNS.split())
"""Nouns that a single letter may follow as a name, in upper or lower case."""
_FOR_LETTERS = str.maketrans("0134", "oiea")
_LETTER = r"[^\W\d_]"
_DIGITS_FOR_LETTERS = re.compile(
    # Inside a word (`T1EN`), or a zero after a consonant (`h0 tr0`); B1, A0 and F0 are names.
    rf"{_LETTER}+[0134]+{_LETTER}(?:{_LETTER}|[0134])*|(?:{_LETTER}{{2,}}|[hkv])0"
)
_VOWEL_FIRST = re.compile(r"[aeiouy]")
_CACHED_WORDS = 20_000
"""Size of the cache of words; Vietnamese has about 7,000 syllables."""
_DRAWL_LENGTH = 3
"""From this many equal letters on they are collapsed: neither language writes three in a row."""


def expand_abbreviations(words: list[str], *, with_marks: bool) -> list[str]:
    """The words with chat spelling expanded, each in its canonical spelling."""
    expanded: list[str] = []
    for word in words:
        normalized = _normalized(word)
        if len(normalized) == 1 and expanded and _is_name_behind(expanded[-1]):
            expanded.append(normalized.lower())
            continue
        expansion = _READ_AS.get(bare(normalized))
        expanded += (
            (expansion if with_marks else bare(expansion)).split() if expansion else [normalized]
        )
    return expanded


def may_be_initials(word: str) -> bool:
    """Whether a chat spelling in capitals within lower-case text may be initials of a name."""
    return bare(word.lower()) in _MAY_BE_INITIALS


def _is_name_behind(word: str) -> bool:
    """Whether a single letter after this word is a name, or the unit of an amount (`50k`)."""
    return word[-1].isdigit() or bare(word) in _CALLED_BY_LETTERS


@lru_cache(_CACHED_WORDS)
def _normalized(word: str) -> str:
    while (next_word := _one_step(word)) != word:
        word = next_word
    return word


def _one_step(word: str) -> str:
    if _DIGITS_FOR_LETTERS.fullmatch(word):
        letters = word.translate(_FOR_LETTERS)
        if is_syllable(bare(letters)) and not _VOWEL_FIRST.match(bare(word)):
            return letters
    if not word.isalpha():
        return word
    return place_tone_mark(_without_drawl(word))


def _without_drawl(word: str) -> str:
    """Collapses repeated letters: `khôngggg` becomes `không`; a double letter too, if only then it is a syllable."""
    runs = ["".join(run) for _, run in groupby(word, key=bare)]
    short = "".join(_marked_letter(run) if len(run) >= _DRAWL_LENGTH else run for run in runs)
    single = "".join(_marked_letter(run) for run in runs)
    return single if not is_syllable(bare(short)) and is_syllable(bare(single)) else short


def _marked_letter(run: str) -> str:
    """One letter for the run: the one with diacritics, if there is one."""
    return max(run, key=lambda letter: (letter != bare(letter), letter))
