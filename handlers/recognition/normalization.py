"""The same words, however they were typed or copied.

What is dropped is noise only: capitals, look of the letters, where the keyboard put a tone mark, emoji,
invisible characters, spaces, the punctuation between words, drawled letters, chat spelling, hashtags
around the text and the line a messenger puts over a forwarded one. A digit, a letter, a sign in a
number, a currency or a question mark is never noise. Marks are noise only when a whole text has none.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from handlers.recognition.abbreviations import as_meant, may_be_initials
from handlers.recognition.author_heads import without_heads
from handlers.recognition.plain_text import legible
from handlers.recognition.syllables import MARKS, bare, is_marked, is_syllable

RULES = 4
"""Raised with every change that folds some text differently: what is kept was folded by it."""
_QUOTED = re.compile(r"^[ \t]*+(?:>[ \t]*+)++(?=[^\W\d])", re.MULTILINE)
"""How a line of a quotation begins; before a number it may mean *more than*."""
_NO = re.compile(
    r"((?:^|[.!?:…])[^\w.!?:…\n]*(?:không|khong|ko|k|hok|chưa|chua))\s*,(?=\s*\w)", re.MULTILINE
)
"""*Không, phải nộp* is the opposite of *không phải nộp*: the comma behind an answer stays, as a sign
that stands for nothing else."""
_ANSWERED = "⹁"
_KEPT_SIGNS = frozenset("%‰?+<>=" + _ANSWERED)
_NEGATING = frozenset("❌🚫⛔✖")
"""Pictures that turn a sentence into its opposite; every other emoji is an ornament."""
_SIGN_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)|(?<!\w)[-−](?=\d)")
_REPEATED_SIGN = re.compile(r"([^\w\s])(?:\s*\1)+")
_CUT_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]{1,6}(?:[.*·•_][^\W\d_]{1,6})+(?![^\W_])")
_TAG = r"[#＃][^\W\d]++"
_TAGS_BEFORE = re.compile(rf"(?:\s*+{_TAG})+(?=\s)")
_GAT = r"[^\W\d]++[#＃]"
_TAGS_BEHIND = re.compile(rf"\W*+{_GAT}(?:\s++{_GAT})*(?=\s)")
"""Matched against the text read backwards: forwards, each tag would be followed to the end."""
_TAGS_ONLY = re.compile(rf"(?:\s*+{_TAG})+\W*")
_JUDGING = re.compile(r"khong|chua|gia|sai|that|fake|dung|luadao|scam|hoax|cam|huy|hoan")
"""A hashtag with one of these says something about the text, and stays."""
_INITIALS = re.compile(r"(\w)([^\w.!?:…#\n]+)([A-ZĐ][A-ZĐa-zđ]?)(?!\w|[.*·•_]\w)")
"""Capitals amid small letters, not where a telephone makes one by itself."""
ADDRESS = "\ue000"
"""Stands for an address while the words around it are folded."""
_INITIAL = "\ue001"
"""Stands behind initials while the letters are folded. Both are for private use, and what people write
is made `legible` before: it has none."""
_QUALITY = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CAPITAL_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXABEZHIKMNOPTYX")
_TWINS = str.maketrans(
    "аеорсухіѕјһԁԛԝαορνικɑıɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxisjhdqwaopvikaigabcdefghijklmnoprstuvwyz",
)
_MOST_PARTS = 4
"""A character that stands for more letters, as ﷺ for eighteen, is a sign of its own."""
_CHARACTERS = 4_096
"""How many letters are remembered as they read; nobody writes more."""
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u1d00-\u1d22]")


def fold(text: str) -> str:
    """Lower case words without diacritics, one space between two; folding twice changes nothing.

    Initials that chat spelling would read as a word stay capitals: `ông K` is not `ông không`.
    """
    return bare(words_of(text))


def words_of(text: str) -> str:
    """The same with the diacritics, each tone mark in its place."""
    return words_around([text])


def words_around(pieces: Iterable[str]) -> str:
    """The words of all pieces, an `ADDRESS` among them wherever one piece ends and the next begins."""
    text = f" {ADDRESS} ".join(map(legible, pieces))
    letters = _letters(_QUOTED.sub("", without_heads(text)))
    if not _TAGS_ONLY.fullmatch(letters):
        letters = _judging_tags_alone(letters)
    letters = _CUT_LETTERS.sub(_mended, letters)
    letters = _NO.sub(rf"\1{_ANSWERED}", letters)
    numbers = {match.start() for match in _SIGN_IN_NUMBER.finditer(letters)}
    kept = "".join(c if i in numbers else _seen(c) for i, c in enumerate(letters))
    words = [_amount(word) for word in _REPEATED_SIGN.sub(r"\1", kept).split()]
    words = _unquoted(words)
    words = [word[:-1].upper() if word.endswith(_INITIAL) else word for word in words]
    return " ".join(as_meant(words, with_marks=any(map(is_marked, words))))


def _judging_tags_alone(letters: str) -> str:
    """Of the hashtags before and behind the text only those that say something about it."""
    before = _TAGS_BEFORE.match(letters)
    start = before.end() if before else 0
    behind = _TAGS_BEHIND.match(letters[start:][::-1])
    end = len(letters) - (behind.end() if behind else 0)
    around = (letters[:start], letters[end:])
    said_before, said_behind = (f" {_judging(tags)} " if tags else "" for tags in around)
    return f"{said_before}{letters[start:end]}{said_behind}"


def _letters(text: str) -> str:
    """Lower case, composed, with Vietnamese marks and no others."""
    visible = _INITIALS.sub(_initials_marked, "".join(filter(_is_visible, text)))
    out: list[str] = []
    for character in unicodedata.normalize("NFC", _WORD.sub(_capitals_untwinned, visible)):
        for part in _plain(character):
            if part not in MARKS:
                out.append(part)
            elif out:
                out[-1] = _marked(out[-1], part)
    return _WORD.sub(_untwinned, unicodedata.normalize("NFC", "".join(out)))


@lru_cache(_CHARACTERS)
def _is_visible(character: str) -> bool:
    return unicodedata.category(character) != "Cf"


@lru_cache(_CHARACTERS)
def _plain(character: str) -> str:
    """One character in lower case, composed; a mark by itself if it may belong to the letter before."""
    parts = unicodedata.normalize("NFKD", character)
    if len(parts) > _MOST_PARTS:
        return character
    folded = parts.casefold()
    out = ""
    for part in unicodedata.normalize("NFKD", folded):
        if unicodedata.category(part) not in {"Mn", "Me", "Cf"}:
            out += part
        elif part in MARKS:
            out = out[:-1] + _marked(out[-1], part) if out else part
    return out


@lru_cache(_CHARACTERS)
def _marked(letter: str, mark: str) -> str:
    """The letter with one more mark, where Vietnamese has such a letter."""
    plain, *marks = list(unicodedata.normalize("NFD", letter))
    has_tone = any(m in _TONES for m in marks)
    if mark in _TONES:
        fits = plain in "aeiouy" and not has_tone
    else:
        fits = mark in _QUALITY.get(plain, "") and len(marks) == has_tone
    return unicodedata.normalize("NFC", letter + mark) if fits else letter


def _untwinned(match: re.Match[str]) -> str:
    """Letters of other alphabets that look like ours, in a word that has some of ours."""
    return match[0].translate(_TWINS) if _LATIN.search(match[0]) else match[0]


def _capitals_untwinned(match: re.Match[str]) -> str:
    """Capitals look like ours where their small letters do not: В is no v."""
    return match[0].translate(_CAPITAL_TWINS) if _LATIN.search(match[0]) else match[0]


def _unquoted(words: list[str]) -> list[str]:
    """Without the sign of a quotation before the whole text."""
    while len(words) > 1 and words[0] == ">" and words[1][0].isalpha():
        words = words[1:]
    return words


def _initials_marked(match: re.Match[str]) -> str:
    initials = match[1].islower() and may_be_initials(match[3])
    return match[0] + _INITIAL if initials else match[0]


def _mended(match: re.Match[str]) -> str:
    """`c.h.u.y.ể.n` is one word cut to pieces; `TP.HCM` is not."""
    pieces = re.split(r"[.*·•_]", match[0])
    whole = "".join(pieces)
    cut = any(not is_syllable(bare(piece)) for piece in pieces)
    return whole if cut and is_syllable(bare(whole)) else match[0]


def _judging(tags: str) -> str:
    return " ".join(tag for tag in re.findall(_TAG, tags) if _JUDGING.search(bare(tag)))


@lru_cache(_CHARACTERS)
def _seen(character: str) -> str:
    """The character where it means something, a space where it only separates."""
    kind = unicodedata.category(character)
    if kind[0] in "LN" or kind in {"Mc", "Co"}:
        return character
    if kind in {"Sc", "Cn"} or character in _KEPT_SIGNS or character in _NEGATING:
        return f" {character} "
    return " "


def _amount(word: str) -> str:
    """`500.000đ` is typed so also by those who type no diacritics."""
    return bare(word) if word[0].isdigit() or word == "đ" else word
