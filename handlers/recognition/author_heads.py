"""Removes header lines that apps add to copied messages: the author's name, often with a date.

In a header with date and time, every short text that is neither a heading nor a public body, and that
asks, denies or states no amount, counts as a name. In a header without them, only a text with the form of a Vietnamese name does, because anything
else may be content.
"""

import re
import unicodedata

from handlers.recognition.person_names import is_message, is_name, may_be_name
from handlers.recognition.plain_text import INVISIBLE

_S = r"[ \t\u00a0\u202f]"
_CLOCK = (
    rf"\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?"
    rf"(?:{_S}?(?:[ap]\.?{_S}?m\.?|sa|ch|sáng|trưa|chiều|tối)(?![^\W_]))?"
)
_MONTH = r"(?:tháng|thg|th)?\.?" + _S + r"?(?:\d{1,2}|[a-z]{3,9}\.?)"
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?"
    rf"|\d{{1,2}}\.?{_S}{_MONTH},?{_S}?(?:năm )?\d{{4}}|[a-z]{{3,9}}\.?{_S}\d{{1,2}},?{_S}\d{{4}})"
)
_DAY = r"(?:(?:thứ [\wáàảưăâêôơ]{1,4}|cn|chủ nhật|[a-z]{3,9})\.?,? )?"
_BETWEEN = rf",?{_S}{{0,2}}(?:(?:lúc|at|klo|um|à|alle|kl\.?|o|ngày|vào){_S})?"
_MOMENT = rf"(?:{_DAY}{_DATE}{_BETWEEN}{_CLOCK}|{_CLOCK}{_BETWEEN}{_DAY}{_DATE})"
_BRACKETED = rf"\[{_S}?(?:{_MOMENT}|{_DATE}\]{_S}?\[{_CLOCK}){_S}?\]"
_NAME = r"(?P<name>[^:\n\[\]]{1,64})"
_START = rf"(?:^|(?<=\n))(?P<quoted>[{INVISIBLE} \t\u00a0\u202f>]*+)"
_END = rf"(?=\s|$){_S}*+\n?"

_FORWARDED = re.compile(
    # Telegram, Zalo and Messenger put these before a text that is copied together with its sender.
    rf"{_START}(?:"
    r"\[?\s?(?:forwarded(?: message)? from|được chuyển tiếp từ)\b(?P<from>[^\n]*)"
    r"|\[?\s?(?:forwarded|fwd|chuyển tiếp)(?: (?:from|từ))?\s?:(?P<by>[^\n]*)"
    r"|\[?\s?(?:chuyển tiếp|đã chuyển tiếp) từ\s(?P<of>[^\d\n]{1,60})"
    r"|\[(?:in reply to|replying to|reply to|trả lời)\s(?P<to>[^\n\]]{1,64}\][^\n]*)"
    r"|[^\w\n]*+(?:forwarded message|forwarded|(?:đã )?chuyển tiếp)[^\w\n]*+"
    r"|[^\w\n]*+tin nhắn (?:được|đã|đã được) chuyển tiếp[^\w\n]*+"
    r")\n\s*+(?=\S)",
    re.IGNORECASE,
)
_DATED = (
    # WhatsApp on a computer and an iPhone, Zalo, Viber: [11/3/26 10:15] Tên: …
    re.compile(rf"(?P<quoted>){_BRACKETED}{_S}?[{INVISIBLE}]*{_NAME}:{_END}", re.IGNORECASE),
    # WhatsApp on Android, and its exported chats: 11/03/2026, 10:15 - Tên: …
    re.compile(rf"{_START}{_MOMENT}{_S}?[–-]{_S}[{INVISIBLE}]*{_NAME}:{_END}", re.IGNORECASE),
)
_BEHIND = re.compile(
    # Telegram on a computer, an iPhone and in a browser: Tên, [11/03/2026 10:15]
    rf"{_START}(?P<name>[^\n\[\]]{{1,64}}?),?{_S}\[{_S}?{_MOMENT}{_S}?\]:?{_S}*+\n?",
    re.IGNORECASE,
)
_UNDER = re.compile(
    # Zalo and Messenger, selected on the page: the name, and the time in a line of its own.
    rf"{_START}(?P<name>[^:\n\[\]]{{1,64}})\n{_S}*+(?:{_MOMENT}|{_CLOCK}){_S}*+\n",
    re.IGNORECASE,
)
_SENT = re.compile(
    # Messenger: Tên đã gửi
    rf"{_START}(?P<name>[^:\n\[\]]{{1,64}}?) (?:đã gửi|đã trả lời(?P<to>[^\n]{{1,64}})|sent"
    rf"|replied to(?P<of>[^\n]{{1,64}})"
    rf"|đã chuyển tiếp một tin nhắn|forwarded a message){_S}*+:?{_S}*+\n",
    re.IGNORECASE,
)
_DATES = re.compile(rf"{_MOMENT}|{_DATE}|{_CLOCK}", re.IGNORECASE)
_QUOTING = re.compile(
    rf"(?:^|(?<=\n))(?P<quoted>[ \t]*+>[> \t]*+){_NAME}:(?=\s|$)[ \t]*+(?:\n[> \t]*+)?"
)
_LINE = re.compile(rf"(?:^|(?<=\n))(?P<quoted>[{INVISIBLE}]*+){_NAME}:{_S}*+\n\s*+(?=\S)")
"""Telegram on Android: the name on a line of its own, before all messages of one person."""
_TIMED = re.compile(
    # Within one day some apps leave the date out: [10:15] Tên: …
    rf"{_START}\[{_S}?{_CLOCK}{_S}?\]{_S}?{_NAME}:{_END}",
    re.IGNORECASE,
)


def without_heads(text: str) -> str:
    """The text without header lines that name the author or the forwarder, wherever they stand."""
    text = unicodedata.normalize("NFC", text)
    text = _FORWARDED.sub(_if_sender, text)
    for head in _DATED:
        text = head.sub(_if_author, text)
    text = _BEHIND.sub(_if_author, text)
    for head in (_UNDER, _SENT, _TIMED, _QUOTING):
        text = head.sub(_if_person, text)
    return _LINE.sub(_if_person, text) if _begins_with_name(text) else text


def _if_sender(head: re.Match[str]) -> str:
    """Removes the header unless its line says something: a sender's name does not."""
    named = head.groupdict()
    rest = next(filter(None, (named.get(group) for group in ("from", "by", "of", "to"))), "")
    return head[0] if is_message(_DATES.sub(" ", rest)) else head["quoted"]


def _if_author(head: re.Match[str]) -> str:
    return head["quoted"] if may_be_name(head["name"]) else head[0]


def _if_person(head: re.Match[str]) -> str:
    return _if_sender(head) if is_name(head["name"]) else head[0]


def _begins_with_name(text: str) -> bool:
    """Whether the text starts with a copied message: its first line is a name."""
    first = _LINE.match(text)
    return first is not None and is_name(first["name"])
