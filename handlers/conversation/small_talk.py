"""Recognises short talk: courtesies that need no answer (*cảm ơn*, 👍), and *đã chia sẻ*."""

import re
import unicodedata

from handlers.recognition.plain_text import plain

_CORE = re.compile(
    r"\b(?:cam on|thank you|thanks?|tks|thks|ok|oke|okay|oki|okie|okela|duoc roi"
    r"|(?:da|minh|toi|em) (?:ro|hieu|nhan|biet)|(?:ro|hieu|nhan|biet) roi"
    r"|(?:tot|hay|tuyet) qua|tuyet voi|great|got it|noted|vang|da|u|uh|um|uhm)\b"
)
_FILLERS = re.compile(
    r"(?:\b(?:a|ad|admin|all|anh|ban|bo|bot|cac|cau lac bo|chi|clb|em|lam|minh|moi nguoi|so|very"
    r"|much|nha|nhe|nhieu|qua|rat|roi|team|toi)\b| )*"
)
"""Words around it that change nothing: *cảm ơn ad nhiều nhé*."""
_FRIENDLY = frozenset("👍👌🙏👏🤝💪🫶❤♥💕💖💗💙💚🥰😍😘😊🙂😀😃😄😁🤗☺🌹🌸🌷💐🎉✅✔💯🆗🫡")

_VERB = r"(?:chia se|share|shared)"
_BESIDE = (
    r"(?:a|ad|anh|ban|bai|bot|ca nha|cai|chi|cho|clb|da|do|em|facebook|fb|group|len|minh|moi nguoi"
    r"|nay|nha|nhe|nhom|roi|tin|toi|thong bao|trang|trong|tren|vang|vao|xong|zalo|so \d{1,9}"
    r"|i|it|have|already|this|the|announcement|ok)"
)
SAID_SHARED = (
    rf"(?:{_BESIDE},? )*(?:(?:da|vua|moi) {_VERB}|{_VERB}(?: {_BESIDE})*? (?:roi|xong)|i shared)"
    rf"(?:,? {_BESIDE})*"
)
"""Whole messages, without diacritics, in which a member says so; a question or *chưa* is none."""


def says_shared(text: str) -> bool:
    """Whether the text only says that its author shared something."""
    return re.fullmatch(SAID_SHARED, plain(text).rstrip(" .!")) is not None


def is_courtesy(text: str) -> bool:
    """Whether the text is only thanks, agreement or friendly emoji, so no post and no question."""
    if "?" in text:
        return False
    words = " ".join(re.findall(r"\w+", plain(text)))
    emoji = {c for c in text if unicodedata.category(c) == "So"}
    if not words:
        return bool(emoji) and emoji <= _FRIENDLY
    rest, count = _CORE.subn(" ", words)
    return bool(count) and _FILLERS.fullmatch(rest) is not None and emoji <= _FRIENDLY
