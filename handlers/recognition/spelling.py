"""How people type in chats, read as the words it stands for.

A spelling is read as a word only when it surely is that word: it is no Vietnamese syllable by itself
and stands for one word only. `ck` (chồng, chuyển khoản) and `dk` (đăng ký, điều kiện, được) stay what
they are, and so does every number.
"""

import re
from functools import lru_cache
from itertools import groupby

from handlers.recognition.syllables import bare, is_syllable, well_placed

_CHAT = {
    "không": "ko k k0 kh khg khog hok hk kô hog",
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
    "như thế nào": "ntn",
    "số điện thoại": "sdt sđt",
    "số tài khoản": "stk",
    "hôm nay": "hnay",
    "hôm qua": "hqua",
    "gia đình": "gđ",
    "phải": "fai",
    "bình thường": "bthg bthuong",
    "mình": "mik mjnh",
    "vậy": "zay",
    "facebook": "fb",
    "zalo": "zl",
    "ok": "oke okie oki okay",
}
"""What is meant, and how it is typed."""
_READ_AS = {bare(typed): word for word, forms in _CHAT.items() for typed in forms.split()}
_FOR_LETTERS = str.maketrans("0134", "oiea")
_LETTER = r"[^\W\d_]"
_DIGITS_FOR_LETTERS = re.compile(
    # Inside a word (`T1EN`), or a nought behind a consonant (`h0 tr0`); B1, A0 and F0 are names.
    rf"{_LETTER}+[0134]+{_LETTER}(?:{_LETTER}|[0134])*|(?:{_LETTER}{{2,}}|[hkv])0"
)
_VOWEL_FIRST = re.compile(r"[aeiouy]")
_WORDS = 20_000
"""How many words are remembered in their own spelling: Vietnamese has some 7,000 syllables."""
_LONG = 3
"""From so many equal letters on, they are a drawl: no language here writes them."""


def as_meant(words: list[str], *, with_marks: bool) -> list[str]:
    """The words that are meant, each in the one spelling it has here."""
    meant: list[str] = []
    for word in words:
        settled = _settled(word)
        amount = settled == "k" and meant and meant[-1][-1:].isdigit()
        read = None if amount else _READ_AS.get(bare(settled))
        meant += (read if with_marks else bare(read)).split() if read else [settled]
    return meant


@lru_cache(_WORDS)
def _settled(word: str) -> str:
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
    return well_placed(_without_drawl(word))


def _without_drawl(word: str) -> str:
    """`khôngggg` is `không`, `quáaa` is `quá`; a doubled letter goes when only then it is a syllable."""
    runs = ["".join(run) for _, run in groupby(word, key=bare)]
    short = "".join(_strongest(run) if len(run) >= _LONG else run for run in runs)
    single = "".join(_strongest(run) for run in runs)
    return single if not is_syllable(bare(short)) and is_syllable(bare(single)) else short


def _strongest(run: str) -> str:
    """One letter for all of them: the one that was typed with its marks."""
    return max(run, key=lambda letter: (letter != bare(letter), letter))
