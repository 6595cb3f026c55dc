"""The same words, however they were typed or copied.

What is dropped is noise only: diacritics, capitals, look of the letters, emoji, invisible characters,
spaces, the punctuation between words, and the line a messenger puts over a forwarded text. A digit, a
letter, a sign in a number, a currency or a question mark is never noise.
"""

import re
import unicodedata

_STROKES = str.maketrans("đĐ", "dd")
_HEADS = (
    # Telegram, Zalo and Messenger write these over a text that is copied together with its sender.
    r"\[?\s*(?:forwarded(?: message)? from|được chuyển tiếp từ)\b.*",
    r"\[?\s*(?:forwarded|fwd|chuyển tiếp)(?: (?:from|từ))?\s*:.*",
    r"\[?\s*(?:chuyển tiếp|đã chuyển tiếp) từ\s[^\d]{1,60}",
    r"(?:forwarded|forwarded message|đã chuyển tiếp|tin nhắn (?:được|đã) chuyển tiếp)\W*",
    r".{1,64}, \[\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?\]:?",
)
_HEAD = re.compile(rf"\s*(?:{'|'.join(_HEADS)})\n\s*(?=\S)", re.IGNORECASE)
_KEPT_SIGNS = frozenset("%‰?+<>=#")
_NEGATING = frozenset("❌🚫⛔✖")
"""Pictures that turn a sentence into its opposite; every other emoji is an ornament."""
_SIGN_IN_NUMBER = re.compile(r"(?<=\d)[^\w\s](?=\d)|(?<!\w)[-−](?=\d)")
_REPEATED_SIGN = re.compile(r"([^\w\s])(?:\s*\1)+")


def without_heads(text: str) -> str:
    """The text without the lines that say whom it was forwarded from (refusal 5)."""
    text = unicodedata.normalize("NFC", text)
    while head := _HEAD.match(text):
        text = text[head.end() :]
    return text


def fold(text: str) -> str:
    """Lower case words without diacritics, one space between two; folding twice changes nothing."""
    bare = _letters(without_heads(text))
    numbers = {match.start() for match in _SIGN_IN_NUMBER.finditer(bare)}
    kept = "".join(c if i in numbers else _seen(c) for i, c in enumerate(bare))
    return " ".join(_REPEATED_SIGN.sub(r"\1", kept).split())


def _letters(text: str) -> str:
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    plain = unicodedata.normalize("NFKD", visible).casefold().translate(_STROKES)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Me", "Cf"})


def _seen(character: str) -> str:
    """The character where it means something, a space where it only separates."""
    kind = unicodedata.category(character)
    if kind[0] in "LN" or kind in {"Mc", "Co"}:
        return character
    if kind == "Sc" or character in _KEPT_SIGNS or character in _NEGATING:
        return f" {character} "
    return " "
