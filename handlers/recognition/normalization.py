"""Text normalization: equal output for a text however it was typed or copied.

Only noise is removed: capitals, homoglyphs, the position of tone marks, emoji, invisible characters,
spaces, punctuation between words, repeated letters, chat spelling, hashtags around the text and header
lines of forwarded messages. A digit, a letter, a sign in a number, a currency or a question mark is
never noise. Diacritics are noise only if a whole text has none.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from handlers.recognition.abbreviations import expand_abbreviations, may_be_initials
from handlers.recognition.author_heads import without_heads
from handlers.recognition.plain_text import legible
from handlers.recognition.syllables import MARKS, bare, is_marked, is_syllable

RULES = 6
"""Version of the rules; raise it with every change of output, since stored texts are re-indexed then."""
_QUOTED = re.compile(r"^[ \t]*+(?:>[ \t]*+)++(?=[^\W\d])", re.MULTILINE)
"""The start of a quoted line; before a number `>` may mean *more than*."""
_ANSWER_COMMA = re.compile(
    r"((?:^|[.!?:…])[^\w.!?:…\n]*(?:không|khong|ko|k|hok|chưa|chua))\s*,(?=\s*\w)", re.MULTILINE
)
"""*Không, phải nộp* is the opposite of *không phải nộp*: the comma after an answer is kept, as a sign
that is used for nothing else."""
_ANSWER_SIGN = "⹁"
_KEPT_SIGNS = frozenset("%‰?+<>=" + _ANSWER_SIGN)
_NEGATING = frozenset("❌🚫⛔✖")
"""Emoji that negate a sentence; all others are dropped as decoration."""
_SIGN_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)|(?<!\w)[-−](?=\d)")
_REPEATED_SIGN = re.compile(r"([^\w\s])(?:\s*\1)+")
_CUT_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]{1,6}(?:[.*·•_][^\W\d_]{1,6})+(?![^\W_])")
_TAG = r"[#＃][^\W\d]++"
_TAGS_BEFORE = re.compile(rf"(?:\s*+{_TAG})+(?=\s)")
_GAT = r"[^\W\d]++[#＃]"
_TAGS_BEHIND = re.compile(rf"\W*+{_GAT}(?:\s++{_GAT})*(?=\s)")
"""Matched on the reversed text: forwards, every tag would start a scan to the end (quadratic)."""
_TAGS_ONLY = re.compile(rf"(?:\s*+{_TAG})+\W*")
_STANCE = re.compile(r"khong|chua|gia|sai|that|fake|dung|luadao|scam|hoax|cam|huy|hoan")
"""A hashtag with one of these takes a stance on the text and is kept."""
_INITIALS = re.compile(r"(\w)([^\w.!?:…#\n]+)([A-ZĐ][A-ZĐa-zđ]?)(?!\w|[.*·•_]\w)")
"""Capitals after a lower-case word, not where a phone capitalises by itself."""
ADDRESS = "\ue000"
"""Placeholder of an address while the text around it is normalized."""
_INITIAL = "\ue001"
"""Marks initials while letters are normalized. Both are private-use characters, which `legible` removes
from input first."""
_QUALITY = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CAPITAL_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX"
)
_LOOKALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝαορνικɑıɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxisjhdqwaopvikaigabcdefghijklmnoprstuvwyz",
)
_PARTS_MAX = 4
"""A character that decomposes to more letters, as ﷺ to eighteen, is left as it is."""
_CACHED_CHARACTERS = 4_096
"""Size of the caches of characters."""
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u1d00-\u1d22]")


def fold(text: str) -> str:
    """Lower-case words without diacritics, one space between two; idempotent.

    Initials that chat spelling would read as a word stay capitals: `ông K` is not `ông không`.
    """
    return bare(words_of(text))


def words_of(text: str) -> str:
    """As `fold` with diacritics, each tone mark on its canonical vowel."""
    return words_around([text])


def words_around(pieces: Iterable[str]) -> str:
    """The normalized text of all pieces, with an `ADDRESS` between two pieces."""
    text = f" {ADDRESS} ".join(map(legible, pieces))
    letters = _normalized_letters(_QUOTED.sub("", without_heads(text)))
    if not _TAGS_ONLY.fullmatch(letters):
        letters = _drop_neutral_tags(letters)
    letters = _CUT_LETTERS.sub(_rejoined, letters)
    letters = _ANSWER_COMMA.sub(rf"\1{_ANSWER_SIGN}", letters)
    numbers = {match.start() for match in _SIGN_IN_NUMBER.finditer(letters)}
    kept = "".join(c if i in numbers else _spaced(c) for i, c in enumerate(letters))
    words = [_plain_amount(word) for word in _REPEATED_SIGN.sub(r"\1", kept).split()]
    words = _without_quote_signs(words)
    words = [word[:-1].upper() if word.endswith(_INITIAL) else word for word in words]
    return " ".join(expand_abbreviations(words, with_marks=any(map(is_marked, words))))


def _drop_neutral_tags(letters: str) -> str:
    """Drops leading and trailing hashtags, except those that take a stance."""
    leading = _TAGS_BEFORE.match(letters)
    start = leading.end() if leading else 0
    trailing = _TAGS_BEHIND.match(letters[start:][::-1])
    end = len(letters) - (trailing.end() if trailing else 0)
    around = (letters[:start], letters[end:])
    kept_before, kept_behind = (f" {_stance_tags(tags)} " if tags else "" for tags in around)
    return f"{kept_before}{letters[start:end]}{kept_behind}"


def _normalized_letters(text: str) -> str:
    """Lower case, NFC, homoglyphs replaced, with Vietnamese marks only."""
    visible = _INITIALS.sub(_mark_initials, "".join(filter(_is_visible, text)))
    out: list[str] = []
    for character in unicodedata.normalize("NFC", _WORD.sub(_without_capital_lookalikes, visible)):
        for part in _decomposed(character):
            if part not in MARKS:
                out.append(part)
            elif out:
                out[-1] = _with_mark(out[-1], part)
    return _WORD.sub(_without_lookalikes, unicodedata.normalize("NFC", "".join(out)))


@lru_cache(_CACHED_CHARACTERS)
def _is_visible(character: str) -> bool:
    return unicodedata.category(character) != "Cf"


@lru_cache(_CACHED_CHARACTERS)
def _decomposed(character: str) -> str:
    """One character in lower case, NFKD-folded; a mark is kept if it may belong to the letter before."""
    parts = unicodedata.normalize("NFKD", character)
    if len(parts) > _PARTS_MAX:
        return character
    folded = parts.casefold()
    out = ""
    for part in unicodedata.normalize("NFKD", folded):
        if unicodedata.category(part) not in {"Mn", "Me", "Cf"}:
            out += part
        elif part in MARKS:
            out = out[:-1] + _with_mark(out[-1], part) if out else part
    return out


@lru_cache(_CACHED_CHARACTERS)
def _with_mark(letter: str, mark: str) -> str:
    """The letter with one more mark, if Vietnamese has such a letter."""
    plain, *marks = list(unicodedata.normalize("NFD", letter))
    has_tone = any(m in _TONES for m in marks)
    if mark in _TONES:
        fits = plain in "aeiouy" and not has_tone
    else:
        fits = mark in _QUALITY.get(plain, "") and len(marks) == has_tone
    return unicodedata.normalize("NFC", letter + mark) if fits else letter


def _without_lookalikes(match: re.Match[str]) -> str:
    """Replaces homoglyphs of other scripts in a word that has Latin letters."""
    return match[0].translate(_LOOKALIKES) if _LATIN.search(match[0]) else match[0]


def _without_capital_lookalikes(match: re.Match[str]) -> str:
    """Replaces homoglyphs among capitals before lower-casing: В looks like B, в does not."""
    return match[0].translate(_CAPITAL_LOOKALIKES) if _LATIN.search(match[0]) else match[0]


def _without_quote_signs(words: list[str]) -> list[str]:
    """The words without leading quotation signs."""
    while len(words) > 1 and words[0] == ">" and words[1][0].isalpha():
        words = words[1:]
    return words


def _mark_initials(match: re.Match[str]) -> str:
    initials = match[1].islower() and may_be_initials(match[3])
    return match[0] + _INITIAL if initials else match[0]


def _rejoined(match: re.Match[str]) -> str:
    """Joins a word that is split by signs: `c.h.u.y.ể.n`, but not `TP.HCM`."""
    pieces = re.split(r"[.*·•_]", match[0])
    whole = "".join(pieces)
    cut = any(not is_syllable(bare(piece)) for piece in pieces)
    return whole if cut and is_syllable(bare(whole)) else match[0]


def _stance_tags(tags: str) -> str:
    return " ".join(tag for tag in re.findall(_TAG, tags) if _STANCE.search(bare(tag)))


@lru_cache(_CACHED_CHARACTERS)
def _spaced(character: str) -> str:
    """A letter or digit unchanged, a meaningful sign between spaces, anything else as a space."""
    kind = unicodedata.category(character)
    if kind[0] in "LN" or kind in {"Mc", "Co"}:
        return character
    if kind in {"Sc", "Cn"} or character in _KEPT_SIGNS or character in _NEGATING:
        return f" {character} "
    return " "


def _plain_amount(word: str) -> str:
    """Replaces `đ` in an amount by `d`: texts without diacritics also contain `500.000đ`."""
    return bare(word) if word[0].isdigit() or word == "đ" else word
