"""Reads the contents of a VietQR payment code: the bank and the account that the money would go to.

The format is “EMV QR Code Specification for Payment Systems, Merchant-Presented Mode” 1.1: objects of a
tag, a length and a value (TLV), the last of which is a checksum. What NAPAS puts into object 38 is
written in “Định dạng mã VietQR” 1.0. A code that violates either is no payment code.
"""

import re
from dataclasses import dataclass, replace

from handlers.recognition.digit_groups import MASK
from handlers.recognition.pictures.banks import BANKS

_PAYLOAD_FORMAT = "000201"
_CHECKSUM = re.compile(r"6304([0-9A-Fa-f]{4})\Z")
_CHECKSUM_DIGITS = 4
_NAPAS_OBJECT, _NAPAS = "38", "A000000727"
"""The object of transfers through NAPAS, and the application identifier that it begins with."""
_SERVICES = {"QRIBFTTA", "QRIBFTTC"}
"""A transfer to an account, or to a card."""
_BANK = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_HEAD = 4
"""Characters of a tag and a length, two digits each."""
_DIGITS = re.compile(r"[0-9]{4}")
_SHOWN_AHEAD, _SHOWN_BEHIND = 2, 2


@dataclass(frozen=True)
class PaymentCode:
    """Whom a payment code pays."""

    bank: str
    """The bank identification number (BIN), six digits."""
    account: str
    """The number of an account or a card; its middle may be masked."""

    @property
    def bank_name(self) -> str:
        """The short name of the bank; its BIN for one that is not listed."""
        return BANKS.get(self.bank, self.bank)

    @property
    def masked(self) -> "PaymentCode":
        """The code with its account masked but for the first and last two characters; idempotent."""
        account = self.account
        hidden = max(len(account) - _SHOWN_AHEAD - _SHOWN_BEHIND, 0)
        if not hidden:
            return replace(self, account=MASK * len(account))
        middle = MASK * hidden
        return replace(self, account=account[:_SHOWN_AHEAD] + middle + account[-_SHOWN_BEHIND:])


def payment_in(text: str) -> PaymentCode | None:
    """Whom a code with this text pays; None for any other code, and for one with a wrong checksum."""
    checksum = _CHECKSUM.search(text)
    if not text.startswith(_PAYLOAD_FORMAT) or checksum is None:
        return None
    if checksum_of(text[:-_CHECKSUM_DIGITS]) != checksum[1].upper():
        return None
    return _payee(_objects(text).get(_NAPAS_OBJECT, ""))


def _payee(napas: str) -> PaymentCode | None:
    parts = _objects(napas)
    if parts.get("00") != _NAPAS or parts.get("02") not in _SERVICES:
        return None
    payee = _objects(parts.get("01", ""))
    bank, account = payee.get("00", ""), payee.get("01", "")
    if not (_BANK.fullmatch(bank) and _ACCOUNT.fullmatch(account)):
        return None
    return PaymentCode(bank, account)


def _objects(text: str) -> dict[str, str]:
    """The values by their tag; none if the text is no sequence of objects, or a tag stands twice."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + _HEAD]
        if not _DIGITS.fullmatch(head):
            return {}
        tag, end = head[:2], at + _HEAD + int(head[2:])
        if tag in found or end > len(text):
            return {}
        found[tag] = text[at + _HEAD : end]
        at = end
    return found


def checksum_of(text: str) -> str:
    """CRC-16 with the polynomial 1021 and the initial value FFFF, four hexadecimal digits."""
    remainder = 0xFFFF
    for byte in text.encode(errors="replace"):
        remainder ^= byte << 8
        for _ in range(8):
            carry = remainder & 0x8000
            remainder = (remainder << 1) & 0xFFFF
            if carry:
                remainder ^= 0x1021
    return f"{remainder:04X}"
