"""Vietnamese syllables: their valid spellings, and the position of the tone mark."""

import re
import unicodedata
from functools import cache

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay
    e ec ech em en eng enh eo ep et eu
    i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om
    on ong ooc oong op ot
    u ua uan uang uat uay uau ue uech uenh ui um un ung uo uoc uoi uom uon uong
    uop uot uou up ut uu
    uy uya uych uyen uyet uyn uynh uyp uyt uyu
    y yem yen yeng yet yeu
"""
_FRONT = ("e", "i", "y")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below."""
_QUALITIES = frozenset("\u0302\u0306\u031b")
"""Circumflex, breve, horn."""
MARKS = _TONES | _QUALITIES
_VOWELS = frozenset("aăâeêioôơuưy")
_PLAIN = {
    ord(c): unicodedata.normalize("NFD", c)[0]
    for c in map(chr, range(0xC0, 0x1EFA))
    if len(unicodedata.normalize("NFD", c)) > 1
    and set(unicodedata.normalize("NFD", c)[1:]) <= MARKS
} | {ord("đ"): "d"}
_Y_AS_I = re.compile(r"([hklmst])([yýỳỷỹỵ])")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_Y_FOR_I = {v: k for k, v in _I_FOR_Y.items()}


def bare(text: str) -> str:
    """Composed (NFC) Vietnamese text without diacritics; đ becomes d."""
    return text.translate(_PLAIN)


def is_marked(text: str) -> bool:
    """Whether the text has diacritics."""
    return bare(text) != text


@cache
def every_syllable() -> frozenset[str]:
    """Every spelling without diacritics that the orthography allows."""
    rimes = _RIMES.split()
    syllables = set(rimes)
    for onset in _ONSETS.split():
        syllables |= {onset + rime for rime in rimes if _fits(onset, rime)}
    return frozenset(syllables)


def _fits(onset: str, rime: str) -> bool:
    if onset in {"k", "gh", "ngh"}:
        return rime.startswith(_FRONT)
    if onset in {"c", "ng"}:
        return not rime.startswith(_FRONT)
    return not (rime.startswith("u") and onset == "qu")


def is_syllable(letters: str) -> bool:
    """Whether these letters, without diacritics, can be a Vietnamese syllable."""
    return letters in every_syllable()


def place_tone_mark(word: str) -> str:
    """The word with its tone mark in the traditional position: `hoà` becomes `hòa`.

    Where `i` and `y` spell the same sound (`kĩ`, `kỹ`; `qui`, `quy`), one of them is used.
    """
    if word.isascii():
        return _one_spelling(word)
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in _TONES]
    if len(tones) != 1:
        return _one_spelling(word)
    toneless = unicodedata.normalize("NFC", letters.replace(tones[0], ""))
    place = _tone_place(toneless)
    if place is None:
        return word
    placed = toneless[: place + 1] + tones[0] + toneless[place + 1 :]
    return _one_spelling(unicodedata.normalize("NFC", placed))


def _tone_place(toneless: str) -> int | None:
    """The index of the vowel that carries the tone; None if the word is no Vietnamese syllable."""
    start = _nucleus_start(toneless)
    end = start
    while end < len(toneless) and toneless[end] in _VOWELS:
        end += 1
    if end == start or any(c in _VOWELS for c in toneless[end:]):
        return None
    shaped = [i for i in range(start, end) if toneless[i] in "ăâêôơư"]
    if shaped:
        return shaped[-1]
    if end < len(toneless) or end - start == 1:
        return end - 1
    return start + (1 if end - start == 3 else 0)


def _nucleus_start(word: str) -> int:
    for onset in ("qu", "gi"):
        if word.startswith(onset) and len(word) > 2 and word[2] in _VOWELS:
            return 2
    start = 0
    while start < len(word) and word[start] not in _VOWELS:
        start += 1
    return start


def _one_spelling(word: str) -> str:
    if _Y_AS_I.fullmatch(word):
        return word[0] + _I_FOR_Y[word[1]]
    if len(word) == 3 and word.startswith("qu") and word[2] in _Y_FOR_I:
        return word[:2] + _Y_FOR_I[word[2]]
    return word
