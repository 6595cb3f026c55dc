"""Small talk that asks for nothing: *cảm ơn*, *ok*, 👍."""

import re
import unicodedata

from handlers.recognition.plain_text import plain

_CORE = re.compile(
    r"\b(?:cam on|thank you|thanks?|tks|thks|ok|oke|okay|oki|okie|okela|duoc roi"
    r"|(?:da|minh|toi|em) (?:ro|hieu|nhan|biet)|(?:ro|hieu|nhan|biet) roi"
    r"|(?:tot|hay|tuyet) qua|tuyet voi|great|got it|noted|vang|da|u|uh|um|uhm)\b"
)
_BESIDE = re.compile(
    r"(?:\b(?:a|ad|admin|all|anh|ban|bo|bot|cac|cau lac bo|chi|clb|em|lam|minh|moi nguoi|so|very"
    r"|much|nha|nhe|nhieu|qua|rat|roi|team|toi)\b| )*"
)
"""What stands beside it and changes nothing: *cảm ơn ad nhiều nhé*."""
_FRIENDLY = frozenset("👍👌🙏👏🤝💪🫶❤♥💕💖💗💙💚🥰😍😘😊🙂😀😃😄😁🤗☺🌹🌸🌷💐🎉✅✔💯🆗🫡")


def is_courtesy(text: str) -> bool:
    """Whether this is only thanks, a nod or a friendly picture, and so neither post nor question."""
    if "?" in text:
        return False
    words = " ".join(re.findall(r"\w+", plain(text)))
    pictures = {c for c in text if unicodedata.category(c) == "So"}
    if not words:
        return bool(pictures) and pictures <= _FRIENDLY
    beside, found = _CORE.subn(" ", words)
    return bool(found) and _BESIDE.fullmatch(beside) is not None and pictures <= _FRIENDLY
