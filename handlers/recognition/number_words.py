"""Classifies a number by the words around it: telephone, account, amount.

Only `_AHEAD` characters before and `_BEHIND` characters after it are read.
"""

import re
import unicodedata

from handlers.recognition.syllables import bare

_AHEAD = 40
_BEHIND = 16
_ACCOUNT = (
    r"stk|so tk|tk|so tai khoan|tai khoan|a/c|acc|account|cccd|cmnd|cmtnd|cmt|can cuoc|can cuoc cong dan"
    r"|chung minh|chung minh nhan dan|chung minh thu|so the|the atm|ho chieu|passport|dinh danh"
    r"|dinh danh ca nhan|bhxh|bhyt|mst|ma so thue|id"
)
_PHONE = (
    r"sdt|so dt|dt|dtdd|so dien thoai|dien thoai|di dong|phone|tel|mobile|hotline|call|goi|lien he|lh"
    r"|alo|zalo|zl|viber|whatsapp|inbox|ib|nhan tin|sms|so may|goi ngay|goi cho|goi so|nhan cho"
)
_MONEY = (
    r"gia|tien|so tien|phi|thuong|phat|tri gia|vnd|usd|\$|thu|chi|nop|hon|khoang|so du|luong|no|vay|gan"
    r"|tong|tong cong|quy|von"
)
_ENDS = r"[\W_]*$"
_NAMED_ACCOUNT = re.compile(rf"(?<![a-z])(?:{_ACCOUNT})(?:[\W_]+[a-z]{{1,12}}){{0,2}}{_ENDS}")
_RIGHT_BEHIND_ACCOUNT = re.compile(rf"(?<![a-z])(?:{_ACCOUNT})(?: (?:so|la|moi))?{_ENDS}")
_NAMED_PHONE = re.compile(rf"(?<![a-z])(?:{_PHONE})(?: (?:so|la|qua|cho))?{_ENDS}")
_NAMED_AMOUNT = re.compile(rf"(?<![a-z])(?:{_MONEY})(?: (?:la|den|tu))?{_ENDS}")
_UNIT = re.compile(
    r"[ \u00a0\u202f]?(?:"
    r"(?i:đồng|dong)(?!\s*(?i:chí|chi)\b)"
    r"|(?i:vnđ|vnd|usd|eur|triệu|trieu|tỷ|tỉ|nghìn|nghin|ngàn|người|nguoi|cử tri|cu tri|nhân khẩu|phiếu"
    r"|lượt|luot|lần|km|kg|tấn|lít|kwh|đô|xu|điểm|m2|m3|m²|m³)"
    r"|(?:[đd₫$€£¥%‰°kK]|Đ|tr|TR|ty|ha|hộ|m|g|l|xe|năm|tháng|ngày)(?![^\W_])"
    r")"
)


def is_named_account(text: str, start: int) -> bool:
    """Whether the words before name a bank account or an identity document, at most two words away."""
    return bool(_NAMED_ACCOUNT.search(_before(text, start)))


def is_right_behind_account(text: str, start: int) -> bool:
    """Whether the word right before names a bank account or an identity document."""
    return bool(_RIGHT_BEHIND_ACCOUNT.search(_before(text, start)))


def is_named_phone(text: str, start: int) -> bool:
    """Whether the words before name a telephone."""
    return bool(_NAMED_PHONE.search(_before(text, start)))


def is_named_amount(text: str, start: int) -> bool:
    """Whether the words before name money or a quantity."""
    return bool(_NAMED_AMOUNT.search(_before(text, start)))


def has_unit_behind(text: str, end: int) -> bool:
    """Whether a currency or a unit follows."""
    return bool(_UNIT.match(unicodedata.normalize("NFC", text[end : end + _BEHIND])))


def _before(text: str, start: int) -> str:
    piece = text[max(0, start - _AHEAD) : start]
    return bare(unicodedata.normalize("NFC", piece).lower())
