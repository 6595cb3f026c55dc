"""Recognises courtesies that need no answer: *cảm ơn*, *ok*, 👍."""

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
